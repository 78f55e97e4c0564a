using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Searching;

public sealed class SearchTests(SearchTests.Practices practices) : IClassFixture<SearchTests.Practices>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly IntakeHost _intake = practices.Intake;

    [Theory]
    [InlineData("", 5)]
    [InlineData("identifier=S1", 1)]
    [InlineData("identifier=http://his.example/verwijzing|S1", 1)]
    [InlineData("identifier=https://elsewhere.test|S1", 0)]
    [InlineData("identifier=http://his.example/verwijzing|", 5)]
    [InlineData("identifier=S1,S2,unknown", 2)]
    [InlineData("identifier=S1&identifier=S2", 0)]
    [InlineData("status=active", 5)]
    [InlineData("status=http://hl7.org/fhir/request-status|active", 5)]
    [InlineData("status=completed,revoked", 0)]
    [InlineData("status:not=active", 0)]
    [InlineData("_id=unknown", 0)]
    [InlineData("_id=", 5)]
    [InlineData("_lastUpdated=2026-11-23", 5)]
    [InlineData("_lastUpdated=2026", 5)]
    [InlineData("_lastUpdated=2026-11-22", 0)]
    [InlineData("_lastUpdated=ne2026-11-23", 0)]
    [InlineData("_lastUpdated=ge2026-11-23T09:02:00Z", 3)]
    [InlineData("_lastUpdated=gt2026-11-23T09:02:00Z", 2)]
    [InlineData("_lastUpdated=sa2026-11-23T09:02:00Z", 2)]
    [InlineData("_lastUpdated=lt2026-11-23T09:02:00Z", 2)]
    [InlineData("_lastUpdated=eb2026-11-23T09:02:00Z", 2)]
    [InlineData("_lastUpdated=le2026-11-23T09:02:00Z", 3)]
    [InlineData("_lastUpdated=le2026-11-23T10:02:00%2B01:00", 3)]
    [InlineData("_lastUpdated=le2026-11-23T10:02:00+01:00", 3)]
    [InlineData("_lastUpdated=le2026-11-23T10:02", 3)]
    [InlineData("_lastUpdated=2026-11-23T10:02", 1)]
    [InlineData("_lastUpdated=ap2026-11-23T09:02:00Z", 1)]
    [InlineData("_lastUpdated=ge2026-11-23T09:01:00Z&_lastUpdated=lt2026-11-23T09:03:00Z", 2)]
    [InlineData("_lastUpdated=lt0001-01-02", 0)]
    [InlineData("_lastUpdated=lt9999-12-31", 5)]
    [InlineData("identifier=S1\\,S2", 0)]
    [InlineData("requisition=ZD123456789", 0)]
    public async Task What_is_searched_for_is_found(string query, int expected)
    {
        using var gp = _intake.GpSystem();

        var answer = await gp.GetAsync(new Uri($"/fhir/ServiceRequest?{query}", UriKind.Relative), Ct);
        var bundle = await answer.Json();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((expected, expected), ((int)bundle["total"]!, Entries(bundle).Count));
        Assert.All(Entries(bundle), e => Assert.Equal($"{_intake.App.Address()}fhir/ServiceRequest/{e["resource"]!["id"]}", (string?)e["fullUrl"]));
    }

    [Theory]
    [InlineData("ServiceRequest?nonsense=1", "not-supported")]
    [InlineData("ServiceRequest?status:missing=true", "not-supported")]
    [InlineData("ServiceRequest?_include=Task:focus", "not-supported")]
    [InlineData("ServiceRequest?_include=ServiceRequest:subject", "not-supported")]
    [InlineData("ServiceRequest?status=nonsense", "code-invalid")]
    [InlineData("ServiceRequest?_lastUpdated=yesterday", "value")]
    [InlineData("ServiceRequest?_lastUpdated=2026-02-30", "value")]
    [InlineData("ServiceRequest?_lastUpdated=2026-11-23T25:00", "value")]
    [InlineData("ServiceRequest?_lastUpdated=xx2026", "value")]
    [InlineData("ServiceRequest?_count=-1", "value")]
    [InlineData("ServiceRequest?_count=many", "value")]
    [InlineData("ServiceRequest?_sort=status", "value")]
    [InlineData("ServiceRequest?_total=some", "value")]
    [InlineData("ServiceRequest?_summary=text", "value")]
    [InlineData("ServiceRequest?identifier=a%00b", "value")]
    [InlineData("ServiceRequest?_page=nonsense", "not-found")]
    [InlineData("ServiceRequest?patient.identifier=x", "security")]
    [InlineData("ServiceRequest?identifier=http://fhir.nl/fhir/NamingSystem/bsn|999911120", "security")]
    [InlineData("ServiceRequest?identifier=999911120", "security")]
    [InlineData("Task?subject=Patient/1", "security")]
    [InlineData("Task?business-status=nonsense", "code-invalid")]
    public async Task What_cannot_be_searched_for_is_told_and_never_repeated(string query, string code)
    {
        using var gp = _intake.GpSystem();

        var answer = await gp.GetAsync(new Uri($"/fhir/{query}", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([$"error {code} "], await answer.Issues());
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("nonsense", text, StringComparison.Ordinal);
        Assert.DoesNotContain("999911120", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_values_are_refused()
    {
        using var gp = _intake.GpSystem();

        var answer = await gp.GetAsync(new Uri($"/fhir/Task?_id={string.Join(',', Enumerable.Range(0, 101))}", UriKind.Relative), Ct);

        Assert.Equal(["error too-costly "], await answer.Issues());
    }

    [Fact]
    public async Task On_the_senders_own_wish_an_unknown_parameter_is_left_out_and_told()
    {
        using var gp = _intake.GpSystem();
        gp.DefaultRequestHeaders.Add("Prefer", "handling=lenient");

        var bundle = await Search(gp, "ServiceRequest?nonsense=1&identifier=S1");

        Assert.Equal(["match", "outcome"], Entries(bundle).Select(e => (string?)e["search"]!["mode"]));
        Assert.EndsWith("/fhir/ServiceRequest?identifier=S1", Link(bundle, "self"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_and_the_amount_are_as_asked()
    {
        using var gp = _intake.GpSystem();

        var (newest, oldest, id) = (await Numbers(gp, "_sort=-_lastUpdated"), await Numbers(gp, "_sort=_lastUpdated"), await Numbers(gp, "_sort=_id"));
        var (byDefault, idDown, two) = (await Numbers(gp, ""), await Numbers(gp, "_sort=-_id"), await Numbers(gp, "_sort=_lastUpdated&_count=2"));

        Assert.Equal(["S5", "S4", "S3", "S2", "S1"], newest);
        Assert.Equal(newest, byDefault);
        Assert.Equal(newest.Reverse(), oldest);
        Assert.Equal(id.Reverse(), idDown);
        Assert.Equal(["S1", "S2"], two);
    }

    [Theory]
    [InlineData("_total=accurate&_count=2", 5, 2)]
    [InlineData("_total=estimate&_count=2", 5, 2)]
    [InlineData("_total=none&_count=2", null, 2)]
    [InlineData("_count=2", null, 2)]
    [InlineData("_summary=count", 5, 0)]
    [InlineData("_count=0", 5, 0)]
    [InlineData("_count=9999", 5, 5)]
    public async Task The_total_is_counted_where_it_is_asked_for(string query, int? total, int shown)
    {
        using var gp = _intake.GpSystem();

        var bundle = await Search(gp, $"ServiceRequest?{query}");

        Assert.Equal((total, shown), ((int?)bundle["total"], Entries(bundle).Count));
    }

    [Fact]
    public async Task A_search_by_BSN_goes_by_POST_and_its_links_name_nobody()
    {
        using var gp = _intake.GpSystem();
        using var form = Form(("patient.identifier", "http://fhir.nl/fhir/NamingSystem/bsn|999911120"), ("_count", "2"), ("_total", "accurate"));

        var answer = await gp.PostAsync(new Uri("/fhir/ServiceRequest/_search", UriKind.Relative), form, Ct);
        var first = await answer.Json();
        var second = await Search(gp, Link(first, "next")!);
        var again = await Search(gp, Link(first, "self")!);

        Assert.Equal((5, 5), ((int)first["total"]!, (int)second["total"]!));
        Assert.Equal(["S5", "S4", "S3", "S2"], [.. Numbers(first), .. Numbers(second)]);
        Assert.Equal(Numbers(first), Numbers(again));
        Assert.DoesNotContain(new[] { first, second, again }.SelectMany(b => b["link"]!.AsArray()), l => l!.ToJsonString().Contains("999911120", StringComparison.Ordinal));
        Assert.DoesNotContain(await _intake.InDatabase(db => db.Audit.Select(a => a.What).ToListAsync()), w => w.Contains("999911120", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_POST_search_takes_a_form_only_and_gives_the_format_it_asks()
    {
        using var gp = _intake.GpSystem();
        using var form = Form(("status", "active"), ("_format", "xml"));

        var xml = await gp.PostAsync(new Uri("/fhir/ServiceRequest/_search", UriKind.Relative), form, Ct);
        var json = await gp.PostFhir("/fhir/ServiceRequest/_search", "{}");

        Assert.Equal("application/fhir+xml", xml.Content.Headers.ContentType!.MediaType);
        Assert.Equal((HttpStatusCode.BadRequest, "error structure "), (json.StatusCode, (await json.Issues())[0]));
    }

    [Fact]
    public async Task Another_practice_finds_nothing_and_cannot_use_the_link()
    {
        using var bridge = _intake.GpSystem();
        using var harbour = _intake.GpSystem(IntakeHost.Harbour);
        var first = await Search(bridge, "ServiceRequest?_count=1");
        var id = (string)Entries(first)[0]["resource"]!["id"]!;

        var searches = new[] { "ServiceRequest", $"ServiceRequest?_id={id}", $"Task?focus=ServiceRequest/{id}&_include=Task:focus", "Task", "ServiceRequest?identifier=S1" };
        var found = await Task.WhenAll(searches.Select(s => Search(harbour, s)));
        var stolen = await harbour.GetAsync(new Uri(Link(first, "next")!), Ct);

        Assert.All(found, b => Assert.Empty(Entries(b)));
        Assert.Equal(["error not-found "], await stolen.Issues());
    }

    [Fact]
    public async Task A_Task_is_found_by_its_referral_and_brings_it_along()
    {
        using var gp = _intake.GpSystem();
        var referral = Entries(await Search(gp, "ServiceRequest?identifier=S2"))[0]["resource"]!;

        var bundle = await Search(gp, $"Task?focus=ServiceRequest/{referral["id"]}&_include=Task:focus");
        var others = await Task.WhenAll(new[] { $"Task?focus={referral["id"]}", $"Task?focus:ServiceRequest={referral["id"]}", $"Task?focus=https://x.test/fhir/ServiceRequest/{referral["id"]}", $"Task?focus=Task/{referral["id"]}" }
            .Select(s => Search(gp, s)));

        Assert.Equal(["match Task", "include ServiceRequest"], Entries(bundle).Select(e => $"{e["search"]!["mode"]} {e["resource"]!["resourceType"]}"));
        Assert.Equal(1, (int)bundle["total"]!);
        Assert.Equal([1, 1, 1, 0], others.Select(o => Entries(o).Count));
    }

    [Fact]
    public async Task What_comes_along_needs_its_own_scope()
    {
        using var gp = _intake.App.WithToken(IntakeHost.Bridge, "system/Task.s");

        var answer = await gp.GetAsync(new Uri("/fhir/Task?_include=Task:focus", UriKind.Relative), Ct);

        Assert.Equal((HttpStatusCode.Forbidden, "error forbidden "), (answer.StatusCode, (await answer.Issues())[0]));
    }

    [Theory]
    [InlineData("status=requested", 5)]
    [InlineData("status=requested,completed&business-status=aangemeld", 5)]
    [InlineData("status:not=requested", 0)]
    [InlineData("business-status=ontvangen", 0)]
    public async Task A_Task_is_found_by_where_it_stands(string query, int expected)
    {
        using var gp = _intake.GpSystem();

        Assert.Equal(expected, Entries(await Search(gp, $"Task?{query}")).Count);
    }

    [Fact]
    public async Task Each_search_leaves_one_line_in_the_audit()
    {
        using var gp = _intake.GpSystem();
        var before = await _intake.InDatabase(db => db.Audit.CountAsync());

        await Search(gp, "Task?status=requested&_lastUpdated=2026");

        var lines = await _intake.InDatabase(db => db.Audit.Where(a => a.What == "Task?status&_lastUpdated").ToListAsync());
        Assert.Equal(("E", IntakeHost.Bridge, "search-own"), (lines[0].Action, lines[0].Who, lines[0].Why));
        Assert.Equal(before + 1, await _intake.InDatabase(db => db.Audit.CountAsync()));
    }

    [Fact]
    public async Task What_the_metadata_offers_can_be_searched_by()
    {
        using var gp = _intake.GpSystem();
        var statement = await (await gp.GetAsync(new Uri("/fhir/metadata", UriKind.Relative), Ct)).Json();

        var offered = statement["rest"]![0]!["resource"]!.AsArray()
            .SelectMany(r => r!["searchParam"]?.AsArray().Select(p => (Type: (string)r["type"]!, Name: (string)p!["name"]!)) ?? []).ToList();
        foreach (var (type, name) in offered)
        {
            using var form = Form((name, name switch { "status" => type == "Task" ? "requested" : type == "DocumentReference" ? "current" : "active", "business-status" => "aangemeld", "_lastUpdated" => "2026", _ => "x" }));
            var answer = await gp.PostAsync(new Uri($"/fhir/{type}/_search", UriKind.Relative), form, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Contains(("Task", "focus"), offered);
        Assert.Contains(("ServiceRequest", "identifier"), offered);
    }

    internal static async Task<JsonNode> Search(HttpClient gp, string query) => await (await gp.GetAsync(
        query.StartsWith("http", StringComparison.Ordinal) ? new Uri(query) : new Uri($"/fhir/{query}", UriKind.Relative), TestContext.Current.CancellationToken)).Json();

    internal static List<JsonNode> Entries(JsonNode bundle)
    {
        Assert.Equal("Bundle searchset", $"{bundle["resourceType"]} {bundle["type"]}");
        return [.. bundle["entry"]?.AsArray().Select(e => e!) ?? []];
    }

    internal static string? Link(JsonNode bundle, string relation) =>
        (string?)bundle["link"]!.AsArray().SingleOrDefault(l => (string?)l!["relation"] == relation)?["url"];

    private static async Task<string[]> Numbers(HttpClient gp, string query) => Numbers(await Search(gp, $"ServiceRequest?{query}"));

    private static string[] Numbers(JsonNode bundle) => [.. Entries(bundle).Select(e => (string)e["resource"]!["identifier"]![0]!["value"]!)];

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    /// <summary>Five referrals of one practice, a minute apart.</summary>
    public sealed class Practices : IAsyncLifetime
    {
        public IntakeHost Intake { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Intake.InitializeAsync();
            using var gp = Intake.GpSystem();
            for (var i = 1; i <= 5; i++)
            {
                Assert.Equal(HttpStatusCode.Created, (await gp.PostFhir("/fhir", ReferralMessage.Bundle($"S{i}"))).StatusCode);
                Intake.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        public ValueTask DisposeAsync() => Intake.DisposeAsync();
    }
}
