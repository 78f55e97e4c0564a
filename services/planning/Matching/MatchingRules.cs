using System.Globalization;
using VGIntegration.Hosting;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>The region's settings for matching; what they mean stands in contracts/decisions/0030.</summary>
internal sealed record MatchingRules(int HorizonWeeks = 8, int NormWorkingDays = 10)
{
    internal static readonly MatchingRules Default = new();

    internal Weights Weights { get; init; } = new();
    internal Travel Travel { get; init; } = new();

    /// <exception cref="SettingException">A setting is not a number that can be, or is none of ours.</exception>
    internal static MatchingRules Of(IConfiguration settings)
    {
        foreach (var unknown in settings.GetSection("Matching:Weights").GetChildren().Where(s => !Weights.Names.Contains(s.Key, StringComparer.OrdinalIgnoreCase)))
        {
            throw new SettingException($"Matching:Weights:{unknown.Key} is unknown. Known are {string.Join(", ", Weights.Names)}.");
        }

        double Weight(string name, double otherwise) => Number(settings, $"Matching:Weights:{name}", otherwise, 0, 1_000);
        var usual = new Weights();
        return new(Whole(settings, "Matching:HorizonWeeks", 8, 1, 52), Whole(settings, "Matching:NormWorkingDays", 10, 1, 250))
        {
            Weights = new(
                Weight(nameof(Weights.Day), usual.Day), Weight(nameof(Weights.DayOverNorm), usual.DayOverNorm), Weight(nameof(Weights.Kilometre), usual.Kilometre),
                Weight(nameof(Weights.NewDuo), usual.NewDuo), Weight(nameof(Weights.NotMet), usual.NotMet), Weight(nameof(Weights.NewHalfDay), usual.NewHalfDay),
                Weight(nameof(Weights.Load), usual.Load), Weight(nameof(Weights.OneSpeaks), usual.OneSpeaks)),
            Travel = new(Number(settings, "Matching:TravelFactor", 1.3, 1, 10), Number(settings, "Matching:TravelKilometresAnHour", 20, 1, 200)),
        };
    }

    private static int Whole(IConfiguration settings, string name, int otherwise, int least, int most) =>
        settings[name] is not { } given ? otherwise
        : int.TryParse(given, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingException($"{name} must be a whole number from {least} to {most}.");

    private static double Number(IConfiguration settings, string name, double otherwise, double least, double most) =>
        settings[name] is not { } given ? otherwise
        : double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number from {least} to {most}, with a point for the decimals."));
}

/// <summary>
/// What the soft rules cost, in points: each day of waiting, each working day beyond the norm, each kilometre (an unknown
/// distance, and a meeting online, count as UnknownKilometres), two who are no duo yet, a duo that has not met, a half-day that
/// nobody has come for yet, each conversation that the two have ahead on average, and a language that only one of the two speaks.
/// </summary>
internal sealed record Weights(
    double Day = 1, double DayOverNorm = 0.5, double Kilometre = 0.5, double NewDuo = 5, double NotMet = 1, double NewHalfDay = 0.5,
    double Load = 0.25, double OneSpeaks = 0.5)
{
    internal const double UnknownKilometres = 5;

    internal static readonly IReadOnlyList<string> Names =
        [nameof(Day), nameof(DayOverNorm), nameof(Kilometre), nameof(NewDuo), nameof(NotMet), nameof(NewHalfDay), nameof(Load), nameof(OneSpeaks)];
}

/// <summary>How long a professional travels between two places: the straight line, times a factor for the road, at a speed through a town.</summary>
internal sealed record Travel(double Factor = 1.3, double KilometresAnHour = 20)
{
    /// <summary>Online nobody travels; within one building, or one area of home visits, the fixed moment allows for it.</summary>
    internal TimeSpan Between(Location one, Location other) =>
        one.Id == other.Id || one.Kind is LocationKind.Online || other.Kind is LocationKind.Online
            ? TimeSpan.Zero
            : TimeSpan.FromHours(Region.Kilometres(one.Latitude, one.Longitude, other.Latitude, other.Longitude) * Factor / KilometresAnHour);
}
