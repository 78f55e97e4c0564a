using System.Globalization;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Journey.Tests;

/// <summary>
/// Journeys while everything is killed with -9, again and again: every journey ends, none is lost, and no huisarts gets two
/// letters. Among the tests it is short; the campaign is VG_CHAOS_JOURNEYS=200 VG_CHAOS_KILLS=24 dotnet run --project
/// tests/journey -- --filter-class '*ChaosTests'. VG_CHAOS_SEED repeats a run.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private static readonly int Kills = Setting("VG_CHAOS_KILLS", 8);
    private const int AtOnce = 6;
    private const int StepsOfAJourney = 5; // refer, book, hold, and two signatures

    private static readonly int Journeys = Setting("VG_CHAOS_JOURNEYS", 16);

    [Fact]
    public async Task Every_journey_ends_once_when_the_one_process_of_a_region_is_killed_time_and_again()
    {
        await using var region = await ChaosRegion.Embedded(Repository.Results("chaos-embedded"));
        await EveryJourneyEnds(region);
    }

    [Fact]
    public async Task Every_journey_ends_once_when_services_and_broker_are_killed_time_and_again()
    {
        await using var region = await ChaosRegion.Apart(Repository.Results("chaos-apart"));
        await EveryJourneyEnds(region);
    }

    private async Task EveryJourneyEnds(ChaosRegion region)
    {
        var seed = Setting("VG_CHAOS_SEED", Random.Shared.Next());
        var clock = TimeProvider.System.GetTimestamp();
        output.WriteLine($"VG_CHAOS_SEED={seed}, {Journeys} journeys, {Kills} kills");
        using var people = new ChaosPeople(region);
        using var timeIsUp = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        var sent = Enumerable.Range(0, Journeys).ToDictionary(i => $"chaos-{seed}-{i}", _ => Guid.Empty);

        var killing = Kill(region, people, new Random(seed));
        await Task.WhenAll(
            Play(people, sent, seed),
            people.Hold(AreAllThere),
            people.Sign("ggz", "Te schrijven", AreAllThere),
            people.Sign("sociaal", "Te ondertekenen", AreAllThere),
            killing);

        bool AreAllThere() => region.Practice.Letters.Count >= Journeys || timeIsUp.IsCancellationRequested;

        await Eventually.Is(
            async () =>
            {
                var now = await Task.WhenAll(sent.Values.Select(people.StatusOf));
                return now.All(task => task is ("completed", 1));
            },
            TimeSpan.FromMinutes(2));

        output.WriteLine($"{string.Join(", ", await killing)} in {TimeProvider.System.GetElapsedTime(clock).TotalSeconds:0} s");
        output.WriteLine($"{region.EndedThemselves} times a process ended itself to be started again");
        output.WriteLine($"{region.Practice.Letters.Count(l => l.Updated > 0)} letters were sent again under their own id");
        Assert.Equal(
            sent.Keys.Order(StringComparer.Ordinal),
            region.Practice.Letters.Select(l => (string)l.Json["context"]!["related"]![0]!["identifier"]!["value"]!).Order(StringComparer.Ordinal));
    }

    private static Task Play(ChaosPeople people, Dictionary<string, Guid> sent, int seed) => Parallel.ForEachAsync(
        sent.Keys.ToList(),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (identifier, _) =>
        {
            var referral = await people.Refer(identifier);
            lock (sent)
            {
                sent[identifier] = referral;
            }

            await people.Book(referral, new Random(seed));
        });

    /// <summary>Kills at the same progress of the work, each victim equally often, in an order of chance.</summary>
    private static async Task<IReadOnlyList<string>> Kill(ChaosRegion region, ChaosPeople people, Random random)
    {
        var order = Enumerable.Range(0, Kills).Select(i => region.Victims[i % region.Victims.Count]).ToArray();
        random.Shuffle(order);
        foreach (var (victim, i) in order.Select((v, i) => (v, i)))
        {
            var progress = (i + 1) * Journeys * StepsOfAJourney / (Kills + 2);
            await Eventually.Is(() => people.Steps >= progress, TimeSpan.FromMinutes(10), $"there are {progress} steps");
            victim.Kill();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500)), TimeProvider.System);
            await victim.Return();
        }

        return [.. order.CountBy(v => v.Name).Select(c => $"{c.Key} killed {c.Value} times")];
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
