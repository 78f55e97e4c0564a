using System.Net;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Scheduling;

public sealed class OpenAttachmentTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_planner_sees_that_something_came_and_opens_it_to_save()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        await planning.Tell(new ReferralSupplemented { ReferralId = referral, Sequence = 2, OccurredAt = planning.Clock.GetUtcNow(), DocumentReferenceId = Guid.NewGuid() }, Guid.NewGuid());
        using var pages = planning.Planner();
        using var planner = planning.App.LoggedInAs("petra", "planner");

        var (list, page) = (await pages.Open("/planning"), await pages.Open($"/planning/referrals/{referral}"));
        var file = await planner.GetAsync(Attachment(referral, PlanningHost.AttachmentId), Ct);
        var unknown = await planner.GetAsync(Attachment(referral, Guid.NewGuid()), Ct);

        Assert.Contains("aanvulling", list.Text, StringComparison.Ordinal);
        Assert.Contains("Aanvulling ontvangen", page.Text, StringComparison.Ordinal);
        Assert.Contains("vragenlijst é.pdf", page.Text, StringComparison.Ordinal);
        Assert.Equal(("application/pdf", "attachment", "vragenlijst é.pdf"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("%PDF-attachment", await file.Content.ReadAsStringAsync(Ct));
        Assert.StartsWith("sandbox", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("petra", planning.SeenByIntake);
    }

    [Fact]
    public async Task A_professional_gets_none_of_it()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var professional = planning.App.LoggedInAs("sociaal", "professional");

        var answer = await professional.GetAsync(Attachment(referral, PlanningHost.AttachmentId), Ct);

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(planning.SeenByIntake);
    }

    private static Uri Attachment(Guid referral, Guid id) => new($"/planning/referrals/{referral}/attachments/{id}", UriKind.Relative);
}
