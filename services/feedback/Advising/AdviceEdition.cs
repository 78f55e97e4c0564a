namespace VGIntegration.Feedback.Advising;

/// <summary>
/// An advice as it was when the three marks were under it. It never changes: a correction is a next edition. Without a
/// <see cref="FinalAt"/> it is what a letter would be now, for who wants to see that.
/// </summary>
internal sealed class AdviceEdition
{
    private AdviceEdition() { }

    public Guid AdviceId { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    public AdviceText Text { get; private set; } = new();
    public ProposedReferral Proposed { get; private set; } = new();
    public ResidentMark Resident { get; private set; } = new();
    public Guid? ContactId { get; private set; }
    public DateTimeOffset? MentalHealthSignedAt { get; private set; }
    public DateTimeOffset? SocialDomainSignedAt { get; private set; }

    /// <summary>Why there is a second edition, in the words of who corrects.</summary>
    public string? Correction { get; private set; }

    public DateTimeOffset WrittenAt { get; private set; }
    public DateTimeOffset? FinalAt { get; private set; }

    /// <summary>It should never have existed, such as an advice about somebody else.</summary>
    public DateTimeOffset? RetractedAt { get; private set; }

    public bool IsFinal => FinalAt is not null;

    /// <summary>When the letter is dated.</summary>
    public DateTimeOffset DatedAt => FinalAt ?? WrittenAt;

    /// <summary>What the huisarts may read: nothing of the text when the resident does not agree. A concept shows it until the resident said no.</summary>
    public AdviceText? TextForGp => Resident.SharesWithGp is true || (!IsFinal && Resident.SharesWithGp is null) ? Text : null;

    /// <summary>The referral that goes along as a draft, where there is one.</summary>
    public ProposedReferral? ProposedToGp => TextForGp is not null && Proposed.IsAsked ? Proposed : null;

    internal static AdviceEdition Of(Advice advice, DateTimeOffset? finalAt) => new()
    {
        AdviceId = advice.Id,
        Number = advice.Edition,
        Text = advice.Text,
        Proposed = advice.Proposed,
        Resident = advice.Resident,
        ContactId = advice.ContactId,
        MentalHealthSignedAt = advice.MentalHealth.SignedAt,
        SocialDomainSignedAt = advice.SocialDomain.SignedAt,
        Correction = advice.Correction,
        WrittenAt = advice.ChangedAt,
        FinalAt = finalAt,
    };

    /// <summary>The same once more, without what the resident no longer shares.</summary>
    internal AdviceEdition NoLongerShared(int number, ResidentMark resident, DateTimeOffset now) => new()
    {
        AdviceId = AdviceId,
        Number = number,
        Text = Text,
        Proposed = Proposed,
        Resident = Resident with { SharesWithGp = false, AnsweredAt = now, AnsweredBy = resident.AnsweredBy },
        ContactId = ContactId,
        MentalHealthSignedAt = MentalHealthSignedAt,
        SocialDomainSignedAt = SocialDomainSignedAt,
        WrittenAt = now,
        FinalAt = now,
    };

    internal void Retract(DateTimeOffset now) => RetractedAt ??= now;
}
