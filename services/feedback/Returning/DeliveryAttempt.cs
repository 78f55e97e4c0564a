using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.Feedback.Returning;

/// <summary>How one attempt for a parcel ended. Kinds and numbers only: no text from outside, nothing about a person.</summary>
internal sealed class DeliveryAttempt
{
    /// <summary>Of one parcel; a practice that is away for a month is tried thousands of times.</summary>
    internal const int Kept = 50;

    private DeliveryAttempt() { }

    public Guid DeliveryId { get; private set; }

    /// <summary>1 for the first attempt of this parcel.</summary>
    public int Number { get; private set; }

    public DateTimeOffset At { get; private set; }
    public int Milliseconds { get; private set; }

    /// <summary>What stood in the way; nothing when it arrived.</summary>
    public Hindrance? Hindrance { get; private set; }

    /// <summary>The HTTP status of the answer, where there was one.</summary>
    public int? Status { get; private set; }

    internal static DeliveryAttempt Of(Delivery delivery, Attempt attempt, TimeSpan took, Answer answer) => new()
    {
        DeliveryId = delivery.Id,
        Number = delivery.Attempts,
        At = attempt.At,
        Milliseconds = (int)Math.Min(took.TotalMilliseconds, int.MaxValue),
        Hindrance = answer.Failure?.Hindrance,
        Status = answer.Failure?.Status ?? answer.Status,
    };
}

/// <summary>An attempt that is under way: for which parcel, by which process, since when.</summary>
internal sealed record Attempt(Guid DeliveryId, Guid Process, DateTimeOffset At, long Started)
{
    public static Attempt Begin(Guid deliveryId, Guid process, TimeProvider clock) =>
        new(deliveryId, process, clock.GetUtcNow(), clock.GetTimestamp());
}

internal sealed class DeliveryAttemptMapping : IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("DeliveryAttempts");
        attempt.HasKey(a => new { a.DeliveryId, a.Number });
        attempt.Property(a => a.Number).ValueGeneratedNever();
        attempt.HasOne<Delivery>().WithMany().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.Cascade); // goes with its parcel
    }
}
