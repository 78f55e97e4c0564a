using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.Extensions.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Hosting;

/// <summary>
/// The transport without a broker: the services of one process. It holds no message. A message stays in its outbox until
/// every queue that subscribes to it has committed, so that a process that dies loses nothing.
/// </summary>
public sealed class EmbeddedBus
{
    private readonly ConcurrentDictionary<IMediator, IReadOnlySet<string>> _services = new();

    internal void Join(IMediator service, IReadOnlySet<string> queues) => _services[service] = queues;

    internal void Leave(IMediator service) => _services.TryRemove(service, out _);

    internal async Task Deliver(object message, Guid messageId, IReadOnlyList<string> queues, CancellationToken ct)
    {
        var missing = queues.FirstOrDefault(q => !_services.Values.Any(s => s.Contains(q)));
        if (missing is not null)
        {
            throw new NotInThisProcessException(missing);
        }

        // All at once: a service that fails does not keep the message from the others.
        await Task.WhenAll(_services.Where(s => queues.Any(s.Value.Contains)).Select(s => s.Key.Publish(
            message, message.GetType(), Pipe.Execute<PublishContext>(c => c.MessageId = messageId), ct)));
    }
}

/// <summary>A subscriber of the message runs in another process; the embedded transport cannot reach it.</summary>
internal sealed class NotInThisProcessException(string queue)
    : Exception($"No service of this process has the queue {queue}. Set Messaging:Transport to RabbitMq.");

internal sealed class EmbeddedTransport(
    EmbeddedBus bus, IMediator mediator, ConsumerQueues consumers, MessageQueues topology) : ITransport, IHostedService
{
    public Task Deliver(object message, Guid messageId, CancellationToken ct) =>
        bus.Deliver(message, messageId, topology.For(message.GetType()), ct);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        bus.Join(mediator, consumers.Names);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        bus.Leave(mediator);
        return Task.CompletedTask;
    }
}
