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

            if (Fits(repair))
            {
                _chosen.Add(repair);
                Choose(cost + repair.Cost);
                _chosen.RemoveAt(next);
            }
        }
    }

    // What stays as it is, is as it is: only what is new has to go with all others.
    private bool Fits(Repair one)
    {
        foreach (var other in _chosen)
        {
            if ((one.To is not null || other.To is not null) && Meets(one.Takes, other.Takes)
                && !matcher.CanDoBoth(one.Takes.LocationId, one.Takes.StartsAt, other.Takes.LocationId, other.Takes.StartsAt))
            {
                return false;
            }
        }

        return HasRoom(one, one) && _chosen.TrueForAll(other => !Overlap(one.Takes, other.Takes) || HasRoom(other, one));
    }

    private bool HasRoom(Repair repair, Repair added) => repair.To is null || matcher.RoomsLeft(repair.Takes.LocationId, repair.Takes.StartsAt)
        >= _chosen.Append(added).Count(c => Overlap(c.Takes, repair.Takes));

    private static bool Meets(Taken one, Taken other) =>
        one.MentalHealthProfessionalId == other.MentalHealthProfessionalId || one.SocialDomainProfessionalId == other.SocialDomainProfessionalId;

    private static bool Overlap(Taken one, Taken other) => one.LocationId == other.LocationId && (one.StartsAt - other.StartsAt).Duration() < Matcher.Slot;
}
