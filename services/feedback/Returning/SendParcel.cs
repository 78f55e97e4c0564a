using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Correcting;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Telling;

namespace VGIntegration.Feedback.Returning;

/// <summary>One attempt for one parcel: pack, send, and write down what came of it. No transaction is open meanwhile.</summary>
internal sealed class SendParcel(
    FeedbackDbContext db, PackParcel pack, GpSystem gp, KeepLetter keep, RecordOutcome outcome, Lanes lanes, TimeProvider clock)
{
    // Longer than one request may take: 30 s for the answer and 15 s to spare. Before each further request it is renewed.
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);
    private static readonly ActivitySource Activities = new("VGIntegration.Feedback");

    public async Task Run(Attempt attempt, CancellationToken ct)
    {
        var delivery = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == attempt.DeliveryId, ct);
        using var activity = Activities.StartActivity(NameOf(delivery.Kind), ActivityKind.Internal, delivery.TraceParent);

        if (delivery.Lane is not null)
        {
            await PackAndSend(delivery, attempt, ct);
        }
        else if (await pack.PracticeOf(delivery, ct) is not { } practice)
        {
            await outcome.Record(attempt, Answer.Failed(Hindrance.IntakeUnavailable), null, ct);
        }
        else if (Lanes.OfLetters(practice.Id) is var lane && lanes.TryEnter(lane))
        {
            try
            {
                await PackAndSend(delivery, attempt, ct);
            }
            finally
            {
                lanes.Leave(lane);
            }
        }
        else
        {
            await Remember(delivery, practice, ct);
            await GiveBack(attempt, ct); // its practice turned out to be busy: another letter first, and this one is not printed for nothing
        }
    }

    public Task GiveBack(Attempt attempt, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Deliveries.Where(d => d.Id == attempt.DeliveryId && d.LeasedBy == attempt.Process)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.LeasedUntil, now), ct);
    }

    private async Task PackAndSend(Delivery delivery, Attempt attempt, CancellationToken ct)
    {
        var parcel = await pack.Run(delivery, ct);
        if (parcel.Practice is { } practice && (practice.Id != delivery.PracticeId || practice.Name != delivery.PracticeName))
        {
            await Remember(delivery, practice, ct);
        }

        if (parcel.IsNotNeeded)
        {
            await outcome.Drop(attempt, ct);
        }
        else if (parcel.Failure is { } failure)
        {
            await outcome.Record(attempt, new Answer(null, failure), null, ct);
        }
        else
        {
            await Send(delivery, parcel, attempt, ct);
        }
    }

    private async Task Send(Delivery delivery, Parcel parcel, Attempt attempt, CancellationToken ct)
    {
        // Where our id decides, sending again settles it, unless the GP system never gives a receipt for a PUT.
        // A document cannot be looked up at most practices, so that is asked only when an attempt may really have landed.
        var mustLook = IsSentOnce(delivery.Kind) && delivery.IsOutcomeUnknown
            && (parcel.Practice!.Mode, delivery) is (DeliveryMode.Post, _) or (DeliveryMode.Put, { LastHindrance: Hindrance.NoReceipt })
                or (DeliveryMode.Document, { DoubtfulAt: not null });
        Task<bool> MayGoOn() => MayHaveArrivedFromNowOn(attempt, ct);
        if (!await MayGoOn())
        {
            return; // this process slept through its lease, and another has the parcel
        }

        var answer = mustLook ? await gp.Find(parcel, delivery.RequestId, ct) : null;
        if (answer is null && (!mustLook || await MayGoOn()))
        {
            answer = await SendNow(delivery, parcel, MayGoOn, ct);
        }

        if (answer is { Failure.MayBeThere: true } && IsSentOnce(delivery.Kind))
        {
            answer = await MayGoOn() ? await gp.Find(parcel, delivery.RequestId, ct) ?? answer : null;
        }

        if (answer is null)
        {
            return; // the same, halfway
        }

        await outcome.Record(attempt, answer, new Sent(parcel.TaskVersion, delivery.DoubtfulAt), ct);
    }

    // What is said of a letter later may be said twice; a look-up would find the letter itself.
    private static bool IsSentOnce(ParcelKind kind) => kind is ParcelKind.Advice or ParcelKind.ClosingNote or ParcelKind.Draft;

    private async Task<Answer?> SendNow(Delivery delivery, Parcel parcel, Func<Task<bool>> mayGoOn, CancellationToken ct)
    {
        switch (delivery.Kind)
        {
            case ParcelKind.TaskUpdate:
                return await gp.Update(parcel, delivery.SubjectId!.Value, delivery.RequestId, ct);
            case ParcelKind.Handshake or ParcelKind.Notification:
                return await gp.Notify(parcel, delivery.RequestId, ct);
            case ParcelKind.Draft:
                return await gp.Propose(parcel, delivery.RequestId, ct);
            case ParcelKind.DraftRevocation:
                return await gp.Revise(parcel, delivery.RequestId, mayGoOn, ct);
            case ParcelKind.Retraction or ParcelKind.Supersession:
                await keep.Run(delivery.Id, parcel.Letter!, ct);
                return await gp.Revise(parcel, delivery.RequestId, mayGoOn, ct);
            default:
                await keep.Run(delivery.Id, parcel.Letter!, ct);
                return await gp.File(parcel, delivery.RequestId, mayGoOn, ct);
        }
    }

    // Written before the first byte goes out: whoever takes over after a crash knows that the parcel may be there.
    private async Task<bool> MayHaveArrivedFromNowOn(Attempt attempt, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + Lease;
        return await db.Deliveries
            .Where(d => d.Id == attempt.DeliveryId && d.LeasedBy == attempt.Process && d.LeasedUntil > now && d.State == DeliveryState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.LeasedUntil, until)
                .SetProperty(d => d.IsOutcomeUnknown, true).SetProperty(d => d.DoubtfulAt, now), ct) == 1;
    }

    private Task Remember(Delivery delivery, Practice practice, CancellationToken ct)
    {
        var lane = delivery.IsLetter ? Lanes.OfLetters(practice.Id) : delivery.Lane;
        return db.Deliveries.Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.PracticeId, practice.Id).SetProperty(d => d.PracticeName, practice.Name)
                .SetProperty(d => d.Lane, lane), ct);
    }

    private static string NameOf(ParcelKind kind) => kind switch
    {
        ParcelKind.Advice => "return advice",
        ParcelKind.ClosingNote => "return closing note",
        ParcelKind.Retraction or ParcelKind.Supersession => "revise letter",
        ParcelKind.Draft or ParcelKind.DraftRevocation => "propose referral",
        ParcelKind.TaskUpdate => "update task",
        _ => "notify subscriber",
    };
}

