using VGIntegration.Contracts.Planning;
using VGIntegration.ReferralIntake.Tests.Subscribing;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Informing;

public sealed class InformOfTaskTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task Feedback_gets_the_Task_of_each_version_with_the_reason_and_the_practices_own_number()
    {
        var task = await intake.AReferral("T1");
        await intake.Tell(new ReferralTakenIn { ReferralId = task.ReferralId, Sequence = 1, OccurredAt = intake.Clock.GetUtcNow() });
        await intake.Tell(new ReferralClosed { ReferralId = task.ReferralId, Sequence = 2, OccurredAt = intake.Clock.GetUtcNow(), Reason = ClosingReason.Duplicate });
        using var feedback = intake.App.WithToken("feedback", "referral.recipient");

        var told = await (await feedback.GetAsync(new Uri($"/internal/tasks/{task.Id}", UriKind.Relative), TestContext.Current.CancellationToken)).Json();
        var recipient = await (await feedback.GetAsync(new Uri($"/internal/referrals/{task.ReferralId}/recipient", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

        var before = await (await feedback.GetAsync(new Uri($"/internal/tasks/{task.Id}?version=2", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

        Assert.Equal((2, "received"), ((int)before["version"]!, (string?)before["resource"]!["status"]));
        var resource = told["resource"]!;
        Assert.Equal((3, "rejected", "dubbel"), ((int)told["version"]!, (string?)resource["status"], (string?)resource["statusReason"]!["coding"]![0]!["code"]));
        Assert.Equal("T1", (string?)resource["focus"]!["identifier"]!["value"]);
        Assert.True((bool)told["practice"]!["wantsTasks"]!);
        Assert.Equal(("afgewezen", "duplicate"), ((string?)recipient["ended"]!["businessStatus"], (string?)recipient["ended"]!["reason"]));
        Assert.All(new[] { "Tess", "Testpersoon", "999911120", "0612345678" },
            personal => Assert.DoesNotContain(personal, told.ToJsonString(), StringComparison.OrdinalIgnoreCase));
    }
}
