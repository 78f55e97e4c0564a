using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Documenting;

/// <summary>The documents of one referral, in whatever order they come.</summary>
public sealed class ReceiveDocumentTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static int _number = 400_000_000;

    private static string ANumber() => $"ZD{Interlocked.Increment(ref _number)}";

    private static JsonObject Document(string kind, string number, Action<JsonObject>? bend = null)
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, $"contracts/fhir/examples/document-{kind}.json")))!.AsObject();
        (document["id"], document["identifier"]!["value"]) = ($"{Guid.NewGuid()}", $"urn:uuid:{Guid.NewGuid()}");
        document.Resource(0)["identifier"]!["value"] = number;
        if (kind == "appointment-request")
        {
            document.Resource(1)["identifier"]![0]!["value"] = $"D{number}";
        }

        bend?.Invoke(document);
        return document;
    }

    [Theory]
    [InlineData("appointment-request", "referral-letter")]
    [InlineData("referral-letter", "appointment-request")]
    public async Task A_letter_is_with_its_referral_whichever_comes_first(string first, string second)
    {
        using var gp = intake.GpSystem();
        var number = ANumber();

        var answers = new[] { await gp.PostFhir("/fhir/Bundle", Document(first, number)), await gp.PostFhir("/fhir/Bundle", Document(second, number)) };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        var files = await Files(number);
        Assert.Equal("Reden\nSinds een half jaar somber.\nSchulden spelen mee.", Encoding.UTF8.GetString(Assert.Single(files)));
    }

    [Fact]
    public async Task The_same_document_again_is_one_and_another_under_its_key_is_a_conflict()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        await gp.PostFhir("/fhir/Bundle", Document("appointment-request", number));
        var letter = Document("referral-letter", number);

        var first = await gp.PostFhir("/fhir/Bundle", letter);
        var again = await gp.PostFhir("/fhir/Bundle", letter);
        letter.Resource(0)["title"] = "Een andere brief";
        var other = await gp.PostFhir("/fhir/Bundle", letter);

        Assert.Equal([201, 200, 409], new[] { first, again, other }.Select(a => (int)a.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Single(await Files(number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancellation_withdraws_the_referral_also_when_it_came_first(bool cancellationFirst)
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        string[] order = cancellationFirst ? ["cancellation", "referral-letter", "appointment-request"] : ["appointment-request", "referral-letter", "cancellation"];

        foreach (var kind in order)
        {
            Assert.Equal(HttpStatusCode.Created, (await gp.PostFhir("/fhir/Bundle", Document(kind, number))).StatusCode);
        }

        var state = await intake.InDatabase(async db =>
        {
            var id = await db.Referrals.Where(r => r.ZorgDomeinNumber == number).Select(r => r.Id).SingleAsync();
            return await db.Tasks.Where(t => t.ReferralId == id).Select(t => t.State).SingleAsync();
        });
        Assert.Equal(ReferralState.WithdrawnByReferrer, state);
        Assert.Single(await Files(number));
    }

    [Fact]
    public async Task A_document_of_another_practice_with_the_same_number_stays_apart()
    {
        using var bridge = intake.GpSystem();
        using var harbour = intake.GpSystem(IntakeHost.Harbour);
        var number = ANumber();
        await bridge.PostFhir("/fhir/Bundle", Document("appointment-request", number));

        var answer = await harbour.PostFhir("/fhir/Bundle", Document("cancellation", number));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("zodra de aanvraag", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(ReferralState.Registered, await intake.InDatabase(async db =>
        {
            var id = await db.Referrals.Where(r => r.ZorgDomeinNumber == number).Select(r => r.Id).SingleAsync();
            return await db.Tasks.Where(t => t.ReferralId == id).Select(t => t.State).SingleAsync();
        }));
    }

    [Fact]
    public async Task A_file_that_may_not_be_is_refused_before_the_document_is_kept()
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir("/fhir/Bundle", Document("referral-letter", ANumber(), d => d["entry"]!.AsArray().Add(JsonNode.Parse("""
            { "fullUrl": "urn:uuid:9b1c3f2e-0000-4000-8000-000000000001", "resource": { "resourceType": "DocumentReference", "status": "current",
              "content": [ { "attachment": { "contentType": "application/pdf", "data": "TVqQAAMAAAAEAAAA" } } ] } }
            """))));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(await answer.Issues(), i => i.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_in_the_transaction_itself_becomes_a_file_of_the_referral()
    {
        using var gp = intake.GpSystem();
        var number = $"F{Guid.NewGuid():N}";
        var bundle = ReferralMessage.Bundle(number);
        var binary = $"urn:uuid:{Guid.NewGuid()}";
        bundle["entry"]!.AsArray().Add(JsonNode.Parse($$"""
            { "fullUrl": "urn:uuid:{{Guid.NewGuid()}}", "request": { "method": "POST", "url": "DocumentReference" }, "resource": { "resourceType": "DocumentReference",
              "status": "current", "context": { "related": [ { "reference": "{{bundle["entry"]![0]!["fullUrl"]}}" } ] },
              "content": [ { "attachment": { "contentType": "text/plain", "url": "{{binary}}", "title": "../../brief.exe" } } ] } }
            """));
        bundle["entry"]!.AsArray().Add(JsonNode.Parse($$"""
            { "fullUrl": "{{binary}}", "request": { "method": "POST", "url": "Binary" }, "resource": { "resourceType": "Binary", "contentType": "text/plain",
              "data": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes("Een brief."))}}" } }
            """));

        var answer = await gp.PostFhir("/fhir", bundle);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var (file, content) = await intake.InDatabase(async db =>
        {
            var referral = await db.Referrals.SingleAsync(r => r.SourceValue == number);
            return (await db.Files.SingleAsync(f => f.ReferralId == referral.Id), referral.Content);
        });
        Assert.Equal(("brief.txt", "Een brief."), (file.Name, Encoding.UTF8.GetString(file.Content)));
        Assert.DoesNotContain("\"data\"", content, StringComparison.Ordinal);
    }

    private Task<List<byte[]>> Files(string number) => intake.InDatabase(async db =>
    {
        var id = await db.Referrals.Where(r => r.ZorgDomeinNumber == number).Select(r => r.Id).SingleAsync();
        return await db.Files.Where(f => f.ReferralId == id).Select(f => f.Content).ToListAsync();
    });
}