/// <summary>Each kind of parcel, packed by the step that knows it.</summary>
internal sealed class PackParcel(
    ReturnAdvice advice, ReturnClosingNote closingNote, PackRevision revision, UpdateTask update, NotifySubscriber notify, Recipients recipients,
    LetterKinds kinds)
{
    /// <summary>Where a parcel goes, before it is packed; null while intake cannot tell.</summary>
    public async Task<Practice?> PracticeOf(Delivery delivery, CancellationToken ct) =>
        (await Parcel.Ask(() => recipients.Of(delivery.ReferralId!.Value, ct), ct))?.Practice;

    public async Task<Parcel> Run(Delivery delivery, CancellationToken ct)
    {
        var parcel = await Pack(delivery, ct);
        kinds.Apply(parcel, delivery.Kind);
        return parcel;
    }

    private Task<Parcel> Pack(Delivery delivery, CancellationToken ct) => delivery.Kind switch
    {
        ParcelKind.Advice => advice.Pack(delivery, ct),
        ParcelKind.ClosingNote => closingNote.Pack(delivery, ct),
        ParcelKind.TaskUpdate => update.Pack(delivery, ct),
        ParcelKind.Retraction or ParcelKind.Supersession or ParcelKind.Draft or ParcelKind.DraftRevocation => revision.Run(delivery, ct),
        _ => notify.Pack(delivery, ct),
    };
}
