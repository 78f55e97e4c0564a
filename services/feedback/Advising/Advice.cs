namespace VGIntegration.Feedback.Advising;

/// <summary>The outcome of one conversation, written with the resident and signed by both professionals.</summary>
internal sealed class Advice
{
    private Advice() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public Guid ConversationId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public Author MentalHealth { get; private set; } = null!;
    public Author SocialDomain { get; private set; } = null!;
    public AdviceText Text { get; private set; } = new();

    /// <summary>Whether the resident agrees that the huisarts reads the advice; null as long as nobody asked.</summary>
    public bool? ResidentAgrees { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }
    public DateTimeOffset? FinalAt { get; private set; }

    /// <summary>Counts the changes, so that the second of two writers is told.</summary>
    public int Version { get; private set; }

    public bool IsFinal => FinalAt is not null;
    public IReadOnlyList<Author> Authors => [MentalHealth, SocialDomain];

    /// <summary>What the huisarts may read: nothing of the text when the resident does not agree.</summary>
    public AdviceText? TextForGp => ResidentAgrees is true ? Text : null;

    public static Advice Open(
        Guid referralId, (Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt) conversation,
        (Author MentalHealth, Author SocialDomain) duo, DateTimeOffset now)
    {
        if (duo.MentalHealth.Login == duo.SocialDomain.Login)
        {
            throw new RuleBrokenException("An advice has two authors with a log-in each: two people sign.");
        }

        return new Advice
        {
            Id = Guid.CreateVersion7(now),
            ReferralId = referralId,
            ConversationId = conversation.Id,
            StartsAt = conversation.StartsAt,
            EndsAt = conversation.EndsAt,
            MentalHealth = duo.MentalHealth,
            SocialDomain = duo.SocialDomain,
            ChangedAt = now,
        };
    }

    public bool IsWrittenBy(string login) => Authors.Any(a => a.Login == login);

    /// <summary>Changes the text; who signed the old text has not signed the new one.</summary>
    public void Write(AdviceText text, bool? residentAgrees, DateTimeOffset now)
    {
        MustNotBeFinal();
        if (text == Text && residentAgrees == ResidentAgrees)
        {
            return;
        }

        (Text, ResidentAgrees) = (text, residentAgrees);
        MentalHealth.Unsign();
        SocialDomain.Unsign();
        Changed(now);
    }

    public void Sign(string login, DateTimeOffset now)
    {
        MustNotBeFinal();
        var author = Authors.SingleOrDefault(a => a.Login == login)
            ?? throw new RuleBrokenException("Only the two professionals who held the conversation sign the advice.");
        if (author.HasSigned)
        {
            throw new RuleBrokenException("This professional has signed already.");
        }

        if (ResidentAgrees is null)
        {
            throw new RuleBrokenException("Whether the resident agrees must be known before anyone signs.");
        }

        if (ResidentAgrees is true && Text.IsEmpty)
        {
            throw new RuleBrokenException("An advice for the huisarts has a text.");
        }

        author.Sign(now);
        FinalAt = Authors.All(a => a.HasSigned) ? now : null;
        Changed(now);
    }

    private void MustNotBeFinal()
    {
        if (IsFinal)
        {
            throw new RuleBrokenException("An advice that both have signed can no longer be changed.");
        }
    }

    private void Changed(DateTimeOffset now) => (ChangedAt, Version) = (now, Version + 1);
}
