using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Supplementing;
using VGIntegration.ReferralIntake.Tests.Searching;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Supplementing;

public sealed class SupplementTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_supplement_is_stored_with_its_file_and_the_message_that_tells_of_it()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A1");

        var answer = await gp.PostFhir("/fhir/DocumentReference", Supplement(referral, "A1-brief", Files.Pdf(), "application/pdf", "../brief.docx"));
        var back = await (await gp.GetAsync(answer.Headers.Location, Ct)).Json();

        Assert.Equal((HttpStatusCode.Created, "W/\"1\""), (answer.StatusCode, answer.Headers.ETag?.ToString()));
        var attachment = back["content"]![0]!["attachment"]!;
        Assert.Equal(("application/pdf", "brief.pdf", Files.Pdf().Length, null), ((string?)attachment["contentType"], (string?)attachment["title"], (int)attachment["size"]!, (string?)attachment["data"]));
        Assert.Equal($"ServiceRequest/{referral}", (string?)back["context"]!["related"]![0]!["reference"]);
        Assert.Equal(Files.Pdf(), await gp.GetByteArrayAsync(new Uri($"/fhir/{attachment["url"]}", UriKind.Relative), Ct));
        var told = (await intake.InDatabase(db => db.Outbox.ToListAsync())).Select(m => m.Read()).OfType<ReferralSupplemented>().Single(m => m.ReferralId == referral);
        Assert.Equal((2, answer.Headers.Location!.Segments[^1]), (told.Sequence, $"{told.DocumentReferenceId}"));
        Assert.Equal(["C", "R"], await intake.InDatabase(db => db.Audit.Where(a => a.What == $"DocumentReference/{told.DocumentReferenceId}").Select(a => a.Action).Order().ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_Binary_that_was_sent_before_is_taken_up()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A2");
        using var raw = new ByteArrayContent(Files.Jpeg()) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };

        var first = await gp.PostAsync(new Uri("/fhir/Binary", UriKind.Relative), raw, Ct);
        var second = await gp.PostFhir("/fhir/Binary", new JsonObject { ["resourceType"] = "Binary", ["contentType"] = "text/plain", ["data"] = Convert.ToBase64String(Files.Text) });
        var supplement = Supplement(referral, "A2-foto", null, "image/jpeg", "foto");
        supplement["content"]![0]!["attachment"]!["url"] = $"Binary/{first.Headers.Location!.Segments[^1]}";
        supplement["content"]!.AsArray().Add(JsonNode.Parse($$"""{ "attachment": { "contentType": "text/plain", "url": "{{second.Headers.Location}}" } }"""));
        var answer = await gp.PostFhir("/fhir/DocumentReference", supplement);
        var back = await answer.Json();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode, answer.StatusCode));
        Assert.Equal(["foto.jpg", "bijlage-2.txt"], back["content"]!.AsArray().Select(c => (string?)c!["attachment"]!["title"]));
        Assert.Equal(Files.Text, await gp.GetByteArrayAsync(new Uri($"/fhir/{back["content"]![1]!["attachment"]!["url"]}", UriKind.Relative), Ct));
    }

    [Fact]
    public async Task A_contained_Binary_and_a_referral_by_its_own_number_are_understood()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A3");
        var supplement = Supplement(referral, "A3-tekst", null, "text/plain", "x");
        supplement["contained"] = new JsonArray(new JsonObject { ["resourceType"] = "Binary", ["id"] = "b", ["contentType"] = "text/plain", ["data"] = Convert.ToBase64String(Files.Text) });
        supplement["content"]![0]!["attachment"]!["url"] = "#b";
        supplement["context"]!["related"] = JsonNode.Parse("""[ { "identifier": { "system": "http://his.example/verwijzing", "value": "A3" } } ]""");

        var answer = await gp.PostFhir("/fhir/DocumentReference", supplement);

        var back = await answer.Json();
        Assert.Equal((HttpStatusCode.Created, $"ServiceRequest/{referral}"), (answer.StatusCode, (string?)back["context"]!["related"]![0]!["reference"]));
        Assert.Null(back["contained"]);
    }

    [Fact]
    public async Task The_same_supplement_is_one_and_another_with_its_number_is_a_conflict()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A4");
        var (numbered, unnumbered) = (Supplement(referral, "A4-brief", Files.Pdf()), Supplement(referral, null, Files.Text, "text/plain"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => gp.PostFhir("/fhir/DocumentReference", (i % 2 == 0 ? numbered : unnumbered).ToJsonString())));
        var other = await gp.PostFhir("/fhir/DocumentReference", Supplement(referral, "A4-brief", Files.Png(), "image/png"));

        Assert.Equal(2, answers.Select(a => a.Headers.Location).Distinct().Count());
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Created], answers.Select(a => a.StatusCode).Order());
        Assert.Equal((HttpStatusCode.Conflict, "error conflict DocumentReference.identifier"), (other.StatusCode, (await other.Issues())[0]));
        Assert.Equal(2, await intake.InDatabase(db => db.Files.CountAsync(f => f.ReferralId == referral)));
    }

    [Fact]
    public async Task A_referral_has_five_files_whoever_is_first()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A5");

        var answers = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => gp.PostFhir("/fhir/DocumentReference", Supplement(referral, $"A5-{i}", Files.Pdf($"/Lang (n{i})")))));

        Assert.Equal(5, answers.Count(a => a.StatusCode is HttpStatusCode.Created));
        Assert.All(answers.Where(a => a.StatusCode is not HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.StatusCode));
        Assert.Equal(5, await intake.InDatabase(db => db.Files.CountAsync(f => f.ReferralId == referral)));
    }

    [Theory]
    [InlineData("{}", 400, "structure")]
    [InlineData("""{ "resourceType": "Patient" }""", 422, "value Patient")]
    [InlineData("""{ "resourceType": "DocumentReference", "status": "current" }""", 422, "required DocumentReference.context.related")]
    [InlineData("""{ "resourceType": "DocumentReference", "status": "current", "context": { "related": [ { "reference": "ServiceRequest/none" } ] } }""", 404, "not-found DocumentReference.context.related")]
    public async Task What_is_no_supplement_is_told(string body, int status, string issue)
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir("/fhir/DocumentReference", body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(await answer.Issues(), i => i.StartsWith($"error {issue}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_supplement_is_told_at_once_and_nothing_is_stored()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A6");
        var supplement = Supplement(referral, "A6-brief", Files.Jpeg(), "application/pdf", "foto.pdf");
        supplement["status"] = "superseded";
        supplement["content"]!.AsArray().Add(JsonNode.Parse("""{ "attachment": { "contentType": "application/pdf", "url": "https://elsewhere.test/brief.pdf" } }"""));

        var answer = await gp.PostFhir("/fhir/DocumentReference", supplement);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(
            ["error value DocumentReference.content[0].attachment.contentType", "error not-found DocumentReference.content[1].attachment.url", "error value DocumentReference.status"],
            await answer.Issues());
        Assert.False(await intake.InDatabase(db => db.Documents.AnyAsync(d => d.ReferralId == referral)));
    }

    [Theory]
    [InlineData("application/pdf", "encrypted", 422)]
    [InlineData("application/pdf", "jpeg", 422)]
    [InlineData("application/zip", "jpeg", 415)]
    [InlineData("text/plain", "large", 413)]
    public async Task A_Binary_that_cannot_be_taken_is_refused(string contentType, string what, int status)
    {
        using var gp = intake.GpSystem();
        using var raw = new ByteArrayContent(what switch { "encrypted" => Files.Encrypted, "large" => new byte[(10 << 20) + 1], _ => Files.Jpeg() })
        {
            Headers = { ContentType = new MediaTypeHeaderValue(contentType) },
        };

        var answer = await gp.PostAsync(new Uri("/fhir/Binary", UriKind.Relative), raw, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Single(await answer.Issues());
    }

    [Fact]
    public async Task A_referral_that_has_ended_takes_no_supplement_and_says_what_can_be_done()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A7");
        var supplement = Supplement(referral, "A7-brief", Files.Pdf()).ToJsonString();
        var before = await gp.PostFhir("/fhir/DocumentReference", supplement);
        await intake.InDatabase(async db => await db.Tasks.Where(t => t.ReferralId == referral)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.State, ReferralIntake.Following.ReferralState.AdviceReturned)));

        var replay = await gp.PostFhir("/fhir/DocumentReference", supplement);
        var late = await gp.PostFhir("/fhir/DocumentReference", Supplement(referral, "A7-later", Files.Pdf()));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (before.StatusCode, replay.StatusCode, late.StatusCode));
        Assert.Equal(["error business-rule "], await late.Issues());
        Assert.Contains("advies-teruggekoppeld", (await late.Json())["issue"]![0]!["diagnostics"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_comes_as_itself_to_be_saved_or_as_FHIR_where_that_is_asked()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A8");
        var sent = await (await gp.PostFhir("/fhir/DocumentReference", Supplement(referral, "A8", Files.Png(), "image/png", "schermafdruk é"))).Json();
        var url = new Uri($"/fhir/{sent["content"]![0]!["attachment"]!["url"]}", UriKind.Relative);

        var raw = await gp.GetAsync(url, Ct);
        var json = await As(gp, url, "application/fhir+json");
        var xml = await As(gp, url, "application/fhir+xml");
        var image = await As(gp, url, "image/png");

        Assert.Equal(("image/png", "attachment"), (raw.Content.Headers.ContentType!.MediaType, raw.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("schermafdruk é.png", raw.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal(("nosniff", "sandbox; default-src 'none'; frame-ancestors 'none'", "no-store"), (Header(raw, "X-Content-Type-Options"), Header(raw, "Content-Security-Policy"), raw.Headers.CacheControl!.ToString()));
        Assert.Equal(Files.Png(), Convert.FromBase64String((string)(await json.Json())["data"]!));
        Assert.Equal("application/fhir+xml", xml.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Files.Png(), await image.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task Another_practice_sees_nothing_of_it()
    {
        using var bridge = intake.GpSystem();
        using var harbour = intake.GpSystem(IntakeHost.Harbour);
        var referral = await AReferral(bridge, "A9");
        var sent = await (await bridge.PostFhir("/fhir/DocumentReference", Supplement(referral, "A9", Files.Pdf()))).Json();
        var (id, binary) = ((string)sent["id"]!, (string)sent["content"]![0]!["attachment"]!["url"]!);
        var theirs = await AReferral(harbour, "A9");
        var stolen = Supplement(theirs, "A9-x", null);
        stolen["content"]![0]!["attachment"]!["url"] = binary;

        var answers = new[]
        {
            await harbour.GetAsync(new Uri($"/fhir/DocumentReference/{id}", UriKind.Relative), Ct),
            await harbour.GetAsync(new Uri($"/fhir/{binary}", UriKind.Relative), Ct),
            await harbour.PostFhir("/fhir/DocumentReference", Supplement(referral, "A9-y", Files.Pdf())),
        };
        var found = await SearchTests.Search(harbour, $"DocumentReference?related=ServiceRequest/{referral}");
        var taken = await harbour.PostFhir("/fhir/DocumentReference", stolen);

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.NotFound, a.StatusCode));
        Assert.Empty(SearchTests.Entries(found));
        Assert.Equal(["error not-found DocumentReference.content[0].attachment.url"], await taken.Issues());
    }

    [Theory]
    [InlineData("related=ServiceRequest/{0}", 2)]
    [InlineData("related={0}&_count=1", 1)]
    [InlineData("related={0}&identifier=http://his.example/brief|D1", 1)]
    [InlineData("related={0}&status=current", 2)]
    [InlineData("related={0}&status=superseded", 0)]
    [InlineData("related={0}&_lastUpdated=lt2026", 0)]
    [InlineData("related={0}&_id=unknown", 0)]
    [InlineData("related=Task/{0}", 0)]
    public async Task Supplements_are_found_without_their_bytes(string query, int expected)
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "D");
        await gp.PostFhir("/fhir/DocumentReference", Supplement(referral, "D1", Files.Pdf()));
        await gp.PostFhir("/fhir/DocumentReference", Supplement(referral, "D2", Files.Png(), "image/png"));

        var bundle = await SearchTests.Search(gp, $"DocumentReference?{string.Format(System.Globalization.CultureInfo.InvariantCulture, query, referral)}");

        Assert.Equal(expected, SearchTests.Entries(bundle).Count);
        Assert.All(SearchTests.Entries(bundle), e => Assert.StartsWith("Binary/", (string?)e["resource"]!["content"]![0]!["attachment"]!["url"], StringComparison.Ordinal));
        Assert.DoesNotContain("\"data\"", bundle.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Binary_that_no_document_takes_up_is_forgotten_after_a_day()
    {
        using var gp = intake.GpSystem();
        using var raw = new ByteArrayContent(Files.Pdf()) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        var binary = await gp.PostAsync(new Uri("/fhir/Binary", UriKind.Relative), raw, Ct);
        var taken = await (await gp.PostFhir("/fhir/DocumentReference", Supplement(await AReferral(gp, "A10"), "A10", Files.Pdf()))).Json();

        await intake.InDatabase(db => ForgetFiles.Run(db, intake.Clock.GetUtcNow().AddHours(23), Ct));
        var soon = await gp.GetAsync(binary.Headers.Location, Ct);
        await intake.InDatabase(db => ForgetFiles.Run(db, intake.Clock.GetUtcNow().AddHours(25), Ct));
        var later = await gp.GetAsync(binary.Headers.Location, Ct);
        var used = await gp.GetAsync(new Uri($"/fhir/{taken["content"]![0]!["attachment"]!["url"]}", UriKind.Relative), Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK), (soon.StatusCode, later.StatusCode, used.StatusCode));
    }

    [Fact]
    public async Task The_planner_sees_the_files_by_way_of_planning_and_is_in_the_audit()
    {
        using var gp = intake.GpSystem();
        var referral = await AReferral(gp, "A11");
        await gp.PostFhir("/fhir/DocumentReference", Supplement(referral, "A11", Files.Pdf(), title: "vragenlijst"));
        using var planning = intake.App.WithToken("planning", "referral.attachment");
        planning.DefaultRequestHeaders.Add("X-On-Behalf-Of", "petra");
        planning.DefaultRequestHeaders.Add("X-Roles", "planner");

        var list = (await (await planning.GetAsync(new Uri($"/internal/referrals/{referral}/attachments", UriKind.Relative), Ct)).Json()).AsArray();
        var file = await planning.GetAsync(new Uri($"/internal/referrals/{referral}/attachments/{list[0]!["id"]}", UriKind.Relative), Ct);
        var elsewhere = await planning.GetAsync(new Uri($"/internal/referrals/{Guid.NewGuid()}/attachments/{list[0]!["id"]}", UriKind.Relative), Ct);

        Assert.Equal(("vragenlijst.pdf", "application/pdf"), ((string?)list[0]!["name"], (string?)list[0]!["contentType"]));
        Assert.Equal((Files.Pdf().Length, "sandbox; default-src 'none'; frame-ancestors 'none'"), ((await file.Content.ReadAsByteArrayAsync(Ct)).Length, Header(file, "Content-Security-Policy")));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        var look = await intake.InDatabase(db => db.Audit.SingleAsync(a => a.What == $"Binary/{list[0]!["id"]}" && a.Action == "R"));
        Assert.Equal(("planning", "petra"), (look.Who, look.OnBehalfOf));
    }

    [Theory]
    [InlineData("planning", "referral.contact")]
    [InlineData("feedback", "referral.recipient")]
    [InlineData(IntakeHost.Bridge, "system/*.cruds")]
    public async Task Nobody_else_gets_the_files(string client, string scope)
    {
        using var other = intake.App.WithToken(client, scope);

        var answer = await other.GetAsync(new Uri($"/internal/referrals/{Guid.NewGuid()}/attachments", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    internal static JsonObject Supplement(
        Guid referral, string? number, byte[]? content, string contentType = "application/pdf", string title = "Brief")
    {
        var attachment = new JsonObject { ["contentType"] = contentType, ["title"] = title };
        if (content is not null)
        {
#pragma warning disable CA5350 // FHIR R4: Attachment.hash is the SHA-1 of the raw bytes
            (attachment["data"], attachment["size"], attachment["hash"]) = (Convert.ToBase64String(content), content.Length, Convert.ToBase64String(SHA1.HashData(content)));
#pragma warning restore CA5350
        }

        var document = new JsonObject
        {
            ["resourceType"] = "DocumentReference",
            ["status"] = "current",
            ["type"] = JsonNode.Parse("""{ "coding": [ { "system": "http://loinc.org", "code": "57133-1" } ] }"""),
            ["content"] = new JsonArray(new JsonObject { ["attachment"] = attachment }),
            ["context"] = new JsonObject { ["related"] = new JsonArray(new JsonObject { ["reference"] = $"ServiceRequest/{referral}" }) },
        };
        if (number is not null)
        {
            document["identifier"] = new JsonArray(new JsonObject { ["system"] = "http://his.example/brief", ["value"] = number });
        }

        return document;
    }

    private static async Task<Guid> AReferral(HttpClient gp, string number) =>
        Guid.Parse((await gp.PostFhir("/fhir", ReferralMessage.Bundle(number))).Headers.Location!.Segments[^1]);

    private static async Task<HttpResponseMessage> As(HttpClient gp, Uri url, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } };
        return await gp.SendAsync(request, Ct);
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join('|', answer.Headers.GetValues(name));
}
