namespace VGIntegration.Feedback.Monitoring;

/// <summary>What the forms of a period say together.</summary>
internal sealed record MonitoringFigures
{
    public required int Held { get; init; }
    public required int Sent { get; init; }

    /// <summary>Of the forms sent in: those of which the resident answered at least one question.</summary>
    public required int Answered { get; init; }

    public required double? Experience { get; init; }
    public required double? Helpfulness { get; init; }
    public required double? OfMentalHealth { get; init; }
    public required double? OfSocialDomain { get; init; }
    public required IReadOnlyList<(string Dutch, int Number)> NextSteps { get; init; }
    public required IReadOnlyList<(string Dutch, int Number)> Places { get; init; }
    public required IReadOnlyList<(string Dutch, int Number)> Settings { get; init; }

    public static MonitoringFigures Of(int held, IReadOnlyCollection<MonitoringForm> sent) => new()
    {
        Held = held,
        Sent = sent.Count,
        Answered = sent.Count(f => f.Turn is ResidentTurn.Answered),
        Experience = sent.Average(f => f.ResidentExperience),
        Helpfulness = sent.Average(f => f.ResidentHelpfulness),
        OfMentalHealth = sent.Average(f => f.MentalHealthExperience),
        OfSocialDomain = sent.Average(f => f.SocialDomainExperience),
        NextSteps = [.. Choices.Steps.Select(c => (c.Dutch, sent.Count(f => f.Duo.NextSteps.HasFlag(c.Value))))],
        Places = [.. Choices.Places.Select(c => (c.Dutch, sent.Count(f => f.Duo.Place == c.Value)))],
        Settings = [.. Choices.Settings.Select(c => (c.Dutch, sent.Count(f => f.Duo.Setting == c.Value)))],
    };
}
