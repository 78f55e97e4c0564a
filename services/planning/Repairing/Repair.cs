using VGIntegration.Planning.Matching;

namespace VGIntegration.Planning.Repairing;

/// <summary>
/// What can be done about one disturbed booking; without a candidate it stays as it is. Touched is how many people, besides who
/// cannot come, hear of a change: the resident, when time or place is another, and each professional who comes, goes or moves along.
/// </summary>
internal sealed record Repair(Taken Takes, Candidate? To, bool KeepsTimeAndPlace, bool ComesSpecially, int Touched, double Cost)
{
    internal const double Untouched = 1_000_000;

    internal static Repair None(Taken booked) => new(booked, null, true, false, 0, Untouched);
}

/// <summary>Chooses one repair for each booking, so that all go together and cost least in all: exact, by branch and bound, for what a week of illness asks.</summary>
internal sealed class ChooseRepairs(Matcher matcher)
{
    private const int MostSteps = 300_000;

    private readonly List<Repair> _chosen = [];
    private IReadOnlyList<IReadOnlyList<Repair>> _options = [];
    private double[] _least = [];
    private (double Cost, List<Repair> Repairs) _best;
    private int _steps;

    /// <param name="options">Of each booking; leaving it as it is, is always one of them.</param>
    /// <returns>In the same order. The cheapest there is; or, where that cannot be looked through, the cheapest that was found.</returns>
    internal IReadOnlyList<Repair> Best(IReadOnlyList<IReadOnlyList<Repair>> options)
    {
        var order = Enumerable.Range(0, options.Count).OrderBy(i => options[i].Count).ToList();
        _options = order.ConvertAll(i => (IReadOnlyList<Repair>)[.. options[i].OrderBy(o => o.Cost)]);
        _least = new double[order.Count + 1];
        for (var i = order.Count - 1; i >= 0; i--)
        {
            _least[i] = _least[i + 1] + _options[i][0].Cost;
        }

        (_best, _steps) = ((double.PositiveInfinity, [.. _options.Select(o => o.First(r => r.To is null))]), 0);
        _chosen.Clear();
        Choose(0);
        var repairs = new Repair[options.Count];
        for (var i = 0; i < order.Count; i++)
        {
            repairs[order[i]] = _best.Repairs[i];
        }

        return repairs;
    }

    private void Choose(double cost)
    {
        var next = _chosen.Count;
        if (next == _options.Count)
        {
            _best = (cost, [.. _chosen]);
            return;
        }

        foreach (var repair in _options[next])
        {
            if (_steps++ > MostSteps || cost + repair.Cost + _least[next + 1] >= _best.Cost)
            {
                return; // what comes after is dearer still
            }

            if (Fits(repair.Takes))
            {
                _chosen.Add(repair);
                Choose(cost + repair.Cost);
                _chosen.RemoveAt(next);
            }
        }
    }

    private bool Fits(Taken one)
    {
        var rooms = matcher.RoomsLeft(one.LocationId, one.StartsAt);
        foreach (var other in _chosen.ConvertAll(c => c.Takes))
        {
            rooms -= other.LocationId == one.LocationId && (other.StartsAt - one.StartsAt).Duration() < Matcher.Slot ? 1 : 0;
            if (Meets(one, other) && !matcher.CanDoBoth(one.LocationId, one.StartsAt, other.LocationId, other.StartsAt))
            {
                return false;
            }
        }

        return rooms > 0;
    }

    private static bool Meets(Taken one, Taken other) =>
        one.MentalHealthProfessionalId == other.MentalHealthProfessionalId || one.SocialDomainProfessionalId == other.SocialDomainProfessionalId;
}
