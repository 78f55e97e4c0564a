using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>How the resident's turn of the screen ended.</summary>
internal enum ResidentTurn
{
    Open,
    Answered,
    Skipped,

    /// <summary>The form was sent in without a turn of the resident.</summary>
    NotOffered,
}

/// <summary>What a form still lacks before it can be sent in.</summary>
internal enum Missing
{
    ResidentTurn,
    Place,
    Setting,
    NextSteps,
    MentalHealthExperience,
    SocialDomainExperience,
}

/// <summary>What is registered once after each conversation, by the resident and by the duo; the funding depends on it.</summary>
internal sealed class MonitoringForm
{
    private readonly List<Correction> _corrections = [];

    private MonitoringForm() { }

    public Guid Id { get; private set; }
    public Guid ConversationId { get; private set; }
    public DateOnly ConversationOn { get; private set; }

    public ResidentTurn Turn { get; private set; }
    public int? ResidentExperience { get; private set; }
    public int? ResidentHelpfulness { get; private set; }

    public DuoAnswers Duo { get; private set; } = new();
    public int? MentalHealthExperience { get; private set; }
    public int? SocialDomainExperience { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>The place in the line of what was sent in or corrected; who reads the line on from there misses nothing.</summary>
    public int? Position { get; private set; }

    /// <summary>Counts the answers of the resident, so that the second of two screens is told.</summary>
    public int TurnVersion { get; private set; }

    /// <summary>Counts the changes by the duo, so that the second of two writers is told.</summary>
    public int DuoVersion { get; private set; }

    /// <summary>Counts every change of the row.</summary>
    public int Version { get; private set; }

    public bool IsSent => SentAt is not null;
    public bool HasTurn => Turn is not ResidentTurn.Open;
    public IReadOnlyList<Correction> Corrections => [.. _corrections.OrderBy(c => c.Number)];

    public IReadOnlyList<Missing> Missing =>
    [
        .. HasTurn ? [] : new[] { Monitoring.Missing.ResidentTurn },
        .. Duo.Missing,
        .. MentalHealthExperience is null ? new[] { Monitoring.Missing.MentalHealthExperience } : [],
        .. SocialDomainExperience is null ? new[] { Monitoring.Missing.SocialDomainExperience } : [],
    ];

    public static MonitoringForm Open(Guid conversationId, DateOnly conversationOn) => new()
    {
        Id = Guid.NewGuid(), // it goes along with the exports: it tells nothing of when or about whom
        ConversationId = conversationId,
        ConversationOn = conversationOn,
    };

    public int? ExperienceOf(Discipline discipline) =>
        discipline is Discipline.MentalHealth ? MentalHealthExperience : SocialDomainExperience;

    /// <summary>The resident's own turn; null is a question that the resident skips.</summary>
    public void Answer(int? experience, int? helpfulness)
    {
        MustNotBeSent();
        (ResidentExperience, ResidentHelpfulness) = (Score(experience), Score(helpfulness));
        Turn = experience is null && helpfulness is null ? ResidentTurn.Skipped : ResidentTurn.Answered;
        TurnVersion++;
        Version++;
    }

    /// <summary>One of the duo saves what both know, and the own experience; that of the other stays as it is.</summary>
    public void Write(Discipline by, DuoAnswers answers, int? ownExperience)
    {
        MustNotBeSent();
        Change(by, answers, ownExperience);
    }

    /// <summary>The form is done. What was not to be had (the resident's turn, the partner's experience) is said so, not left open.</summary>
    public void SendIn(IReadOnlyCollection<Missing> notToBeHad, int position, DateTimeOffset now)
    {
        MustNotBeSent();
        if (Missing.Except(notToBeHad).Any() || Duo.Missing.Count > 0)
        {
            throw new RuleBrokenException("A monitoring form is sent in when nothing is missing but what was not to be had.");
        }

        Turn = HasTurn ? Turn : ResidentTurn.NotOffered;
        (SentAt, Position, Version) = (now, position, Version + 1);
    }

    /// <summary>The duo puts right what it sent in, and says why. What the resident answered stays.</summary>
    public void Correct(Discipline by, (DuoAnswers Answers, int? OwnExperience) right, string reason, int position, DateTimeOffset now)
    {
        if (!IsSent || reason.Length == 0 || right.Answers.Missing.Count > 0)
        {
            throw new RuleBrokenException("A correction is of a form that was sent in, says why, and leaves nothing out.");
        }

        Change(by, right.Answers, right.OwnExperience ?? ExperienceOf(by));
        _corrections.Add(new Correction(_corrections.Count + 1, by, reason, now));
        Position = position;
    }

    private void Change(Discipline by, DuoAnswers answers, int? ownExperience)
    {
        Duo = answers;
        (MentalHealthExperience, SocialDomainExperience) = by is Discipline.MentalHealth
            ? (Score(ownExperience), SocialDomainExperience)
            : (MentalHealthExperience, Score(ownExperience));
        DuoVersion++;
        Version++;
    }

    private void MustNotBeSent()
    {
        if (IsSent)
        {
            throw new RuleBrokenException("A monitoring form that was sent in changes only by a correction.");
        }
    }

    private static int? Score(int? given) => given is null or (>= 1 and <= 5)
        ? given
        : throw new RuleBrokenException("An experience is a number from 1 to 5.");
}

/// <summary>Why the duo changed what it had sent in.</summary>
internal sealed class Correction
{
    private Correction() { }

    internal Correction(int number, Discipline by, string reason, DateTimeOffset at) => (Number, By, Reason, At) = (number, by, reason, at);

    public int Number { get; private set; }
    public Discipline By { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}
