namespace VGIntegration.Contracts.Feedback;

/// <summary>What is said to the huisarts beside the first advice is refused, or has not arrived for hours: a person must look, until LetterSettled.</summary>
public sealed record LetterUndeliverable
{
    public required Guid ReferralId { get; init; }

    /// <summary>Counts this service's messages about this referral, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>When this was found; UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Which one; the same in LetterSettled.</summary>
    public required Guid DeliveryId { get; init; }

    /// <summary>What it is; one of <see cref="LetterKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>refused (the GP system answered 4xx), unreachable (four hours without a receipt), or no-connection (the practice has no address for letters: a person hands it over).</summary>
    public required string Reason { get; init; }
}

/// <summary>The kinds of <see cref="LetterUndeliverable"/>.</summary>
public static class LetterKind
{
    /// <summary>A corrected advice, after one that arrived.</summary>
    public const string Correction = "correction";

    /// <summary>That there was no conversation, and why.</summary>
    public const string ClosingNote = "closing-note";

    /// <summary>That a letter should never have existed.</summary>
    public const string Retraction = "retraction";

    /// <summary>That a letter was replaced.</summary>
    public const string Supersession = "supersession";

    /// <summary>The referral that the advice proposes.</summary>
    public const string DraftReferral = "draft-referral";

    /// <summary>That a proposed referral no longer counts.</summary>
    public const string DraftRevocation = "draft-revocation";
}
