using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Advising;

/// <summary>Each professional has a text for the own file, and this system keeps none.</summary>
public sealed class DossierNoteTests
{
    [Fact]
    public async Task Both_professionals_can_copy_and_download_it_and_it_names_no_resident()
    {
        await using var feedback = await FeedbackHost.Start();
        var referral = await feedback.ASignedAdvice(null);
        var id = await feedback.InDatabase(db => db.Advices.Where(a => a.ReferralId == referral).Select(a => a.Id).SingleAsync());

        foreach (var login in new[] { "ggz", "sociaal" })
        {
            using var professional = PageClient.LoggedInAs(feedback.App, login, "professional");
            var page = await professional.Open($"/feedback/advices/{id}/dossier");
            var file = System.Text.Encoding.UTF8.GetString(await professional.Download(new Uri($"/feedback/advices/{id}/dossier.txt", UriKind.Relative)));

            Assert.Contains("Özgür Fictief (Maatschappelijk werker, Welzijn Verzonnen)", file, StringComparison.Ordinal);
            Assert.Contains(Examples.Situation, file, StringComparison.Ordinal);
            Assert.Contains("ondertekend op 8 december 2026 en gaat naar de huisarts", file, StringComparison.Ordinal);
            Assert.Contains(Examples.Situation, page.Text, StringComparison.Ordinal);
            Assert.All(new[] { FeedbackHost.Resident, FeedbackHost.Bsn }, secret => Assert.DoesNotContain(secret, page.Html + file, StringComparison.Ordinal));
        }

        Assert.Equal(4, await feedback.InDatabase(db => db.Audit.CountAsync(a => a.Why == "own-dossier")));
    }

    [Fact]
    public async Task Nobody_else_gets_it_and_with_planning_away_it_is_still_there()
    {
        await using var feedback = await FeedbackHost.Start();
        var referral = await feedback.AConversationHeld();
        var id = await feedback.InDatabase(db => db.Advices.Where(a => a.ReferralId == referral).Select(a => a.Id).SingleAsync());
        feedback.Neighbours.IsPlanningDown = true;
        using var stranger = PageClient.LoggedInAs(feedback.App, "anders", "professional");
        using var ggz = PageClient.LoggedInAs(feedback.App, "ggz", "professional");

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Open($"/feedback/advices/{id}/dossier")).Status);
        Assert.Contains("nog niet definitief", (await ggz.Open($"/feedback/advices/{id}/dossier")).Text, StringComparison.Ordinal);
    }
}
