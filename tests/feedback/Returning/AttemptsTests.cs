using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class AttemptsTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Fact]
    public async Task Attempts_go_on_for_more_than_thirty_days_and_then_the_letter_arrives_within_five_minutes()
    {
        _practice.Now = Behaviour.Unavailable;
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);
        for (var (tries, end) = (1, _feedback.Clock.GetUtcNow().AddDays(31)); _feedback.Clock.GetUtcNow() < end; tries++)
        {
            Assert.InRange((await _feedback.DeliveryOf(referralId)).NextAttemptAt - _feedback.Clock.GetUtcNow(), TimeSpan.FromSeconds(-1), TimeSpan.FromHours(1));
            _feedback.Jump(TimeSpan.FromHours(12));
            await _feedback.Tried(referralId, tries + 1);
        }

        var back = _feedback.Clock.GetUtcNow();
        _practice.Now = Behaviour.Ok;
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(10));

        Assert.Single(_practice.Letters);
        Assert.InRange(_feedback.Clock.GetUtcNow() - back, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        var attempts = await Attempts(referralId);
        Assert.Equal(DeliveryAttempt.Kept, attempts.Count);
        Assert.Equal((await _feedback.DeliveryOf(referralId)).Attempts, attempts[^1].Number);
        Assert.InRange(attempts[^1].Number, 63, 120);
    }

    [Fact]
    public async Task Each_attempt_is_kept_with_what_stood_in_the_way_and_shown_to_the_manager()
    {
        _practice.Next(Behaviour.Unavailable, Behaviour.Resets);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Arrives(referralId, TimeSpan.FromSeconds(1));

        var attempts = await Attempts(referralId);
        Assert.Equal(
            [(1, Hindrance.ServerError, 503), (2, Hindrance.Unreachable, null), (3, null, 201)],
            attempts.Select(a => (a.Number, a.Hindrance, a.Status)));
        Assert.All(attempts, a => Assert.InRange(a.Milliseconds, 0, 60_000));
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        var text = (await manager.Open("/feedback/deliveries")).Text;
        Assert.Contains("Pogingen: 3", text, StringComparison.Ordinal);
        Assert.Contains("storing bij de praktijk (HTTP 503)", text, StringComparison.Ordinal);
        Assert.Contains("niet bereikbaar", text, StringComparison.Ordinal);
        Assert.Contains("aangekomen (HTTP 201)", text, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Resident, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_asks_for_a_person_is_on_top_and_a_reference_finds_one_referral()
    {
        var arrived = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Arrives(arrived, TimeSpan.Zero);
        _practice.Now = Behaviour.BadRequest;
        var refused = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(refused, 1);
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");

        var all = (await manager.Open("/feedback/deliveries")).Text;
        var one = (await manager.Open($"/feedback/deliveries?code=%20{arrived.ReferralCode().ToLowerInvariant()}")).Text;

        Assert.True(all.IndexOf(refused.ReferralCode(), StringComparison.Ordinal) < all.IndexOf(arrived.ReferralCode(), StringComparison.Ordinal));
        Assert.Contains("Vraagt om u", all, StringComparison.Ordinal);
        Assert.Contains(arrived.ToString(), one, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.ToString(), one, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?code=VG-000000", "Voor dit kenmerk is nog niets verstuurd")]
    [InlineData("?code=Jansen", "Dit is geen kenmerk")]
    [InlineData("?code=%25_%27", "Dit is geen kenmerk")]
    [InlineData("", "Een brief komt hier")]
    [InlineData("?part=standen&count=-7", "Een stand komt hier")]
    [InlineData("?part=iets&count=999999999", "Een brief komt hier")]
    [InlineData("?part=alles&count=veel", "Een brief komt hier")]
    public async Task Where_there_is_nothing_it_says_what_comes_there(string query, string words)
    {
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");

        Assert.Contains(words, (await manager.Open($"/feedback/deliveries{query}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%00")] // PostgreSQL takes no such character in a text
    [InlineData("de%20hoek")]
    [InlineData("")]
    public async Task A_practice_that_is_none_is_not_found_and_nothing_goes(string practice)
    {
        _practice.Now = Behaviour.BadRequest;
        for (var i = 0; i < 2; i++)
        {
            await _feedback.Tried(await _feedback.ASignedAdvice(_practice.FhirBase), 1);
        }

        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        var form = (await manager.Open("/feedback/deliveries")).Form("handler=SendAllAgain");

        var unknown = form with { Action = new Uri($"{form.Action}&practice={practice}") };

        Assert.Equal(HttpStatusCode.NotFound, (await manager.Submit(unknown, ("practice", null))).Status);
        Assert.Equal(2, await _feedback.InDatabase(db => db.Deliveries.CountAsync(d => d.State == DeliveryState.Refused)));
        Assert.Contains("worden nu opnieuw verstuurd", (await manager.Submit(form)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_list_the_first_part_is_shown_and_the_rest_when_asked()
    {
        await _feedback.InDatabase(async db =>
        {
            db.Deliveries.AddRange(Enumerable.Range(0, DeliveriesModel.AtOnce + 5).Select(i =>
            {
                var delivery = Delivery.OfClosingNote(Guid.NewGuid(), Guid.NewGuid(), null, _feedback.Clock.GetUtcNow().AddMinutes(-i));
                delivery.Drop(_feedback.Clock.GetUtcNow().AddMinutes(-i));
                return delivery;
            }));
            return await db.SaveChangesAsync();
        });
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");

        var first = await manager.Open("/feedback/deliveries");
        var more = await manager.Open(first.Link("Toon meer"));

        Assert.Contains("U ziet er 50 van 55.", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Toon meer", more.Text, StringComparison.Ordinal);
    }

    private async Task<List<DeliveryAttempt>> Attempts(Guid referralId)
    {
        var id = (await _feedback.DeliveryOf(referralId)).Id;
        return await _feedback.InDatabase(db => db.Attempts.AsNoTracking().Where(a => a.DeliveryId == id).OrderBy(a => a.Number).ToListAsync());
    }
}
