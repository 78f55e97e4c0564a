using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Tests.Searching;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Supplementing;

public sealed class CameAlongTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_in_the_referrals_own_message_is_stored_with_it_once()
    {
        using var gp = intake.GpSystem();
        var bundle = WithLetter("C1", Files.Pdf()).ToJsonString();

        var answer = await gp.PostFhir("/fhir", bundle);
        var again = await gp.PostFhir("/fhir", bundle);
        var referral = answer.Headers.Location!.Segments[^1];
        var found = SearchTests.Entries(await SearchTests.Search(gp, $"DocumentReference?related=ServiceRequest/{referral}"));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (answer.StatusCode, again.StatusCode));
        var attachment = Assert.Single(found)["resource"]!["content"]![0]!["attachment"]!;
        Assert.Equal(Files.Pdf(), await gp.GetByteArrayAsync(new Uri($"/fhir/{attachment["url"]}", UriKind.Relative), Ct));
        Assert.Equal($"ServiceRequest/{referral}", (string?)found[0]["resource"]!["context"]!["related"]![0]!["reference"]);
        Assert.DoesNotContain("\"data\"", await gp.GetStringAsync(answer.Headers.Location, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_letter_makes_another_content_and_so_a_conflict()
    {
        using var gp = intake.GpSystem();
        await gp.PostFhir("/fhir", WithLetter("C2", Files.Pdf()));

        var other = await gp.PostFhir("/fhir", WithLetter("C2", Files.Pdf("/Lang (nl)")));

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task A_letter_contained_in_a_single_request_is_stored_too()
    {
        using var gp = intake.GpSystem();
        var bundle = ReferralMessage.Bundle("C3");
        var request = bundle.Resource(0);
        var contained = new JsonArray();
        foreach (var (entry, name) in bundle["entry"]!.AsArray().Skip(1).Zip(["patient", "role", "practice"]))
        {
            var resource = entry!["resource"]!.DeepClone();
            resource["id"] = name;
            contained.Add(resource);
        }

        (request["subject"]!["reference"], request["requester"]!["reference"]) = ("#patient", "#role");
        contained[1]!["organization"]!["reference"] = "#practice";
        contained.Add(JsonNode.Parse($$"""
            { "resourceType": "DocumentReference", "id": "letter", "status": "current", "content": [ { "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String(Files.Text)}}" } } ] }
            """));
        request["contained"] = contained;
        request["supportingInfo"] = JsonNode.Parse("""[ { "reference": "#letter" } ]""");

        var answer = await gp.PostFhir("/fhir/ServiceRequest", request.DeepClone());

        var referral = Guid.Parse(answer.Headers.Location!.Segments[^1]);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("bijlage-1.txt", await intake.InDatabase(db => db.Files.Where(f => f.ReferralId == referral).Select(f => f.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_letter_that_does_something_refuses_the_whole()
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir("/fhir", WithLetter("C4", Files.Encrypted));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("error security Bundle.entry[4].resource.content[0].attachment", await answer.Issues());
        Assert.False(await intake.InDatabase(db => db.Referrals.AnyAsync(r => r.SourceValue == "C4")));
    }

    [Fact]
    public async Task A_letter_that_is_only_pointed_at_does_not_stop_the_referral()
    {
        using var gp = intake.GpSystem();
        var bundle = WithLetter("C5", Files.Pdf());
        bundle["entry"]!.AsArray().RemoveAt(5);
        gp.DefaultRequestHeaders.Add("Prefer", "return=OperationOutcome");

        var answer = await gp.PostFhir("/fhir", bundle);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("Bundle.entry[4].resource", (await answer.Json()).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_five_files_are_told()
    {
        using var gp = intake.GpSystem();
        var bundle = WithLetter("C6", Files.Pdf());
        for (var i = 0; i < 5; i++)
        {
            bundle["entry"]!.AsArray().Add(Entry($"urn:uuid:{Guid.NewGuid()}", JsonNode.Parse($$"""
                { "resourceType": "DocumentReference", "status": "current", "content": [ { "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String([.. Files.Text, (byte)('a' + i)])}}" } } ] }
                """)!));
        }

        var answer = await gp.PostFhir("/fhir", bundle);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(await answer.Issues(), i => i.StartsWith("error too-long Bundle.entry[10]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_supplement_as_a_transaction_is_answered_entry_by_entry()
    {
        using var gp = intake.GpSystem();
        var referral = (await gp.PostFhir("/fhir", ReferralMessage.Bundle("C7"))).Headers.Location!.Segments[^1];
        var bundle = WithLetter("C7", Files.Pdf());
        bundle.Resource(4)["context"] = JsonNode.Parse($$"""{ "related": [ { "reference": "ServiceRequest/{{referral}}" } ] }""");
        new[] { 0, 0, 0, 0 }.ToList().ForEach(bundle["entry"]!.AsArray().RemoveAt);

        var answer = await gp.PostFhir("/fhir", bundle);
        var again = await gp.PostFhir("/fhir", bundle);

        var entries = (await answer.Json())["entry"]!.AsArray();
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (answer.StatusCode, again.StatusCode));
        Assert.StartsWith("DocumentReference/", (string?)entries[0]!["response"]!["location"], StringComparison.Ordinal);
        var binary = ((string)entries[1]!["response"]!["location"]!).Split("/_history")[0];
        Assert.Equal(Files.Pdf(), await gp.GetByteArrayAsync(new Uri($"/fhir/{binary}", UriKind.Relative), Ct));
        using var withoutScope = intake.App.WithToken(IntakeHost.Bridge, "system/ServiceRequest.c");
        Assert.Equal(HttpStatusCode.Forbidden, (await withoutScope.PostFhir("/fhir", bundle)).StatusCode);
    }

    /// <summary>A referral with a DocumentReference (entry 4) and its Binary (entry 5).</summary>
    internal static JsonObject WithLetter(string number, byte[] content)
    {
        var bundle = ReferralMessage.Bundle(number);
        var (document, binary) = ($"urn:uuid:{Guid.NewGuid()}", $"urn:uuid:{Guid.NewGuid()}");
        bundle.Resource(0)["supportingInfo"] = JsonNode.Parse($$"""[ { "reference": "{{document}}" } ]""");
        bundle["entry"]!.AsArray().Add(Entry(document, JsonNode.Parse($$"""
            { "resourceType": "DocumentReference", "status": "current", "description": "Verwijsbrief", "content": [ { "attachment": { "contentType": "application/pdf", "url": "{{binary}}", "title": "Verwijsbrief" } } ] }
            """)!));
        bundle["entry"]!.AsArray().Add(Entry(binary, new JsonObject { ["resourceType"] = "Binary", ["contentType"] = "application/pdf", ["data"] = Convert.ToBase64String(content) }));
        return bundle;
    }

    private static JsonObject Entry(string url, JsonNode resource) => new()
    {
        ["fullUrl"] = url,
        ["request"] = new JsonObject { ["method"] = "POST", ["url"] = (string?)resource["resourceType"] },
        ["resource"] = resource,
    };
}
