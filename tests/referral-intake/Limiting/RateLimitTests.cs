using System.Net;
using VGIntegration.ReferralIntake.Tests.Identity;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Limiting;

public sealed class RateLimitTests
{
    private static readonly Uri Tasks = new("/fhir/Task", UriKind.Relative);

    [Fact]
    public async Task A_client_that_asks_too_much_is_told_when_to_come_back_and_others_do_not_notice()
    {
        await using var intake = new IntakeHost { Settings = ["--Limiting:PerSecond=1", "--Limiting:Burst=5"] };
        await intake.InitializeAsync();
        using var eager = intake.GpSystem();

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++)
        {
            answers.Add(await eager.GetAsync(Tasks, TestContext.Current.CancellationToken));
        }

        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.OK), 5, 9);
        Assert.Equal(["error throttled "], await refused.Issues());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        using var other = intake.GpSystem(IntakeHost.Harbour);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(Tasks, TestContext.Current.CancellationToken)).StatusCode);
        using var stranger = intake.App.Stranger();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(Tasks, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Guessing_secrets_is_slowed_down()
    {
        await using var intake = await AuthorityHost.With("--Limiting:LogInsPerSecond=1", "--Limiting:LogInBurst=3");
        using var http = intake.Client();

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "planning",
                ["client_secret"] = $"guess {i}",
            });
            answers.Add((await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers.Distinct());
    }

    [Theory]
    [InlineData("--Limiting:PerSecond=many")]
    [InlineData("--Limiting:Seconds=-1")]
    [InlineData("--ClientCertificates:Mode=Sometimes")]
    [InlineData("--ClientCertificates:Mode=Forwarded")]
    public void A_senseless_setting_stops_the_start(string setting)
    {
        Assert.Throws<Hosting.SettingException>(() => Program.Create([.. LogIns.Settings(Sandbox.Folder("limits")), setting]));
    }
}
