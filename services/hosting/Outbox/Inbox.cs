using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace VGIntegration.Hosting.Outbox;

/// <summary>Says that one consumer has done its work for one message.</summary>
public sealed class InboxMessage
{
    private InboxMessage() { }

    internal InboxMessage(Guid messageId, string consumer, DateTimeOffset now) =>
        (MessageId, Consumer, ConsumedAt) = (messageId, consumer, now);

    /// <summary>The id the publisher's outbox gave the message.</summary>
    public Guid MessageId { get; private set; }

    /// <summary>The consumer that did its work.</summary>
    public string Consumer { get; private set; } = "";

    /// <summary>When; UTC.</summary>
    public DateTimeOffset ConsumedAt { get; private set; }
}

/// <summary>Puts a consumer's work, its outgoing messages and the mark that it is done in one transaction.</summary>
internal sealed class InboxFilter<TContext, TConsumer> : IFilter<ConsumerConsumeContext<TConsumer>>
    where TContext : ServiceDbContext
    where TConsumer : class
{
    private static readonly string Consumer = typeof(TConsumer).Name;

    public async Task Send(ConsumerConsumeContext<TConsumer> context, IPipe<ConsumerConsumeContext<TConsumer>> next)
    {
        var services = context.GetPayload<IServiceProvider>();
        var db = services.GetRequiredService<TContext>();
        var clock = services.GetRequiredService<TimeProvider>();
        var messageId = context.MessageId
            ?? throw new InvalidOperationException("A message without an id cannot be consumed exactly once.");

        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        if (await db.Inbox.AnyAsync(m => m.MessageId == messageId && m.Consumer == Consumer, context.CancellationToken))
        {
            return; // a second copy: the work was committed before
        }

        db.Inbox.Add(new InboxMessage(messageId, Consumer, clock.GetUtcNow()));
        await next.Send(context);
        if (db.ChangeTracker.HasChanges())
        {
            await db.SaveChangesAsync(context.CancellationToken);
        }

        await transaction.CommitAsync(context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
