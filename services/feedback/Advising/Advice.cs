namespace VGIntegration.Feedback.Advising;

/// <summary>
/// The outcome of one conversation, by three parties: the resident reads it and answers, and both professionals sign. With the
/// three marks it is final; a change of the text takes all marks away.
/// </summary>
internal sealed class Advice
{
    private readonly List<AdviceEdition> _editions = [];

    private Advice() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public Guid ConversationId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public Author MentalHealth { get; private set; } = null!;
    public Author SocialDomain { get; private set; } = null!;
    public AdviceText Text { get; private set; } = new();
    public ProposedReferral Proposed { get; private set; } = new();
    public ResidentMark Resident { get; private set; } = new();

    /// <summary>Which of the two professionals the resident calls with questions; never the huisarts.</summary>
    public Guid? ContactId { get; private set; }

    /// <summary>Which edition is being written, or was made final last; from 1.</summary>
    public int Edition { get; private set; } = 1;

    /// <summary>Why there is a second edition.</summary>
    public string? Correction { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }
    public DateTimeOffset? FinalAt { get; private set; }

    /// <summary>Counts the changes, so that the second of two writers is told.</summary>
    public int Version { get; private set; }

    public bool IsFinal => FinalAt is not null;
    public IReadOnlyList<Author> Authors => [MentalHealth, SocialDomain];
    public bool HasMarks => Resident.Opinion is not null || Authors.Any(a => a.HasSigned);

    /// <summary>What was final, the last one last; only what was loaded or just made.</summary>
    public IReadOnlyList<AdviceEdition> Editions => _editions;

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

    public bool IsWrittenBy(string login) => Authors.Any(a => a.Is(login));

    /// <summary>Changes what is written; whoever marked the old text has not marked the new one.</summary>
    public void Write(AdviceText text, ProposedReferral proposed, Guid? contactId, DateTimeOffset now)
    {
        MustNotBeFinal();
        if (contactId is not null && Authors.All(a => a.ProfessionalId != contactId))
        {
            throw new RuleBrokenException("The resident calls one of the two professionals of the conversation.");
        }

        if ((text, proposed, contactId) == (Text, Proposed, ContactId))
        {
            return;
        }

        (Text, Proposed, ContactId) = (text, proposed, contactId);
        TakeMarksAway();
        Changed(now);
    }

    /// <summary>The resident has read along and says what is so. Consent to share stands apart from the opinion.</summary>
    public void Answer(ResidentMark mark, DateTimeOffset now)
    {
        MustNotBeFinal();
        if (!mark.IsSet || mark is { Opinion: Opinion.Disagrees, Words.Length: 0 })
        {
            throw new RuleBrokenException("A resident agrees or says what is otherwise, and says whether the huisarts may read it.");
        }

        MustHaveText(mark.SharesWithGp);
        Resident = mark with { DisagreesOn = mark.Opinion is Opinion.Disagrees ? mark.DisagreesOn : null, AnsweredAt = now };
        Changed(now);
        FinishWhenComplete(now);
    }

    public void Sign(string login, DateTimeOffset now)
    {
        MustNotBeFinal();
        var author = Authors.SingleOrDefault(a => a.Is(login))
            ?? throw new RuleBrokenException("Only the two professionals who held the conversation sign the advice.");
        if (author.HasSigned)
        {
            throw new RuleBrokenException("This professional has signed already.");
        }

        MustHaveText(Resident.SharesWithGp);
        author.Sign(now);
        Changed(now);
        FinishWhenComplete(now);
    }

    /// <summary>What is final is opened once more; the next edition replaces it and asks for three marks again.</summary>
    public void Correct(string reason, DateTimeOffset now)
    {
        MustBeFinal();
        MustHaveReason(reason);
        NextEdition(reason, now);
        FinalAt = null;
        TakeMarksAway();
    }

    /// <summary>What is final should never have existed: what arrived is marked so, and writing begins anew.</summary>
    public void Retract(string reason, DateTimeOffset now)
    {
        MustBeFinal();
        MustHaveReason(reason);
        if (!_editions.Exists(e => e.Number == Edition))
        {
            throw new RuleBrokenException("The editions that are retracted must be at hand.");
        }

        _editions.ForEach(e => e.Retract(now)); // an older one that stays behind would count again
        NextEdition(reason, now);
        (FinalAt, Text, Proposed, Resident) = (null, new AdviceText(), new ProposedReferral(), new ResidentMark());
        TakeMarksAway();
    }

    /// <summary>
    /// The resident may always think otherwise about the huisarts reading it. After the end that makes a next edition at once:
    /// nobody need sign again for what is the resident's alone.
    /// </summary>
    public void ChangeSharing(bool sharesWithGp, string by, DateTimeOffset now)
    {
        if (Resident.SharesWithGp == sharesWithGp)
        {
            return;
        }

        if (sharesWithGp)
        {
            MustHaveText(sharesWithGp);
        }

        Resident = Resident with { SharesWithGp = sharesWithGp, AnsweredBy = by, AnsweredAt = now };
        if (IsFinal)
        {
            NextEdition(null, now);
            Finish(now);
            return;
        }

        if (!sharesWithGp && _editions.MaxBy(e => e.Number) is { RetractedAt: null, TextForGp: not null } last)
        {
            _editions.Add(last.NoLongerShared(Edition, Resident, now)); // a correction is being written; what the huisarts has does not wait for it
            Edition++;
        }

        Changed(now);
        FinishWhenComplete(now);
    }

    /// <summary>What a letter would be now.</summary>
    public AdviceEdition Concept() => AdviceEdition.Of(this, null);

    private void FinishWhenComplete(DateTimeOffset now)
    {
        if (Resident.IsSet && Authors.All(a => a.HasSigned))
        {
            Finish(now);
        }
    }

    private void Finish(DateTimeOffset now)
    {
        FinalAt = now;
        _editions.Add(AdviceEdition.Of(this, now));
    }

    private void NextEdition(string? reason, DateTimeOffset now)
    {
        (Edition, Correction) = (Edition + 1, reason);
        Changed(now);
    }

    private void TakeMarksAway()
    {
        MentalHealth.Unsign();
        SocialDomain.Unsign();
        Resident = Resident with { Opinion = null };
    }

    private void MustHaveText(bool? sharesWithGp)
    {
        if (sharesWithGp is not false && (Text.IsEmpty || ContactId is null))
        {
            throw new RuleBrokenException("An advice that may be shared has a text and a professional to call.");
        }

        if (Proposed is { IsAsked: true, Reason.Length: 0 })
        {
            throw new RuleBrokenException("A referral that is proposed has a reason.");
        }
    }

    private static void MustHaveReason(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RuleBrokenException("Who corrects says why.");
        }
    }

    private void MustBeFinal()
    {
        if (!IsFinal)
        {
            throw new RuleBrokenException("Only an advice that is final is corrected; before that it is simply changed.");
        }
    }

    private void MustNotBeFinal()
    {
        if (IsFinal)
        {
            throw new RuleBrokenException("An advice with its three marks can no longer be changed, only corrected.");
        }
    }

    private void Changed(DateTimeOffset now) => (ChangedAt, Version) = (now, Version + 1);
}
