using System.Globalization;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>What is away comes back, and nothing was lost or sent twice. VG_OUTAGE_SECONDS=60 makes the broker's absence a long one.</summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    private static readonly TestPerson Person = new("Uma", "Uitvalproef", "999990007", "0611111111");
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(40); // MassTransit looks for the broker again every 30 seconds at most

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("VG_OUTAGE_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Without_the_broker_intake_keeps_answering_and_all_is_drained_soon_after_its_return()
    {
        var broker = RabbitMqServer.NotRunning();
        await using var practice = await PracticeStub.Start();
        await using var region = await RunningRegion.OnRabbitMq(
            Repository.Results("outage-broker"), await PostgreSqlServer.Shared, broker.ConnectionString, practice.FhirBase);
        using var gp = new ReferringGp(region.Address) { Patience = TimeSpan.Zero };

        var atStart = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => gp.Refer($"start-{i}", Person)));
        await broker.Restart();
        await AreProposed(gp, atStart);

        broker.Kill9();
        var inTheMiddle = new List<Guid>();
        var begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < Outage)
        {
            inTheMiddle.Add(await gp.Refer($"middle-{inTheMiddle.Count}", Person));
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        await broker.Restart();
        await AreProposed(gp, inTheMiddle);
    }

    [Theory]
    [InlineData(Behaviour.Unavailable)]
    [InlineData(Behaviour.Resets)]
    [InlineData(Behaviour.Delays)]
    [InlineData(Behaviour.StoresAndCuts)]
    public async Task A_practice_that_fails_gets_one_letter_once_it_is_back(Behaviour failure)
    {
        await using var practice = await PracticeStub.Start();
        practice.Now = failure;
        await using var region = await RunningRegion.InOneProcess(Repository.Results($"outage-{failure}"), practice.FhirBase);
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromSeconds(60));
        var referral = await gp.Refer("outage", Person);
        await people.Book(referral);
        await people.Hold(referral);
        await people.Advise(referral, "Eerst rust, dan verder.");
        await Eventually.Is(() => practice.Requests.Count(r => r.Method == "PUT" && r.Path.StartsWith("/DocumentReference", StringComparison.Ordinal)) >= (failure is Behaviour.Delays ? 1 : 2), TimeSpan.FromMinutes(1));
        var before = (await gp.Task(referral)).BusinessStatus;

        practice.Now = Behaviour.Ok;
        await Eventually.Is(async () => (await gp.Task(referral)).Status == "completed", TimeSpan.FromMinutes(2));

        Assert.Equal("advies-in-afstemming", before);
        Assert.Equal(1, Assert.Single(practice.Letters).Created);
        output.WriteLine($"{failure}: {practice.Requests.Count(r => r.Method == "PUT" && r.Path.StartsWith("/DocumentReference", StringComparison.Ordinal))} attempts, one letter");
    }

    private async Task AreProposed(ReferringGp gp, IReadOnlyCollection<Guid> referrals)
    {
        var begin = TimeProvider.System.GetTimestamp();
        await Eventually.Is(
            async () => (await Task.WhenAll(referrals.Select(gp.Task))).All(t => t.BusinessStatus == "duo-voorgesteld"), Drained);
        output.WriteLine($"{referrals.Count} referrals drained {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0.0} s after the broker's return");
    }
}
