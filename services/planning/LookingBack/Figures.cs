namespace VGIntegration.Planning.LookingBack;

/// <summary>What became of an appointment.</summary>
internal enum Outcome
{
    Held,
    Planned,
    NotAttended,
    Cancelled,
}

/// <summary>How a region's fixed moments, lead times and people did over a number of days.</summary>
internal sealed record Figures(DateOnly From, DateOnly Until)
{
    internal required IReadOnlyList<MomentUse> Moments { get; init; }
    internal required IReadOnlyList<Load> Professionals { get; init; }
    internal required IReadOnlyList<(Outcome Outcome, int Number)> Outcomes { get; init; }

    /// <summary>Referrals that ended without an advice, by the code of the reason.</summary>
    internal required IReadOnlyList<(string Reason, int Number)> Endings { get; init; }

    /// <summary>Why huisartsen referred in these days; one referral can have several, or none.</summary>
    internal required IReadOnlyList<(string Criterion, int Number)> Criteria { get; init; }

    /// <summary>How many were referred in these days, and how many of those without a criterion.</summary>
    internal required (int All, int WithoutCriterion) Referred { get; init; }

    /// <summary>Days from the referral to the first call.</summary>
    internal required Spread UntilCall { get; init; }

    /// <summary>Days from the first call to the conversation.</summary>
    internal required Spread UntilConversation { get; init; }

    /// <summary>As the crow flies, from the resident's postcode.</summary>
    internal required Spread Kilometres { get; init; }

    internal IEnumerable<(string Duo, int Places, int Used)> Duos =>
        Moments.GroupBy(m => m.Duo).Select(g => (g.Key, g.Sum(m => m.Places), g.Sum(m => m.Used))).OrderBy(d => d.Key, StringComparer.Ordinal);
}

/// <summary>One fixed moment: how often it was held, with how many places, and how many were used.</summary>
internal sealed record MomentUse(string Duo, DayOfWeek Day, TimeOnly From, string Location, int HalfDays, int Places, int Used, int NoShows)
{
    internal int? Percent => Percentage.Of(Used, Places);
}

/// <summary>How many conversations somebody had.</summary>
internal sealed record Load(string Name, string Organisation, int Held, int Planned, int NoShows);

internal static class Percentage
{
    internal static int? Of(int part, int whole) => whole == 0 ? null : (int)Math.Round(100.0 * part / whole);
}

/// <summary>A number of measurements: how many, the middle one, and what nine in ten stay within.</summary>
internal sealed record Spread(int Number, double? Median, double? NineInTen)
{
    internal static Spread Of(IEnumerable<double?> measured)
    {
        var sorted = measured.OfType<double>().Order().ToList();
        return new Spread(sorted.Count, At(sorted, 0.5), At(sorted, 0.9));
    }

    // The smallest value that at least this part stays within.
    private static double? At(List<double> sorted, double part) => sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(part * sorted.Count) - 1];
}
