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
    private const string Question = "Somber";

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

        var asked = await person.Open($"/planning/conversations/{conversation}");
        var page = await person.Open($"/planning/conversations/{conversation}/from-gp");
        var file = await http.GetAsync(new Uri($"/planning/conversations/{conversation}/from-gp/{PlanningHost.AttachmentId}", UriKind.Relative), Ct);

        Assert.Equal(mayRead, asked.Text.Contains(Question, StringComparison.Ordinal));
        Assert.Equal(mayRead, asked.Text.Contains("Er spelen sociale problemen mee", StringComparison.Ordinal));
        Assert.Equal(login == "sociaal" && !hasAgreed, asked.Text.Contains("U mag dit niet lezen", StringComparison.Ordinal));
        Assert.Equal(mayRead, page.Text.Contains(FileName, StringComparison.Ordinal));
        Assert.Equal(mayRead ? HttpStatusCode.OK : HttpStatusCode.NotFound, file.StatusCode);
    }

    [Fact]
    public async Task Without_intake_the_conversation_can_be_recorded_and_the_page_says_what_is_missing()
    {
        await using var planning = await PlanningHost.Start("--Conversing:AllowEarly=true");
        var (_, conversation) = await ABooking(planning);
        planning.IntakeAnswers = false;
        using var care = planning.Professional("ggz");

        var page = await care.Open($"/planning/conversations/{conversation}");
        var held = await care.Submit(page.Form("Het gesprek is gevoerd"));

        Assert.Contains("De vraag van de huisarts is nu niet op te halen. Probeer het zo weer.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("U mag dit niet lezen", page.Text, StringComparison.Ordinal);
        Assert.Contains("Dit gesprek is gevoerd", held.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_shows_the_question_again_to_who_may_read_it()
    {
        await using var planning = await PlanningHost.Start();
        var (_, conversation) = await ABooking(planning);
        using var care = planning.Professional("ggz");
        using var social = planning.Professional("sociaal");

        var pages = new List<string>();
        foreach (var who in new[] { care, social })
        {
            pages.Add((await who.Submit((await who.Open($"/planning/conversations/{conversation}")).Form("Het gesprek is gevoerd"))).Text);
        }

        Assert.All(pages, p => Assert.Contains("nog niet begonnen", p, StringComparison.Ordinal));
        Assert.Equal([true, false], pages.Select(p => p.Contains(Question, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_the_resident_is_stands_nowhere_and_what_the_huisarts_wrote_only_where_it_may()
    {
        await using var planning = await PlanningHost.Start();
        var (referral, conversation) = await ABooking(planning);
        planning.Email = "wilhelmina@verzonnen.example";

        var (social, care) = (await Walk(planning, "sociaal", referral, conversation), await Walk(planning, "ggz", referral, conversation));
        var other = await Walk(planning, "somebody-else", referral, conversation);
        planning.ResidentAgrees = true;
        var agreed = await Walk(planning, "sociaal", referral, conversation);

        string[] marked = [PlanningHost.Resident, PlanningHost.Telephone, "Verzonnenlaan", "wilhelmina@verzonnen.example"];
        string[] sent = [Question, FileName, FileContent];
        var own = $"planning/conversations/{conversation}";
        string[] pages = [own, $"{own}/from-gp", $"{own}/from-gp/{PlanningHost.AttachmentId}"];
        Assert.Empty(new[] { social, care, other, agreed }.SelectMany(w => w).Where(p => marked.Any(p.Body.Contains)).Select(p => p.Address));
        Assert.Empty(social.Concat(other).Where(p => sent.Any(p.Body.Contains)).Select(p => p.Address));
        Assert.Equal(pages, care.Where(p => sent.Any(p.Body.Contains)).Select(p => p.Address.TrimStart('/')).Order());
        Assert.Equal(pages, agreed.Where(p => sent.Any(p.Body.Contains)).Select(p => p.Address.TrimStart('/')).Order());
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
