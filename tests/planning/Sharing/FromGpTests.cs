using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Sharing;

/// <summary>What the two professionals see of what the huisarts sent.</summary>
public sealed class FromGpTests
{
    private const string FileName = "vragenlijst é.pdf";
    private const string FileContent = "%PDF-attachment";

    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ggz", false, true)]
    [InlineData("ggz", true, true)]
    [InlineData("sociaal", false, false)]
    [InlineData("sociaal", true, true)]
    [InlineData("somebody-else", true, false)]
    public async Task The_social_domain_reads_it_only_when_the_resident_agreed(string login, bool hasAgreed, bool mayRead)
    {
        await using var planning = await PlanningHost.Start();
        var (_, conversation) = await ABooking(planning);
        planning.ResidentAgrees = hasAgreed;
        using var person = planning.Professional(login);
        using var http = planning.App.LoggedInAs(login, "professional");

        var page = await person.Open($"/planning/conversations/{conversation}/from-gp");
        var file = await http.GetAsync(new Uri($"/planning/conversations/{conversation}/from-gp/{PlanningHost.AttachmentId}", UriKind.Relative), Ct);

        Assert.Equal(mayRead, page.Text.Contains(FileName, StringComparison.Ordinal));
        Assert.Equal(mayRead ? HttpStatusCode.OK : HttpStatusCode.NotFound, file.StatusCode);
    }

    [Fact]
    public async Task No_page_shows_a_professional_who_the_resident_is_or_what_the_huisarts_wrote()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, conversation) = await ABooking(planning);
        planning.Email = "wilhelmina@verzonnen.example";

        var (social, care) = (await Walk(planning, "sociaal", referral, conversation), await Walk(planning, "ggz", referral, conversation));

        string[] marked = [PlanningHost.Resident, PlanningHost.Telephone, "Verzonnenlaan", "wilhelmina@verzonnen.example", "Somber"];
        Assert.Empty(social.Concat(care).Where(p => marked.Any(p.Body.Contains)).Select(p => p.Address));
        Assert.Empty(social.Where(p => p.Body.Contains(FileName) || p.Body.Contains(FileContent)).Select(p => p.Address));
        Assert.Equal(2, care.Count(p => p.Body.Contains(FileName) || p.Body.Contains(FileContent)));
    }

    [Fact]
    public async Task The_planner_records_the_answer_and_takes_it_back()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, conversation) = await ABooking(planning);
        using var planner = planning.Planner();
        using var social = planning.Professional("sociaal");

        var agreed = await planner.Submit((await planner.Open($"/planning/referrals/{referral}/sharing")).Form("agrees"), ("agrees", "true"));
        var open = await social.Open($"/planning/conversations/{conversation}/from-gp");
        var withdrawn = await planner.Submit(agreed.Form("agrees"), ("agrees", "false"));
        var closed = await social.Open($"/planning/conversations/{conversation}/from-gp");

        Assert.Contains("De inwoner vindt het goed. Vastgelegd", agreed.Text, StringComparison.Ordinal);
        Assert.Contains(FileName, open.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("vindt het goed. Vastgelegd", withdrawn.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FileName, closed.Text, StringComparison.Ordinal);
    }

    private static async Task<List<(string Address, string Body)>> Walk(PlanningHost planning, string login, Guid referral, Guid conversation)
    {
        using var http = planning.App.LoggedInAs(login, "professional");
        var walked = new List<(string, string)>();
        var routes = planning.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern).DistinctBy(p => p.RawText);
        foreach (var route in routes.Where(r => r.RawText!.TrimStart('/') is not "planning/log-out"))
        {
            var address = route.RawText!;
            foreach (var parameter in route.Parameters)
            {
                var whole = address[address.IndexOf('{' + parameter.Name, StringComparison.Ordinal)..];
                address = address.Replace(whole[..(whole.IndexOf('}', StringComparison.Ordinal) + 1)], parameter.Name switch
                {
                    "attachmentId" => $"{PlanningHost.AttachmentId}",
                    "kind" => "organisations",
                    "status" => "404",
                    "id" when address.Contains("conversations", StringComparison.Ordinal) => $"{conversation}",
                    _ => $"{referral}",
                }, StringComparison.Ordinal);
            }

            using var answer = await http.GetAsync(new Uri("/" + address.TrimStart('/'), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
            var isStream = answer.Content.Headers.ContentType?.MediaType == "text/event-stream"; // never ends; says only that something changed
            walked.Add((address, isStream ? "" : Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Ct))));
        }

        Assert.Contains(walked, w => w.Item1.EndsWith("/from-gp", StringComparison.Ordinal));
        return [.. walked.Select(w => (w.Item1, WebUtility.HtmlDecode(w.Item2)))];
    }

    private static async Task<(Guid Referral, Guid Conversation)> ABooking(PlanningHost planning)
    {
        var referral = await planning.AReferral();
        Assert.Null(await planning.Work(referral, At.Book));
        return (referral, await planning.InDatabase(db => db.Conversations.Select(c => c.Id).SingleAsync()));
    }
}
