namespace VGIntegration.Feedback.Advising;

internal enum ProposedCare
{
    /// <summary>Nobody chose yet.</summary>
    None,
    NotNeeded,
    BasicCare,
    SpecialisedCare,
    Other,
}

/// <summary>
/// The referral that the advice asks the huisarts to write, so that the huisarts need only sign it. It has no priority: a
/// conversation is no way round a waiting list.
/// </summary>
internal sealed record ProposedReferral
{
    public ProposedCare Care { get; init; }

    /// <summary>Why, for whoever receives it; empty when no referral is asked.</summary>
    public string Reason { get; init; } = "";

    public bool IsAsked => Care is not (ProposedCare.None or ProposedCare.NotNeeded);
}

/// <summary>How people read it.</summary>
internal static class ProposedCareWords
{
    public static string InDutch(this ProposedCare care) => care switch
    {
        ProposedCare.None => "Nog niet gekozen",
        ProposedCare.NotNeeded => "Nee, er is geen verwijzing nodig",
        ProposedCare.BasicCare => "Verwijzing naar de basis-GGZ",
        ProposedCare.SpecialisedCare => "Verwijzing naar de gespecialiseerde GGZ",
        ProposedCare.Other => "Een andere verwijzing",
        _ => throw new ArgumentOutOfRangeException(nameof(care)),
    };
}
