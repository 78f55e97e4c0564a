using System.Diagnostics.Metrics;

namespace VGIntegration.Feedback.Returning;

/// <summary>The numbers that tell whether letters arrive.</summary>
internal sealed class DeliveryFigures
{
    private readonly Counter<long> _deliveries;
    private double _oldest;

    public DeliveryFigures(IMeterFactory meters)
    {
        var meter = meters.Create("VGIntegration");
        meter.CreateObservableGauge("delivery_oldest_age_seconds", () => Volatile.Read(ref _oldest), "s");
        _deliveries = meter.CreateCounter<long>("deliveries");
    }

    /// <summary>Seconds since the oldest letter that is not delivered was signed; 0 when nothing waits.</summary>
    public double OldestAge
    {
        set => Volatile.Write(ref _oldest, value);
    }

    public void Count(string outcome) => _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
