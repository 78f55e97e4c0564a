using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Subscribing;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Subscribing;

public sealed class SubscribeTests(IntakeHost intake) : IClassFixture<IntakeHost>, IAsyncLifetime
{
    // A practice has ten at most, and the tests share one.
    public async ValueTask InitializeAsync() => await intake.InDatabase(db => db.Set<TopicSubscription>().ExecuteDeleteAsync());

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_subscription_becomes_active_when_the_endpoint_took_the_handshake()
    {
        using var gp = intake.GpSystem();
        var answer = await gp.PostFhir("/fhir/Subscription", AskedSubscription.Json());
        var (shown, id) = (await answer.Json(), Guid.Parse(answer.Headers.Location!.Segments[^1]));
        var told = await intake.InDatabase(async db => (await db.Outbox.AsNoTracking().ToListAsync()).Select(m => m.Read()).OfType<SubscriptionRequested>()
            .Single(m => m.SubscriptionId == id));

        await intake.Answered(id);

        Assert.Equal((201, "requested", 1), ((int)answer.StatusCode, (string?)shown["status"], told.Sequence));
        Assert.Equal("active", await Status(gp, id));
    }

    [Theory]
    [InlineData(SubscriptionAnswer.Refused, "PUT")]
    [InlineData(SubscriptionAnswer.Unreachable, "blijven het proberen")]
    public async Task An_endpoint_that_fails_is_told_with_what_to_do(string answer, string advice)
    {
        using var gp = intake.GpSystem();
        var id = await intake.AnActiveSubscription($"fout-{answer}");

        await intake.Answered(id, answer);

        var shown = await (await gp.GetAsync(Address(id))).Json();
        Assert.Equal("error", (string?)shown["status"]);
        Assert.Contains(advice, (string?)shown["error"], StringComparison.Ordinal);
        await intake.Answered(id);
        Assert.Equal("active", await Status(gp, id));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "criteria", "error not-supported Subscription.criteria" },
        { "channel.type", "error not-supported Subscription.channel.type" },
        { "channel.payload", "error not-supported Subscription.channel.payload" },
        { "channel._payload", "error not-supported Subscription.channel.payload" },
        { "channel.endpoint", "error business-rule Subscription.channel.endpoint" },
        { "reason", "error required Subscription.reason" },
        { "status", "error business-rule Subscription.status" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_missing_is_told_with_its_element(string element, string issue)
    {
        using var gp = intake.GpSystem();
        var answer = await gp.PostFhir("/fhir/Subscription", AskedSubscription.Json(bend: s => Remove(s, element.Split('.'))));

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal(issue, Assert.Single(await answer.Issues()));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        using var gp = intake.GpSystem();
        var answer = await gp.PostFhir("/fhir/Subscription", AskedSubscription.Json(bend: s =>
        {
            s["criteria"] = "Task?status=completed";
            s["end"] = "2020-01-01T00:00:00Z";
            s["channel"]!["type"] = "email";
            s["channel"]!["header"] = new JsonArray("X-Forwarded-Host: elders.example");
            s["channel"]!["_payload"]!["extension"]![0]!["valueCode"] = "full-resource";
        }));

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal(5, (await answer.Issues()).Length);
    }

    [Theory]
    [InlineData("http://brug.example/meldingen")]
    [InlineData("https://brug.example.kwaad.example/")]
    [InlineData("https://brug.example@kwaad.example/")]
    [InlineData("https://kwaad.example/brug.example")]
    [InlineData("https://brug.example:8443/")]
    [InlineData("https://brug.example./")]
    [InlineData("https://kwaad.example\\@brug.example/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("http://localhost:5102/internal/conversations")]
    [InlineData("http://127.0.0.1:5101/internal/referrals")]
    [InlineData("http://[::1]/")]
    [InlineData("https://localhost/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//brug.example/meldingen")]
    [InlineData("")]
    public async Task A_request_never_chooses_an_address(string endpoint)
    {
        using var gp = intake.GpSystem();
        var answer = await gp.PostFhir("/fhir/Subscription", AskedSubscription.Json(bend: s => s["channel"]!["endpoint"] = endpoint));

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains("error business-rule Subscription.channel.endpoint", await answer.Issues());
        Assert.DoesNotContain("kwaad", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_header_is_encrypted_and_shown_to_feedback_alone()
    {
        using var gp = intake.GpSystem();
        var id = await intake.AnActiveSubscription("header");
        var stored = await intake.InDatabase(db => db.Set<TopicSubscription>().AsNoTracking().SingleAsync(s => s.Id == id));

        var shown = await gp.GetStringAsync(Address(id), TestContext.Current.CancellationToken);
        var told = await intake.Notification(id, 0, stored.PracticeId);

        Assert.DoesNotContain(AskedSubscription.Token, stored.ProtectedAuthorization, StringComparison.Ordinal);
        Assert.DoesNotContain(AskedSubscription.Token, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("header", shown.Replace("/header", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal($"Bearer {AskedSubscription.Token}", (string?)told["authorization"]);
    }

    [Theory]
    [InlineData("header-2", true)]
    [InlineData("elders", false)]
    public async Task A_change_keeps_the_header_only_for_the_same_endpoint(string path, bool isKept)
    {
        using var gp = intake.GpSystem();
        var id = await intake.AnActiveSubscription("header-2");

        var answer = await Put(gp, id, s =>
        {
            s["channel"]!.AsObject().Remove("header");
            s["channel"]!["endpoint"] = $"https://brug.example/{path}";
        });

        Assert.Equal((200, isKept ? "active" : "requested"), ((int)answer.StatusCode, await Status(gp, id)));
        var practice = await intake.InDatabase(db => db.Set<TopicSubscription>().Where(s => s.Id == id).Select(s => s.PracticeId).SingleAsync());
        Assert.Equal(isKept, (await intake.Notification(id, 0, practice))["authorization"] is not null);
    }

    [Fact]
    public async Task The_same_asked_twice_is_one_and_an_eleventh_is_refused()
    {
        using var gp = intake.GpSystem();
        var first = await intake.AnActiveSubscription("tien-0");
        var again = await gp.PostFhir("/fhir/Subscription", AskedSubscription.Json("tien-0"));
        for (var i = 1; i < 10; i++)
        {
            await intake.AnActiveSubscription($"tien-{i}");
        }

        var eleventh = await gp.PostFhir("/fhir/Subscription", AskedSubscription.Json("tien-10"));

        Assert.Equal((200, first.ToString()), ((int)again.StatusCode, (string?)(await again.Json())["id"]));
        Assert.Equal(422, (int)eleventh.StatusCode);
    }

    [Fact]
    public async Task Another_practice_sees_nothing_of_it()
    {
        var id = await intake.AnActiveSubscription("vreemd");
        using var stranger = intake.GpSystem(IntakeHost.Harbour);

        var asked = new[]
        {
            await stranger.GetAsync(Address(id), TestContext.Current.CancellationToken),
            await stranger.GetAsync(Address(id, "/$status"), TestContext.Current.CancellationToken),
            await stranger.GetAsync(Address(id, "/$events"), TestContext.Current.CancellationToken),
            await stranger.DeleteAsync(Address(id), TestContext.Current.CancellationToken),
            await Put(stranger, id, _ => { }),
        };
        var found = await (await stranger.GetAsync(new Uri($"/fhir/Subscription?_id={id}", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

        Assert.All(asked, a => Assert.Equal(404, (int)a.StatusCode));
        Assert.Equal(0, (int?)found["total"]);
    }

    [Fact]
    public async Task A_subscription_that_is_off_or_gone_or_no_longer_allowed_goes_nowhere()
    {
        using var gp = intake.GpSystem();
        var (off, gone, moved) = (await intake.AnActiveSubscription("uit"), await intake.AnActiveSubscription("weg"), await intake.AnActiveSubscription("verhuisd"));
        var practice = await intake.InDatabase(db => db.Practices.Where(p => p.ClientId == IntakeHost.Bridge).Select(p => p.Id).SingleAsync());

        await Put(gp, off, s => s["status"] = "off");
        var deleted = await gp.DeleteAsync(Address(gone), TestContext.Current.CancellationToken);
        await Move("https://elders.example/fhir");
        var told = (await intake.Notification(off, 0, practice), await intake.Notification(gone, 0, practice), await intake.Notification(moved, 0, practice));
        await Move("https://brug.example/fhir");

        Assert.Equal(204, (int)deleted.StatusCode);
        Assert.Null(told.Item1["resource"]);
        Assert.Null(told.Item2["resource"]);
        Assert.NotNull(told.Item3["resource"]);
        Assert.Null(told.Item3["endpoint"]);
    }

    [Fact]
    public async Task A_change_of_an_older_version_is_refused()
    {
        using var gp = intake.GpSystem();
        var id = await intake.AnActiveSubscription("versie");
        gp.DefaultRequestHeaders.Add("If-Match", "W/\"1\"");

        var answer = await Put(gp, id, s => s["status"] = "off");

        Assert.Equal(412, (int)answer.StatusCode);
    }

    private static Uri Address(Guid id, string rest = "") => new($"/fhir/Subscription/{id}{rest}", UriKind.Relative);

    private static async Task<string?> Status(HttpClient gp, Guid id) => (string?)(await (await gp.GetAsync(Address(id))).Json())["status"];

    private static async Task<HttpResponseMessage> Put(HttpClient gp, Guid id, Action<JsonObject> bend)
    {
        using var content = new StringContent(AskedSubscription.Json("header-2", s =>
        {
            s["id"] = id.ToString();
            bend(s);
        }).ToJsonString(), Encoding.UTF8, "application/fhir+json");
        return await gp.PutAsync(Address(id), content);
    }

    private static void Remove(JsonObject from, string[] path)
    {
        var holder = path.Length == 1 ? from : from[path[0]]!.AsObject();
        holder.Remove(path[^1]);
    }

    private Task<int> Move(string fhirBase) => intake.InDatabase(async db =>
    {
        var practice = await db.Practices.SingleAsync(p => p.ClientId == IntakeHost.Bridge);
        practice.Change(PracticeDetails.Of(practice) with { FhirBase = fhirBase }, intake.Clock.GetUtcNow());
        return await db.SaveChangesAsync();
    });
}

internal static class ToldToFeedback
{
    internal static async Task<JsonNode> Notification(this IntakeHost intake, Guid id, long number, Guid practice)
    {
        using var feedback = intake.App.WithToken("feedback", "referral.recipient");
        return await (await feedback.GetAsync(new Uri($"/internal/subscriptions/{id}/notification?event={number}&practice={practice}", UriKind.Relative))).Json();
    }
}
