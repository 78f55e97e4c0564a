using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests;

/// <summary>Every address of this service times every role. A new page without an expectation here makes the test fail.</summary>
public sealed partial class RolesTests
{
    private const string Planner = "planner";
    private const string Author = "author";
    private const string Professional = "professional"; // of another conversation
    private const string Manager = "manager";
    private const string Stranger = "stranger";
    private const string Nobody = "nobody";
    private const string Machine = "machine"; // another service or system, with a token: no person at all
    private const string Both = $"{Author} {Professional}";
    private const string LoggedIn = $"{Planner} {Author} {Professional} {Manager} {Stranger}";
    private const string Everybody = $"{LoggedIn} {Nobody}";

    private static readonly string[] Roles = [Planner, Author, Professional, Manager, Stranger, Nobody];

    // Route as it is mapped, and who finds something there.
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["feedback"] = Both,
        ["feedback/advices/{id:guid}"] = Author,
        ["feedback/advices/{id:guid}/parts"] = Author,
        ["feedback/advices/{id:guid}/parts/{part}"] = "", // is posted to: SavePartTests
        ["feedback/advices/{id:guid}/letter.pdf"] = Author,
        ["feedback/advices/{id:guid}/copy.pdf"] = Author,
        ["feedback/advices/{id:guid}/reading"] = Author,
        ["feedback/advices/{id:guid}/correct"] = Author,
        ["feedback/advices/{id:guid}/dossier"] = Author,
        ["feedback/advices/{id:guid}/dossier.txt"] = Author,
        ["feedback/advices/{id:guid}/research"] = Author,
        ["feedback/advices/{id:guid}/monitoring"] = Author,
        ["feedback/advices/{id:guid}/monitoring/resident"] = Author,
        ["uw-advies/{token}"] = "", // the address is the key, and this is none: YourAdviceTests
        ["uw-advies/{token}/advies.pdf"] = "",
        ["feedback/deliveries"] = Manager,
        ["feedback/letters"] = Manager,
        ["feedback/letters/{id:guid}/letter.pdf"] = "", // there is none: LettersByHandTests
        ["feedback/research"] = Manager,
        ["feedback/monitoring"] = Manager,
        ["feedback/monitoring/csv"] = Manager,
        ["feedback/monitoring/fhir"] = Manager,
        ["feedback/monitoring/feed"] = Machine,
        ["feedback/fhir/{type}/{id}"] = "", // published, and this is none: QuestionnaireTests
        ["feedback/claims"] = Manager,
        ["feedback/claims/lines"] = Manager,
        ["feedback/claims/lines/{id:guid}/correct"] = "",
        ["feedback/claims/export"] = Manager,
        ["feedback/claims/exports/{number:int}"] = "",
        ["feedback/claims/exports/{number:int}/{format:regex(^(csv|xlsx)$)}"] = "",
        ["verkennend-gesprek"] = Everybody,
        ["verkennend-gesprek/wachtkamer"] = Everybody,
        ["verkennend-gesprek/wachtkamer.css"] = Everybody,
        ["verkennend-gesprek/folder.pdf"] = Everybody,
        ["feedback/no-access"] = Everybody,
        ["feedback/logged-out"] = Everybody,
        ["feedback/error/{status:int?}"] = Everybody,
        ["feedback/theme.css"] = Everybody,
        ["feedback/theme.js"] = Everybody,
        ["feedback/log-out"] = LoggedIn,
        ["internal/referrals/{referralId:guid}/letters/{documentReferenceId}"] = Machine,
        ["internal/records/{referralId:guid}"] = Machine,
        ["internal/records/{referralId:guid}/underway"] = Machine,
        ["internal/keeping"] = Machine,
        ["health/live"] = Everybody,
        ["health/ready"] = Everybody,
    };

    [Fact]
    public async Task Every_address_has_an_expectation()
    {
        await using var feedback = await FeedbackHost.Start();

        var routes = Routes(feedback.App).ToList();

        Assert.Empty(routes.Except(Allowed.Keys));
        Assert.Empty(Allowed.Keys.Except(routes));
    }

    [Fact]
    public async Task Every_role_finds_what_it_may_and_nothing_else()
    {
        await using var feedback = await FeedbackHost.Start();
        var referral = await feedback.ASignedAdvice(null);
        var advice = await feedback.InDatabase(db => db.Advices.Where(a => a.ReferralId == referral).Select(a => a.Id).SingleAsync());
        var wrong = new List<string>();

        foreach (var (route, allowed) in Allowed.Where(a => a.Key is not "feedback/log-out"))
        {
            var address = Parameter().Replace(route, m => m.Value switch
            {
                "{id:guid}" when route.Contains("advices", StringComparison.Ordinal) => $"{advice}",
                "{part}" => "Situation",
                "{status:int?}" => "500",
                "{number:int}" => "1",
                "{token}" or "{type}" or "{id}" or "{documentReferenceId}" => "none",
                var format when format.StartsWith("{format", StringComparison.Ordinal) => "csv",
                _ => $"{Guid.NewGuid()}",
            });
            foreach (var role in Roles)
            {
                var found = await Finds(feedback.App, role, address);
                if (found != allowed.Split(' ').Contains(role))
                {
                    wrong.Add($"{role} {(found ? "comes in at" : "is kept out of")} /{address}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static async Task<bool> Finds(WebApplication app, string role, string address)
    {
        using var http = role switch
        {
            Nobody => app.Stranger(),
            Author => app.LoggedInAs("ggz", Professional),
            Stranger => app.LoggedInAs("iemand"),
            _ => app.LoggedInAs($"een-{role}", role),
        };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await http.GetAsync($"/{address}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.Forbidden when address.EndsWith("no-access", StringComparison.Ordinal) => true,
            HttpStatusCode.InternalServerError when address.Contains("/error/", StringComparison.Ordinal) => true,
            _ => false,
        };
    }

    private static IEnumerable<string> Routes(WebApplication app) => app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct();

    [GeneratedRegex("\\{(?:[^{}]|\\([^)]*\\))+\\}")]
    private static partial Regex Parameter();
}
