namespace VGIntegration.Contracts.Feedback;

/// <summary>The endpoint of a subscription took a notification, or has not for so long that the practice should know.</summary>
public sealed record SubscriptionAnswered
{
    public required Guid SubscriptionId { get; init; }

    /// <summary>The Sequence of what was sent: of SubscriptionRequested or SubscriptionEventRaised.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the endpoint answered, or was found not to; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>One of <see cref="SubscriptionAnswer"/>.</summary>
    public required string Answer { get; init; }
}

/// <summary>How an endpoint answered.</summary>
public static class SubscriptionAnswer
{
    /// <summary>It took the notification.</summary>
    public const string Accepted = "accepted";

    /// <summary>It said no (3xx or 4xx).</summary>
    public const string Refused = "refused";

    /// <summary>It gave no answer, or not a good one; for a handshake at once, otherwise after four hours.</summary>
    public const string Unreachable = "unreachable";
}
