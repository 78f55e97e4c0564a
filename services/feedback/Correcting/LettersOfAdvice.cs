using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Correcting;

/// <summary>All that went, or goes, to the huisarts about one advice.</summary>
internal sealed class LettersOfAdvice
{
    private readonly List<Delivery> _parcels;
    private readonly Dictionary<int, AdviceEdition> _editions;

    private LettersOfAdvice(List<Delivery> parcels, Dictionary<int, AdviceEdition> editions) => (_parcels, _editions) = (parcels, editions);

    public static async Task<LettersOfAdvice> Of(FeedbackDbContext db, Guid adviceId, CancellationToken ct) => new(
        await db.Deliveries.Where(d => d.AdviceId == adviceId).OrderBy(d => d.Number).ToListAsync(ct),
        await db.AdviceEditions.AsNoTracking().Where(e => e.AdviceId == adviceId).ToDictionaryAsync(e => e.Number, ct));

    public IEnumerable<Delivery> Letters => _parcels.Where(d => d.Kind is ParcelKind.Advice);

    public AdviceEdition EditionOf(Delivery letter) => _editions[letter.Number];

    public bool IsRetracted(Delivery letter) => EditionOf(letter).RetractedAt is not null;

    /// <summary>What the practice may have, the last one last.</summary>
    public IEnumerable<Delivery> ThatMayBeThere => Letters.Where(l => l.MayBeThere);

    /// <summary>The letter that one with this number replaces; a letter that was taken back needs no replacement.</summary>
    public Delivery? ReplacedBy(int number) => ThatMayBeThere.LastOrDefault(l => l.Number < number && !IsRetracted(l));

    /// <summary>Whether the others heard that it was received. A receipt that came after the letter was taken back is not told.</summary>
    public bool IsTold(Delivery letter) =>
        letter is { State: DeliveryState.Delivered, DeliveredAt: { } at } && !(EditionOf(letter).RetractedAt < at);

    /// <summary>Letters whose draft referral the practice may have; a draft that went along with its letter has no receipt of its own before that.</summary>
    public IEnumerable<Delivery> WithDraftThere => ThatMayBeThere.Where(l => EditionOf(l).ProposedToGp is not null
        && (l.State is not DeliveryState.Delivered || _parcels.Exists(d => d.Kind is ParcelKind.Draft && d.LetterId == l.Id && d.MayBeThere)));

    /// <summary>Whether this is said of the letter already, or about to be.</summary>
    public bool IsSaid(ParcelKind kind, Delivery letter) =>
        _parcels.Exists(d => d.Kind == kind && d.LetterId == letter.Id && d.State is not DeliveryState.NotNeeded);

    /// <summary>The parcel that says it, in the order of its advice.</summary>
    public Delivery Say(ParcelKind kind, Delivery letter, DateTimeOffset now)
    {
        var number = kind is ParcelKind.Supersession or ParcelKind.DraftRevocation ? Letters.Max(l => l.Number) : letter.Number;
        var time = _parcels.Count(d => d.Kind == kind && d.LetterId == letter.Id) + 1;
        return Delivery.About(letter, kind, number, time, now)
            // A letter that may still be stored by a slow system would come after what is said of it.
            .NotBefore(letter is { State: not DeliveryState.Delivered, DoubtfulAt: { } at } ? at + RecordOutcome.Doubtful : now);
    }
}
