using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Hosting;

/// <summary>How messages travel over RabbitMQ: queues that survive, and a bus that comes back.</summary>
internal static class RabbitMq
{
    internal static void AddRabbitMq(
        this IServiceCollection services, Uri uri, IEndpointNameFormatter names,
        IReadOnlyDictionary<Type, IReadOnlyList<string>> queues, Action<IRegistrationConfigurator> consumers)
    {
        services.AddSingleton<RabbitMqTransport>().AddSingleton<ITransport>(s => s.GetRequiredService<RabbitMqTransport>());
        services.AddHostedService(s => new BusWatchdog(
            () => s.GetRequiredService<IBusControl>().CheckHealth().Status is BusHealthStatus.Healthy && s.GetRequiredService<RabbitMqTransport>().IsMoving,
            ct => BusWatchdog.Answers(uri, ct),
            () => BusWatchdog.End(s.GetRequiredService<IHostApplicationLifetime>()),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<BusWatchdog>>()));
        services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = false); // HTTP never waits for the bus
        services.AddMassTransit(bus =>
        {
            bus.SetEndpointNameFormatter(names);
            // With the broker away the service still takes its requests: it is ready, though not well.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
            bus.AddConfigureEndpointsCallback((_, queue, endpoint) =>
            {
                var rabbit = (IRabbitMqReceiveEndpointConfigurator)endpoint;
                Quorum(rabbit, queue);
                rabbit.BindDeadLetterQueue($"{queue}_error", $"{queue}_error", error => Quorum(error, queue));
            });
            consumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(uri);
                rabbit.PrefetchCount = 32;
                rabbit.DeployPublishTopology = true;
                foreach (var (message, subscribers) in queues)
                {
                    // From the message's own exchange; the consumer binds the queue once more, over an exchange of its own,
                    // and RabbitMQ still gives a queue one copy.
                    var exchange = new RabbitMqMessageNameFormatter().GetMessageName(message).ToString();
                    rabbit.Publish(message, topology =>
                    {
                        foreach (var queue in subscribers)
                        {
                            topology.BindQueue(exchange, queue, q => Quorum(q, queue));
                        }
                    });
                }

                // A database or a neighbour that is away for twenty minutes is waited for; RabbitMQ takes a message back after thirty.
                rabbit.UseMessageRetry(retry =>
                {
                    retry.Handle<System.Data.Common.DbException>();
                    retry.Handle<Microsoft.EntityFrameworkCore.DbUpdateException>(e => e.InnerException is System.Data.Common.DbException { IsTransient: true });
                    retry.Handle<HttpRequestException>();
                    retry.Interval(8, TimeSpan.FromSeconds(30));
                });
                rabbit.UseMessageRetry(retry => retry.Intervals(
                    [.. new[] { 50, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000 }
                        .Select(ms => TimeSpan.FromMilliseconds(ms))]));
                rabbit.ConfigureEndpoints(context);
            });
        });
    }

    // A queue that survives kill -9 of the broker, and gives up on a message that kills its consumer time and again.
    private static void Quorum(IRabbitMqQueueConfigurator queue, string name)
    {
        queue.Durable = true;
        queue.AutoDelete = false;
        queue.SetQueueArgument("x-queue-type", "quorum");
        queue.SetQueueArgument("x-delivery-limit", 100);
        queue.SetQueueArgument("x-dead-letter-exchange", $"{name}_error");
        queue.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        queue.SetQueueArgument("x-overflow", "reject-publish");
    }
}

internal sealed class RabbitMqTransport(IBus bus) : ITransport
{
    /// <summary>False from a delivery that was never answered until the next that was, with whatever answer.</summary>
    internal bool IsMoving { get; private set; } = true;

    public async Task Deliver(object message, Guid messageId, CancellationToken ct)
    {
        try
        {
            // The client can wait on where no token reaches it; see BusWatchdog.
            await Publish(message, messageId, ct).WaitAsync(ct);
            IsMoving = true;
        }
        catch (Exception e)
        {
            IsMoving = e is not OperationCanceledException;
            throw;
        }
    }

    private Task Publish(object message, Guid messageId, CancellationToken ct) => bus.Publish(
        message,
        message.GetType(),
        Pipe.Execute<PublishContext>(context =>
        {
            context.MessageId = messageId;
            context.GetPayload<RabbitMqSendContext>().Mandatory = true; // no queue bound: an error, not a loss
        }),
        ct);
}

/// <summary>
/// Ends the process when RabbitMQ takes new connections while the bus of this process has not come back to it for a minute
/// and a half, so that whatever supervises the process starts it afresh. The client library can wait for ever on a
/// connection that broke while it was being made (rabbitmq-dotnet-client issue 1976; fixed after 7.2.2), and then nothing
/// inside the process ends that wait. A broker that is away is no reason to end: requests are still taken.
/// </summary>
/// <param name="isWell">Whether messages can come and go.</param>
/// <param name="answers">Whether the broker takes a new connection.</param>
/// <param name="end">Ends the process.</param>
internal sealed class BusWatchdog(
    Func<bool> isWell, Func<CancellationToken, Task<bool>> answers, Action end, TimeProvider clock, ILogger<BusWatchdog> log) : BackgroundService
{
    /// <summary>EX_TEMPFAIL of sysexits.h: try again.</summary>
    internal const int ExitCode = 75;

    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // MassTransit itself waits up to a minute between two tries.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private long _lastGood = clock.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            await Task.Delay(Every, clock, stoppingToken);
        }
        while (!await Look(stoppingToken));
    }

    /// <summary>Looks once.</summary>
    /// <returns>Whether the process was ended.</returns>
    internal async Task<bool> Look(CancellationToken ct)
    {
        if (isWell() || !await answers(ct))
        {
            _lastGood = clock.GetTimestamp();
            return false;
        }

        if (clock.GetElapsedTime(_lastGood) < Patience)
        {
            return false;
        }

        log.LogCritical("RabbitMQ answers, but the bus has not come back to it for {Seconds} s: this process ends, to be started again", Patience.TotalSeconds);
        end();
        return true;
    }

    /// <summary>A connection of its own, made and given up.</summary>
    internal static async Task<bool> Answers(Uri broker, CancellationToken ct)
    {
        try
        {
            var factory = new ConnectionFactory
            {
                Uri = new UriBuilder(broker) { Scheme = broker.Scheme.Replace("rabbitmq", "amqp", StringComparison.Ordinal) }.Uri,
                AutomaticRecoveryEnabled = false,
                ClientProvidedName = "watchdog",
                RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            };
            var connection = await factory.CreateConnectionAsync(ct).WaitAsync(TimeSpan.FromSeconds(8), ct);
            await connection.CloseAsync(ct).WaitAsync(TimeSpan.FromSeconds(8), ct);
            return true;
        }
        catch (Exception) when (!ct.IsCancellationRequested) // the edge: away, refused or silent is all the same here
        {
            return false;
        }
    }

    /// <summary>In the orderly way, and when that hangs too, at once.</summary>
    internal static void End(IHostApplicationLifetime life)
    {
        Environment.ExitCode = ExitCode;
        life.StopApplication();
        _ = Task.Delay(TimeSpan.FromSeconds(40), TimeProvider.System).ContinueWith(_ => Environment.Exit(ExitCode), TaskScheduler.Default);
    }
}
