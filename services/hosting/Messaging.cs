using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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

    private static void AddRabbitMq(
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
