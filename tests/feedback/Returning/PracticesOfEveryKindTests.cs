using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

/// <summary>Eleven practices that each do something else wrong, beside three that work, all on one feedback.</summary>
public sealed class PracticesOfEveryKindTests : IAsyncLifetime
{
    private static readonly string[] Kinds =
    [
        "is slow", "is down for three days", "resets", "stores and cuts", "says 400", "says 401 and then is good",
        "says 409", "says 412", "says 429 with Retry-After", "says 200 in HTML", "redirects",
    ];

    private static readonly HashSet<string> ForAPerson = ["says 400", "says 401 and then is good", "says 409", "says 412", "redirects"];

    private readonly Dictionary<string, PracticeStub> _practices = [];
    private readonly Dictionary<string, Guid> _letters = [];
    private FeedbackHost _feedback = null!;
    private int _portOfDown;

    public async ValueTask InitializeAsync() => _feedback = await FeedbackHost.Start();

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        foreach (var practice in _practices.Values)
        {
            await practice.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Post")]
    public async Task Each_has_one_letter_or_is_one_work_item_and_the_others_notice_nothing(string delivery)
    {
        foreach (var kind in Kinds)
        {
            await Sign(kind, delivery);
        }

        await TheHealthyNoticeNothing("first", delivery);
        await _feedback.Until(() => AreSettledExcept("is down for three days"), TimeSpan.FromSeconds(30));
        await TheHealthyNoticeNothing("second", delivery);
        await ThreeDaysLater();
        await TheHealthyNoticeNothing("third", delivery);
        await IsBack("is down for three days");

        foreach (var kind in Kinds)
        {
            var isForAPerson = ForAPerson.Contains(kind);
            Assert.Equal((kind, isForAPerson ? DeliveryState.Refused : DeliveryState.Delivered), (kind, (await Delivery(kind)).State));
            Assert.Equal((kind, isForAPerson ? 0 : 1), (kind, _practices[kind].Letters.Count));
            Assert.Equal((kind, isForAPerson ? 0 : 1), (kind, (await _feedback.Told<AdviceReturned>(_letters[kind])).Count));
            Assert.Equal((kind, isForAPerson), (kind, (await _feedback.Told<AdviceUndeliverable>(_letters[kind])).Exists(t => t.Reason == "refused")));
            var writes = _practices[kind].Requests.Where(r => r.Method != "GET").ToList();
            Assert.Equal((kind, 1), (kind, isForAPerson ? writes.Count : writes.Select(r => r.Headers["X-Request-Id"]).Distinct().Count()));
            Assert.True(writes.Count(r => r.Behaviour is Behaviour.Ok or Behaviour.Delays) <= 1, $"{kind}: sent again after the receipt");
        }

        await AfterAManagerPressedOnce("says 401 and then is good");
    }

    private async Task Sign(string kind, string delivery)
    {
        var practice = await PracticeStub.Start();
        _practices[kind] = practice;
        practice.Now = kind switch
        {
            "says 400" => Behaviour.BadRequest,
            "says 409" => Behaviour.Conflict,
            "says 412" => Behaviour.SeveralMatch,
            "redirects" => Behaviour.Redirects,
            _ => Behaviour.Ok,
        };
        practice.Delay = TimeSpan.FromSeconds(2);
        practice.Next(kind switch
        {
            "is slow" => [Behaviour.Delays],
            "resets" => [Behaviour.Resets, Behaviour.Resets, Behaviour.Resets],
            "stores and cuts" => [Behaviour.StoresAndCuts, Behaviour.StoresAndCuts],
            "says 401 and then is good" => [Behaviour.Unauthorised],
            "says 429 with Retry-After" => [Behaviour.AsksToWait, Behaviour.AsksToWait],
            "says 200 in HTML" => [Behaviour.AnswersHtml, Behaviour.AnswersHtml],
            _ => [],
        });
        var address = practice.FhirBase;
        if (kind == "is down for three days")
        {
            await practice.DisposeAsync();
            _portOfDown = address.Port;
        }

        _letters[kind] = await _feedback.ASignedAdvice(address, delivery, Guid.NewGuid());
    }

    private async Task TheHealthyNoticeNothing(string time, string delivery)
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            var kind = $"healthy {name}, {time}";
            await Sign(kind, delivery);
            await _feedback.Arrives(_letters[kind], TimeSpan.Zero);

            Assert.Equal(1, (await Delivery(kind)).Attempts);
            Assert.Single(_practices[kind].Requests);
        }
    }

    private async Task ThreeDaysLater()
    {
        for (var hours = 0; hours < 72; hours += 3)
        {
            var before = (await Delivery("is down for three days")).Attempts;
            _feedback.Jump(TimeSpan.FromHours(3));
            await _feedback.Tried(_letters["is down for three days"], before + 1);
        }
    }

    private async Task IsBack(string kind)
    {
        var back = _feedback.Clock.GetUtcNow();
        _practices[kind] = await PracticeStub.Start(_portOfDown);
        await _feedback.Arrives(_letters[kind], TimeSpan.FromSeconds(10));

        Assert.InRange(_feedback.Clock.GetUtcNow() - back, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    private async Task AfterAManagerPressedOnce(string kind)
    {
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        var page = await manager.Open($"/feedback/deliveries?code=vg-{_letters[kind].ToString("N")[..6]}");
        await manager.Submit(page.Form("Opnieuw versturen"));
        await _feedback.Arrives(_letters[kind], TimeSpan.Zero);

        Assert.Single(_practices[kind].Letters);
        Assert.Single(await _feedback.Told<AdviceReturned>(_letters[kind]));
    }

    private Task<Delivery> Delivery(string kind) => _feedback.DeliveryOf(_letters[kind]);

    private async Task<bool> AreSettledExcept(string kind)
    {
        var except = _letters[kind];
        return !await _feedback.InDatabase(db => db.Deliveries.AnyAsync(d => d.State == DeliveryState.Waiting && d.ReferralId != except));
    }
}
