using System.Net.ServerSentEvents;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Planning.Web;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Web;

public sealed class LiveUpdatesTests
{
    [Fact]
    public async Task Who_opens_a_referral_is_told_who_else_has_it_open_and_when_it_changed()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var seen = (await planning.InDatabase(db => Task.FromResult(db.Journeys.Single()))).Revision;
        await using var petra = await Watch(planning, "petra", $"/planning/referrals/{referral}/live?seen={seen}");
        await Said(planning, referral, "petra");
        await using var paul = await Watch(planning, "paul", $"/planning/referrals/{referral}/live?seen={seen}");
        await paul.Next(); // it is connected
        var present = await paul.Next();
        Assert.Null(await planning.Work(referral, At.Book));

        planning.Clock.Advance(LiveUpdates.Interval);
        var changed = await paul.Next();

        Assert.Contains("petra heeft deze verwijzing ook open", present, StringComparison.Ordinal);
        Assert.Contains("Deze verwijzing is net veranderd", changed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_work_list_hears_of_each_change_within_a_second()
    {
        await using var planning = await PlanningHost.Start();
        await using var list = await Watch(planning, "petra", "/planning/live");
        Assert.Equal("", await list.Next()); // it is connected
        planning.Clock.Advance(TimeSpan.FromSeconds(1));
        await planning.AReferral();

        var told = await Until(planning, list);

        Assert.Equal("1", told);
    }

    private static async Task<string> Until(PlanningHost planning, Watcher list)
    {
        var next = list.Next();
        while (!next.IsCompleted)
        {
            planning.Clock.Advance(LiveUpdates.Interval);
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        return await next;
    }

    private static Task Said(PlanningHost planning, Guid referral, string who) => Eventually.Is(() =>
        planning.InDatabase(db => Task.FromResult(db.Set<Onlooker>().Any(o => o.ReferralId == referral && o.Who == who))));

    private static async Task<Watcher> Watch(PlanningHost planning, string who, string path)
    {
        var http = planning.App.LoggedInAs(who, "planner");
        var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)).EnumerateAsync(TestContext.Current.CancellationToken);
        return new Watcher(http, answer, events.GetAsyncEnumerator(TestContext.Current.CancellationToken));
    }

    private sealed class Watcher(HttpClient http, HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        internal async Task<string> Next() => await events.MoveNextAsync() ? events.Current.Data : throw new InvalidOperationException("The stream ended.");

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            http.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
