using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Researching;

/// <summary>When a questionnaire of the study is due, counted from the conversation.</summary>
internal enum ResearchMoment
{
    Start,
    ThreeMonths,
    SixMonths,
}

/// <summary>One of the three questionnaires of somebody who takes part.</summary>
internal sealed class Questionnaire
{
    private Questionnaire() { }

    internal Questionnaire(ResearchMoment moment, DateOnly dueOn) => (Moment, DueOn) = (moment, dueOn);

    public ResearchMoment Moment { get; private set; }
    public DateOnly DueOn { get; private set; }
    public DateOnly? DoneOn { get; internal set; }

    /// <summary>When the resident got the amount for it.</summary>
    public DateOnly? PaidOn { get; internal set; }
}

/// <summary>What a resident answered to the question whether to take part in the study: voluntary, and to be stopped at any time.</summary>
internal sealed class ResearchParticipation
{
    private readonly List<Questionnaire> _questionnaires = [];

    private ResearchParticipation() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public DateOnly ConversationOn { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>The log-in of who asked.</summary>
    public string AskedBy { get; private set; } = "";

    /// <summary>Which text the resident was told; see <see cref="ResearchText"/>.</summary>
    public string TextVersion { get; private set; } = "";

    public bool IsWilling { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public DateTimeOffset? HandedOverAt { get; private set; }

    /// <summary>Counts the changes, so that the second of two people is told.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<Questionnaire> Questionnaires => [.. _questionnaires.OrderBy(q => q.Moment)];

    /// <summary>Consent that was given and not withdrawn: the only ground on which anything goes to the researcher.</summary>
    public bool TakesPart => IsWilling && WithdrawnAt is null;

    public static ResearchParticipation Ask(Advice advice, bool isWilling, string login, DateTimeOffset now)
    {
        var asked = new ResearchParticipation
        {
            Id = Guid.NewGuid(), // the researcher sees it: it tells nothing of when
            ReferralId = advice.ReferralId,
            ConversationOn = advice.StartsAt.LocalDay(),
        };
        asked.Answer(isWilling, login, now);
        return asked;
    }

    /// <summary>The resident answers, for the first time or otherwise than before. Yes once more leaves when it was given, and to whom.</summary>
    public void Answer(bool isWilling, string login, DateTimeOffset now)
    {
        if (isWilling && TakesPart)
        {
            return;
        }

        if (isWilling && !TakesPart && _questionnaires.Count == 0)
        {
            _questionnaires.AddRange(
            [
                new(ResearchMoment.Start, ConversationOn), new(ResearchMoment.ThreeMonths, ConversationOn.AddMonths(3)),
                new(ResearchMoment.SixMonths, ConversationOn.AddMonths(6)),
            ]);
        }

        WithdrawnAt = isWilling ? null : TakesPart ? now : WithdrawnAt;
        (IsWilling, AskedAt, AskedBy, TextVersion) = (isWilling || IsWilling, now, login, ResearchText.Version);
        Version++;
    }

    /// <summary>From this moment on nothing more goes to the researcher.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        if (TakesPart)
        {
            (WithdrawnAt, Version) = (now, Version + 1);
        }
    }

    public void Record(ResearchMoment moment, DateOnly? doneOn, DateOnly? paidOn)
    {
        var questionnaire = _questionnaires.Single(q => q.Moment == moment);
        (questionnaire.DoneOn, questionnaire.PaidOn) = (doneOn, doneOn is null ? null : paidOn);
        Version++;
    }

    public void HandOver(DateTimeOffset now) => (HandedOverAt, Version) = TakesPart
        ? (now, Version + 1)
        : throw new RuleBrokenException("Contact details go to the researcher only with the resident's consent.");

    /// <summary>What is to be done within a week, or should have been done.</summary>
    public IEnumerable<Questionnaire> Due(DateOnly today) =>
        TakesPart ? Questionnaires.Where(q => q.DoneOn is null && q.DueOn <= today.AddDays(7)) : [];
}
