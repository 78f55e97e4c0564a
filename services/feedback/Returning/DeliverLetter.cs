using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Returning;

/// <summary>One attempt for one letter: print, send, and write down what came of it. No transaction is open meanwhile.</summary>
internal sealed class DeliverLetter(
    FeedbackDbContext db, PrintLetter print, GpSystem gp, RecordOutcome outcome, Lanes lanes, TimeProvider clock)
{
    // Longer than all that one sending may take: 30 s for the answer and 10 s to spare.
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);
    private static readonly ActivitySource Activities = new("VGIntegration.Feedback");

    public async Task Run(Guid id, Guid process, CancellationToken ct)
    {
        var delivery = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == id, ct);
        var advice = await db.Advices.AsNoTracking().SingleAsync(a => a.Id == delivery.AdviceId, ct);
        using var activity = Activities.StartActivity("return advice", ActivityKind.Internal, delivery.TraceParent);

        var letter = await print.Run(id, advice, ct);
        if (letter.Practice is { } practice && practice.Id != delivery.PracticeId)
        {
            await Remember(id, practice, ct);
        }

        if (letter.Failure is { } failure)
        {
            await outcome.Record(id, process, new Answer(null, failure), ct);
        }
        else if (delivery.PracticeId is not null)
        {
            await Send(delivery, letter, process, ct);
        }
        else if (lanes.TryEnter(letter.Practice!.Id))
        {
            try
            {
                await Send(delivery, letter, process, ct);
            }
            finally
            {
                lanes.Leave(letter.Practice.Id);
            }
        }
        else
        {
            await GiveBack(id, process, ct); // its practice turned out to be busy: another letter first
        }
    }

    public Task GiveBack(Guid id, Guid process, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Deliveries.Where(d => d.Id == id && d.LeasedBy == process)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.LeasedUntil, now), ct);
    }

    private async Task Send(Delivery delivery, Letter letter, Guid process, CancellationToken ct)
    {
        var (practice, address, document) = (letter.Practice!, letter.Address!, letter.Document!);
        // Where our id decides, sending again settles it, unless the GP system never gives a receipt for a PUT.
        var mustLook = delivery.IsOutcomeUnknown
            && (!practice.TakesOurIds || delivery.LastHindrance is Hindrance.NoReceipt);
        if (!await MayHaveArrivedFromNowOn(delivery.Id, process, mustLook ? 2 * Lease : Lease, ct))
        {
            return; // this process slept through its lease, and another has the letter
        }

        var answer = mustLook ? await gp.Find(practice, address, delivery.RequestId, document, ct) : null;
        answer ??= await gp.File(practice, address, delivery.RequestId, document, ct);
        await outcome.Record(delivery.Id, process, answer, ct);
    }

    // Written before the first byte goes out: whoever takes over after a crash knows that the letter may be there.
    private async Task<bool> MayHaveArrivedFromNowOn(Guid id, Guid process, TimeSpan lease, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + lease;
        return await db.Deliveries
            .Where(d => d.Id == id && d.LeasedBy == process && d.LeasedUntil > now && d.State == DeliveryState.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(d => d.LeasedUntil, until).SetProperty(d => d.IsOutcomeUnknown, true), ct) == 1;
    }

    private Task Remember(Guid id, Practice practice, CancellationToken ct) =>
        db.Deliveries.Where(d => d.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.PracticeId, practice.Id).SetProperty(d => d.PracticeName, practice.Name), ct);
}
