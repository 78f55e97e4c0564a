using System.Diagnostics;

namespace VGIntegration.Planning.Matching;

/// <summary>
/// A price for each cell. Every group spreads over what is best for it after the price, at first widely, then ever more
/// sharply; what is wanted too often becomes dearer, what is left over cheaper. Any prices give a bound; the best is kept.
/// </summary>
internal sealed class ListPrices(ListOptions options)
{
    private const int Rounds = 1_000;
    private const float Widest = 6, Sharpest = 0.001f, Reach = 7;
    private readonly float[] _now = new float[options.Capacity.Length];
    private readonly float[] _spot = new float[options.StartOf.Length];
    private readonly float[] _half = new float[options.Halves.Count];
    private readonly float[] _weight = new float[options.Halves.Count];

    internal float[] Best { get; private set; } = new float[options.Capacity.Length];

    internal double Bound { get; private set; } = double.PositiveInfinity;

    internal void Settle(TimeSpan until, long began)
    {
        var start = Stopwatch.GetElapsedTime(began);
        for (var round = 0; round < Rounds; round++)
        {
            var spent = (Stopwatch.GetElapsedTime(began) - start) / (until - start);
            var progress = Math.Max((double)round / Rounds, spent); // the rounds there is time for
            if (progress >= 1)
            {
                return;
            }

            Round((float)(Widest * Math.Pow(Sharpest / Widest, progress)));
        }
    }

    /// <summary>What a spot costs at the best prices.</summary>
    internal float Of(int spot)
    {
        var (one, other, place) = options.Needs[spot];
        return Best[one] + Best[other] + Best[place];
    }

    private void Round(float width)
    {
        for (var half = 0; half < _half.Length; half++)
        {
            var lowest = float.PositiveInfinity;
            for (var spot = options.First[half]; spot < options.First[half + 1]; spot++)
            {
                var (one, other, place) = options.Needs[spot];
                lowest = Math.Min(lowest, _spot[spot] = _now[one] + _now[other] + _now[place]);
            }

            (_half[half], _weight[half]) = (lowest, 0);
            for (var spot = options.First[half]; spot < options.First[half + 1]; spot++)
            {
                _weight[half] += MathF.Exp((lowest - _spot[spot]) / width);
            }
        }

        var (wanted, bound) = (new float[_half.Length], _now.Select((price, cell) => (double)price * options.Capacity[cell]).Sum());
        Parallel.For(
            0, options.Entries.Length, () => (Wanted: new float[_half.Length], Shares: new float[_half.Length], Bound: 0.0),
            (group, _, own) => (own.Wanted, own.Shares, own.Bound + Spread(group, width, own.Wanted, own.Shares)),
            own =>
            {
                lock (wanted)
                {
                    bound += own.Bound;
                    for (var half = 0; half < wanted.Length; half++)
                    {
                        wanted[half] += own.Wanted[half];
                    }
                }
            });
        if (bound < Bound)
        {
            (Bound, Best) = (bound, [.. _now]);
        }

        Reprice(wanted, width);
    }

    // What the group is worth at these prices; adds to each half-day what share of the group would go there.
    private double Spread(int group, float width, float[] wanted, float[] shares)
    {
        var (entries, cheapest) = (options.Entries[group], Math.Min(ListPlan.Worth, options.Beyond[group]));
        foreach (var (half, score) in entries)
        {
            if (score >= cheapest)
            {
                break;
            }

            cheapest = Math.Min(cheapest, score + _half[half]);
        }

        var (limit, all, last) = (cheapest + (Reach * width), MathF.Exp((cheapest - ListPlan.Worth) / width), 0);
        for (; last < entries.Length && entries[last].Score < limit; last++)
        {
            var above = entries[last].Score + _half[entries[last].Half] - cheapest;
            shares[last] = above > Reach * width ? 0 : Exp(-above / width) * _weight[entries[last].Half];
            all += shares[last];
        }

        var each = all > 0 ? options.Size[group] / all : 0;
        for (var i = 0; i < last; i++)
        {
            wanted[entries[i].Half] += each * shares[i];
        }

        return options.Size[group] * (double)(ListPlan.Worth - cheapest);
    }

    // Within 4 %, which will do for a step, and much faster (Schraudolph, 1999).
    private static float Exp(float x) => BitConverter.Int32BitsToSingle((int)(12_102_203f * x) + 1_064_866_805);

    private void Reprice(float[] wanted, float width)
    {
        var used = new float[_now.Length];
        for (var spot = 0; spot < _spot.Length; spot++)
        {
            var half = options.HalfOf[spot];
            if (wanted[half] > 0)
            {
                var share = wanted[half] * MathF.Exp((_half[half] - _spot[spot]) / width) / _weight[half];
                var (one, other, place) = options.Needs[spot];
                used[one] += share;
                used[other] += share;
                used[place] += share;
            }
        }

        for (var cell = 0; cell < used.Length; cell++)
        {
            var step = 0.45f * width * Math.Clamp(MathF.Log(Math.Max(used[cell], 1e-6f) / Math.Max(options.Capacity[cell], 1e-6f)), -4, 4);
            _now[cell] = Math.Max(0, _now[cell] + step);
        }
    }
}
