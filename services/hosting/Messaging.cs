using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Hosting;

/// <summary>Messages between the services. MassTransit carries them; nothing outside this project knows that.</summary>
public static class Messaging
{
    /// <summary>
    /// Adds the outbox, the inbox and the transport of the setting Messaging:Transport: Embedded (default) or RabbitMq.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="queues">For each message type the queues that subscribe to it, in all services.</param>
    /// <param name="consumers">The consumers of this service.</param>
    /// <exception cref="SettingException">The transport is unknown, or its connection string is missing or of no use.</exception>
    public static void AddMessaging<TContext>(
        this WebApplicationBuilder builder,
        IReadOnlyDictionary<Type, IReadOnlyList<string>> queues,
        Action<Consumers<TContext>>? consumers = null)
        where TContext : ServiceDbContext
    {
        var names = new KebabCaseEndpointNameFormatter(builder.ServiceName(), false);
        var chosen = new Consumers<TContext>(names);
        consumers?.Invoke(chosen);

        var services = builder.Services;
        services.AddSingleton(new MessageQueues(queues)).AddSingleton(new ConsumerQueues(chosen.QueueNames));
        services.TryAddSingleton<EmbeddedBus>();
        services.TryAddSingleton<OutboxAge>();
        services.AddHostedService<OutboxDispatcher<TContext>>();

        switch (builder.Configuration["Messaging:Transport"] ?? "Embedded")
        {
            case "Embedded" when builder.Configuration["Messaging:ConnectionString"] is { Length: > 0 }:
                throw new SettingException("Messaging:ConnectionString is set, so Messaging:Transport must be RabbitMq.");
            case "Embedded":
                services.AddMediator(chosen.AddTo);
                services.AddSingleton<EmbeddedTransport>().AddSingleton<ITransport>(s => s.GetRequiredService<EmbeddedTransport>());
                services.AddHostedService(s => s.GetRequiredService<EmbeddedTransport>());
                break;
            case "RabbitMq":
                services.AddRabbitMq(AmqpUri(builder.Configuration), names, queues, chosen.AddTo);
                break;
            case var other:
                throw new SettingException($"Messaging:Transport is '{other}'. Use Embedded or RabbitMq.");
        }
    }

    private static Uri AmqpUri(ConfigurationManager settings) =>
        Uri.TryCreate(settings["Messaging:ConnectionString"], UriKind.Absolute, out var uri)
        && uri.Scheme is "amqp" or "amqps" or "rabbitmq" or "rabbitmqs"
            ? uri
            : throw new SettingException("Messaging:Transport is RabbitMq, so Messaging:ConnectionString must be an amqp:// address.");
}

/// <summary>The consumers of one service, each with the inbox in front of it.</summary>
public sealed class Consumers<TContext>
    where TContext : ServiceDbContext
{
    private readonly IEndpointNameFormatter _names;
    private readonly List<Action<IRegistrationConfigurator>> _registrations = [];

    internal Consumers(IEndpointNameFormatter names) => _names = names;

    internal HashSet<string> QueueNames { get; } = [];

    /// <summary>Adds a consumer; its queue is named after the service and the class.</summary>
    public Consumers<TContext> Add<TConsumer>(int? atMostAtOnce = null)
        where TConsumer : class, IConsumer
    {
        QueueNames.Add(_names.Consumer<TConsumer>());
        _registrations.Add(bus => bus.AddConsumer<TConsumer>(consumer =>
        {
            consumer.ConcurrentMessageLimit = atMostAtOnce;
            consumer.UseFilter(new InboxFilter<TContext, TConsumer>());
        }));
        return this;
    }

    internal void AddTo(IRegistrationConfigurator bus) => _registrations.ForEach(add => add(bus));
}

internal sealed record ConsumerQueues(IReadOnlySet<string> Names);

internal sealed record MessageQueues(IReadOnlyDictionary<Type, IReadOnlyList<string>> Queues)
{
    internal IReadOnlyList<string> For(Type message) => Queues.TryGetValue(message, out var queues)
        ? queues
        : throw new InvalidOperationException($"No queue subscribes to {message.Name}; add it to the subscriptions.");
}

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
        // And each on a thread of its own: SQLite has no waiting, only work.
        await Task.WhenAll(_services.Where(s => queues.Any(s.Value.Contains)).Select(s => Task.Run(
            () => s.Key.Publish(message, message.GetType(), Pipe.Execute<PublishContext>(c => c.MessageId = messageId), ct), ct)));
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
