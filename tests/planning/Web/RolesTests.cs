using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Web;

/// <summary>Every address of this service times every role. A new page without an expectation here makes the test fail.</summary>
public sealed partial class RolesTests
{
    private const string Planner = "planner";
    private const string Professional = "professional";
    private const string Manager = "manager";
    private const string Stranger = "stranger";
    private const string Nobody = "nobody";
    private const string Machine = "machine"; // another service or system, with a token: no person at all
    private const string Everybody = $"{Planner} {Professional} {Manager} {Stranger} {Nobody}";

    private static readonly string[] Roles = [Planner, Professional, Manager, Stranger, Nobody];

    // Route as it is mapped, and who may come in.
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["planning"] = $"{Planner} {Professional} {Manager}", // a professional is led on to his own conversations
        ["planning/week"] = $"{Planner} {Manager}",
        ["planning/referrals/{id:guid}"] = $"{Planner} {Manager}", // a manager sees no resident there: the tests below
        ["planning/referrals/{id:guid}/attachments/{attachmentId:guid}"] = Planner,
        ["planning/referrals/{id:guid}/sharing"] = Planner,
        ["planning/referrals/{id:guid}/live"] = Planner,
        ["planning/live"] = $"{Planner} {Manager}",
        ["planning/notices"] = Planner,
        ["planning/whole-list"] = Planner,
        ["planning/repairs"] = Planner,
        ["planning/proposals"] = Professional,
        ["planning/notices/{id:guid}/letter"] = Planner,
        ["planning/mail/{name?}"] = Planner,
        ["planning/referrals/{id:guid}/resident"] = Planner,
        ["uw-gesprek/{token}"] = Everybody, // the address is the key
        ["planning/calendar"] = Professional,
        ["planning/calendar/{secret}.ics"] = Everybody, // the address is the key
        ["fhir/metadata"] = Everybody,
        ["fhir/planning/metadata"] = Everybody,
        ["fhir/Appointment"] = Machine,
        ["fhir/Appointment/{id}"] = Machine,
        ["fhir/Slot"] = Machine,
        ["fhir/Slot/{id}"] = Machine,
        ["fhir/Schedule"] = Machine,
        ["fhir/Schedule/{id}"] = Machine,
        ["planning/looking-back"] = $"{Planner} {Manager}",
        ["planning/registry"] = $"{Planner} {Manager}",
        ["planning/registry/{kind}"] = $"{Planner} {Manager}",
        ["planning/registry/{kind}/{id}"] = $"{Planner} {Manager}", // only a manager changes: EditTests
        ["planning/registry/{kind}/csv"] = $"{Planner} {Manager}",
        ["planning/registry/fhir"] = $"{Planner} {Manager}",
        ["planning/registry/import"] = Manager,
        ["planning/conversations"] = Professional,
        ["planning/conversations/{id:guid}"] = Professional,
        ["planning/conversations/{id:guid}/from-gp"] = Professional,
        ["planning/conversations/{id:guid}/from-gp/{attachmentId:guid}"] = Professional,
        ["planning/no-access"] = Everybody,
        ["planning/logged-out"] = Everybody,
        ["planning/error/{status:int?}"] = Everybody,
        ["planning/theme.css"] = Everybody,
        ["planning/theme.js"] = Everybody,
        ["planning/log-out"] = $"{Planner} {Professional} {Manager} {Stranger}",
        ["internal/conversations/{referralId:guid}"] = Machine,
        ["internal/registry/names"] = Machine,
        ["internal/records/{referralId:guid}"] = Machine,
        ["internal/keeping"] = Machine,
        ["health/live"] = Everybody,
        ["health/ready"] = Everybody,
    };

    [Fact]
    public async Task Every_address_has_an_expectation()
    {
        await using var planning = await PlanningHost.Start();

        var routes = Routes(planning.App).ToList();

        Assert.Empty(routes.Except(Allowed.Keys));
        Assert.Empty(Allowed.Keys.Except(routes));
    }

    [Fact]
    public async Task Every_role_comes_in_where_it_may_and_nowhere_else()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        Assert.Null(await planning.Work(referral, At.Book));
        var conversation = await planning.InDatabase(db => db.Conversations.Select(c => c.Id).SingleAsync());
        var wrong = new List<string>();

        foreach (var (route, allowed) in Allowed.Where(a => a.Key is not "planning/log-out"))
        {
            var address = Address(route, referral, conversation);
            foreach (var role in Roles)
            {
                var cameIn = await ComesIn(planning.App, role, address);
                if (cameIn != allowed.Split(' ').Contains(role))
                {
                    wrong.Add($"{role} {(cameIn ? "comes in at" : "is kept out of")} /{address}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_manager_sees_no_resident_and_changes_nothing()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        using var planner = planning.Planner();
        var form = (await planner.Open($"/planning/referrals/{referral}")).Form("Choice");
        using var manager = PageClient.LoggedInAs(planning.App, "mira", Manager);

        var page = await manager.Open($"/planning/referrals/{referral}");
        using var http = planning.App.LoggedInAs("mira", Manager);
        var posted = await http.PostAsync(form.Action, new FormUrlEncodedContent(form.Fields), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(PlanningHost.Resident, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(PlanningHost.Telephone, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\" action=\"/planning/referrals", page.Html, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal(Planning.Scheduling.ConversationStatus.Proposed, (await planning.InDatabase(db => db.Conversations.SingleAsync())).Status);
    }

    private static async Task<bool> ComesIn(WebApplication app, string role, string address)
    {
        using var http = role is Nobody ? app.Stranger() : app.LoggedInAs(role == Professional ? "ggz" : role, role is Stranger ? [] : [role]);
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await http.GetAsync($"/{address}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var to = answer.Headers.Location?.ToString() ?? "";
        return answer.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.NotFound => true,
            HttpStatusCode.Forbidden when address.EndsWith("no-access", StringComparison.Ordinal) => true,
            HttpStatusCode.InternalServerError when address.Contains("/error/", StringComparison.Ordinal) => true,
            HttpStatusCode.Redirect => to == "/planning/conversations",
            _ => false,
        };
    }

    private static IEnumerable<string> Routes(WebApplication app) => app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct();

    private static string Address(string route, Guid referral, Guid conversation) => Parameter().Replace(route, m => m.Value switch
    {
        "{attachmentId:guid}" => $"{PlanningHost.AttachmentId}",
        "{status:int?}" => "500",
        "{kind}" => "organisations",
        "{id:guid}" when route.Contains("conversations", StringComparison.Ordinal) => $"{conversation}",
        _ => $"{referral}",
    }) + (route.EndsWith("/live", StringComparison.Ordinal) ? "?seen=1" : "");

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Parameter();
}
