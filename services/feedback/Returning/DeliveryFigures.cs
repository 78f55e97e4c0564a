using System.Diagnostics.Metrics;

namespace VGIntegration.Feedback.Returning;

/// <summary>The numbers that tell whether parcels arrive, of each kind.</summary>
internal sealed class DeliveryFigures
{
    private readonly Counter<long> _deliveries;
    private IReadOnlyDictionary<ParcelKind, double> _oldest = new Dictionary<ParcelKind, double>();

    public DeliveryFigures(IMeterFactory meters)
    {
        var meter = meters.Create("VGIntegration");
        meter.CreateObservableGauge("delivery_oldest_age_seconds", Measure, "s");
        _deliveries = meter.CreateCounter<long>("deliveries");
    }

    /// <summary>Seconds since the oldest that is not delivered was ready to go; 0 when nothing waits.</summary>
    public IReadOnlyDictionary<ParcelKind, double> Oldest
    {
        set => Volatile.Write(ref _oldest, value);
    }

    public void Count(ParcelKind kind, string outcome) => _deliveries.Add(1, Tag(kind), new("outcome", outcome));

    private IEnumerable<Measurement<double>> Measure()
    {
        var oldest = Volatile.Read(ref _oldest);
        return Enum.GetValues<ParcelKind>().Select(kind => new Measurement<double>(oldest.GetValueOrDefault(kind), Tag(kind)));
    }

    private static KeyValuePair<string, object?> Tag(ParcelKind kind) => new("kind", kind switch
    {
        ParcelKind.Advice => "advice",
        ParcelKind.ClosingNote => "closing-note",
        ParcelKind.Retraction => "retraction",
        ParcelKind.Supersession => "supersession",
        ParcelKind.Draft => "draft-referral",
        ParcelKind.DraftRevocation => "draft-revocation",
        ParcelKind.TaskUpdate => "task-update",
        ParcelKind.Handshake => "handshake",
        _ => "notification",
    });
}
