namespace VGIntegration.Planning.Matching;

/// <summary>A day, how many days it is from now, and how many of them are working days.</summary>
internal readonly record struct Wait(DateOnly Day, int Days, int WorkingDays);

/// <summary>What each soft rule costs. The score is the sum of the points, in the order of the rules: to the last bit.</summary>
internal sealed class Scoring(MatchingRules rules)
{
    private readonly Weights _weights = rules.Weights;

    /// <summary>What every candidate of the day costs at least: no other rule ever gives points back.</summary>
    internal double AtLeast(Wait wait) => Waiting(wait) + OverNorm(wait);

    internal double Score(HalfDay half, Wait wait, double? kilometres, int speaking) =>
        Waiting(wait) + OverNorm(wait) + Distance(kilometres) + DuoOf(half) + HalfDayOf(half) + Load(half) + Language(speaking);

    internal IReadOnlyList<Points> PointsOf(HalfDay half, Wait wait, double? kilometres, int speaking) =>
    [
        new(SoftRule.Waiting, Waiting(wait)), new(SoftRule.OverNorm, OverNorm(wait)), new(SoftRule.Distance, Distance(kilometres)),
        new(SoftRule.Duo, DuoOf(half)), new(SoftRule.HalfDay, HalfDayOf(half)), new(SoftRule.Load, Load(half)), new(SoftRule.Language, Language(speaking)),
    ];

    private double Waiting(Wait wait) => _weights.Day * wait.Days;

    private double OverNorm(Wait wait) => _weights.DayOverNorm * Math.Max(0, wait.WorkingDays - rules.NormWorkingDays);

    private double Distance(double? kilometres) => _weights.Kilometre * (kilometres ?? Weights.UnknownKilometres);

    private double DuoOf(HalfDay half) => half.Duo is null ? _weights.NewDuo : half.HasMet ? 0 : _weights.NotMet;

    private double HalfDayOf(HalfDay half) => half.HasBegun ? 0 : _weights.NewHalfDay;

    private double Load(HalfDay half) => _weights.Load * half.Load;

    private double Language(int speaking) => speaking == 1 ? _weights.OneSpeaks : 0;
}
