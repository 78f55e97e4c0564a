using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Surroundings;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.ReferralIntake.Tests.Reading;

/// <summary>The same referral, by every way in.</summary>
public sealed class WaysInTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static string ANumber() => $"W{Guid.NewGuid():N}";

    private static JsonObject Example(string name, string number)
    {
        var example = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, $"contracts/fhir/examples/{name}.json")))!.AsObject();
        var request = (string?)example["resourceType"] == "ServiceRequest"
            ? example : example["entry"]!.AsArray().Select(e => e!["resource"]!.AsObject()).First(r => (string?)r["resourceType"] == "ServiceRequest");
        request["identifier"]![0]!["value"] = number;
        return example;
    }

    [Theory]
    [InlineData("transaction-bundle", "/fhir", 201)]
    [InlineData("service-request", "/fhir/ServiceRequest", 201)]
    [InlineData("message-bundle", "/fhir/$process-message", 200)]
    [InlineData("document-appointment-request", "/fhir/Bundle", 201)]
    public async Task Each_way_in_stores_the_same_referral(string example, string address, int status)
    {
        using var gp = intake.GpSystem();
        var number = ANumber();

        var answer = await gp.PostFhir(address, Example(example, number));
        var again = await gp.PostFhir(address, Example(example, number));

        Assert.Equal((status, 200), ((int)answer.StatusCode, (int)again.StatusCode));
        var stored = await intake.InDatabase(db => db.Referrals.SingleAsync(r => r.SourceValue == number));
        Assert.Equal(("Annelies Voorbeeld", "999911120", "06 12345678", "1181AB"), (stored.Resident.Name, stored.Resident.Bsn, stored.Resident.Telephones, stored.Resident.PostalCode));
        Assert.Equal(("dr. Hanna Huisman", "sociale-problematiek twijfel"), (stored.Referrer, stored.Criteria));
        Assert.Contains("Klacht: Depressie", stored.Reason!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transaction-bundle", "/fhir/ServiceRequest", "[base].")]
    [InlineData("service-request", "/fhir", "[base]/ServiceRequest.")]
    [InlineData("message-bundle", "/fhir", "[base]/$process-message.")]
    [InlineData("document-appointment-request", "/fhir", "[base]/Bundle.")]
    public async Task Who_mistakes_the_address_is_told_the_right_one(string example, string address, string right)
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir(address, Example(example, ANumber()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(right, (string?)(await answer.Json())["issue"]![0]!["diagnostics"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ok", 200)]
    [InlineData("fatal-error", 422)]
    public async Task A_message_is_answered_with_a_message(string code, int status)
    {
        using var gp = intake.GpSystem();
        var message = Example("message-bundle", ANumber());
        message.Resource(1)["status"] = code == "ok" ? "active" : "draft";

        var answer = await gp.PostFhir("/fhir/$process-message", message);

        var body = await answer.Json();
        var header = body["entry"]![0]!["resource"]!;
        Assert.Equal((status, "message", "MessageHeader"), ((int)answer.StatusCode, (string?)body["type"], (string?)header["resourceType"]));
        Assert.Equal(((string?)message.Resource(0)["id"], code), ((string?)header["response"]!["identifier"], (string?)header["response"]!["code"]));
        Assert.Equal("verwijzing", (string?)header["eventCoding"]!["code"]);
        Assert.Equal(code == "ok" ? "ServiceRequest" : "OperationOutcome", (string?)body["entry"]![1]!["resource"]!["resourceType"]);
    }

    [Fact]
    public async Task XML_and_gzip_are_the_same_referral()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        var json = Example("transaction-bundle", number).ToJsonString();
        var xml = new FhirXmlSerializer().SerializeToString(new FhirJsonDeserializer().Deserialize<Bundle>(json));

        var first = await gp.PostFhir("/fhir", json);
        var asXml = await gp.PostFhir("/fhir", xml, "application/fhir+xml");
        var packed = await Packed(gp, Encoding.UTF8.GetBytes(json));

        Assert.Equal([201, 200, 200], new[] { first, asXml, packed }.Select(a => (int)a.StatusCode));
    }

    [Fact]
    public async Task What_unpacks_to_more_than_the_limit_is_refused_and_what_is_no_gzip_too()
    {
        using var gp = intake.GpSystem();

        var bomb = await Packed(gp, new byte[200_000_000]);
        var broken = await Packed(gp, "{}"u8.ToArray(), pack: false);
        var other = await Packed(gp, "{}"u8.ToArray(), encoding: "br");
        var truncated = await Packed(gp, [.. Gzip(new byte[50_000]).Take(30)], pack: false);

        Assert.Equal([413, 400, 415, 400], new[] { bomb, broken, other, truncated }.Select(a => (int)a.StatusCode));
        Assert.NotEmpty(await bomb.Issues());
    }

    public static TheoryData<string> Links => ["urn", "relative", "absolute", "versioned", "conditional", "contained", "identifier"];

    [Theory]
    [MemberData(nameof(Links))]
    public async Task Every_kind_of_link_finds_the_resident(string kind)
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        var bundle = Example("transaction-bundle", number);
        var (subject, patient) = (bundle.Resource(0)["subject"]!, bundle["entry"]![1]!.AsObject());
        switch (kind)
        {
            case "relative":
                (patient["fullUrl"], subject["reference"]) = ("https://his.example/fhir/Patient/12", "Patient/12");
                break;
            case "absolute":
                (patient["fullUrl"], subject["reference"]) = ("https://his.example/fhir/Patient/12", "https://his.example/fhir/Patient/12");
                break;
            case "versioned":
                patient.Remove("fullUrl");
                (bundle.Resource(1)["id"], subject["reference"]) = ("12", "Patient/12/_history/3");
                break;
            case "conditional":
                subject["reference"] = "Patient?identifier=http://fhir.nl/fhir/NamingSystem/bsn|999911120";
                break;
            case "contained":
                var inside = bundle.Resource(1).DeepClone();
                inside["id"] = "p";
                bundle.Resource(0)["contained"] = new JsonArray(inside);
                subject["reference"] = "#p";
                break;
            case "identifier":
                bundle.Resource(0)["subject"] = JsonNode.Parse("""{ "identifier": { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "999911120" } }""");
                break;
        }

        var answer = await gp.PostFhir("/fhir", bundle);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var back = await (await gp.GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken)).Json();
        var resident = back["contained"]!.AsArray().Single(r => "#" + (string?)r!["id"] == (string?)back["subject"]!["reference"]);
        Assert.Equal("1984-03-12", (string?)resident!["birthDate"]);
    }

    [Fact]
    public async Task Whatever_came_along_is_given_back_even_when_nothing_pointed_to_it()
    {
        using var gp = intake.GpSystem();
        var bundle = Example("transaction-bundle", ANumber());
        bundle["entry"]!.AsArray().Add(JsonNode.Parse($$"""
            { "fullUrl": "urn:uuid:{{Guid.NewGuid()}}", "request": { "method": "POST", "url": "Consent" }, "resource": { "resourceType": "Consent",
              "status": "active", "scope": { "text": "privacy" }, "category": [ { "text": "verwijzing" } ], "policyRule": { "text": "WGBO" },
              "patient": { "reference": "{{bundle["entry"]![1]!["fullUrl"]}}" } } }
            """));

        var answer = await gp.PostFhir("/fhir", bundle);

        var back = await (await gp.GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken)).Json();
        var consent = back["contained"]!.AsArray().Single(r => (string?)r!["resourceType"] == "Consent")!;
        Assert.Contains(back["contained"]!.AsArray(), r => (string?)r!["resourceType"] == "Patient" && "#" + (string?)r["id"] == (string?)consent["patient"]!["reference"]);
        Assert.Contains(back["supportingInfo"]!.AsArray(), r => (string?)r!["reference"] == "#" + (string?)consent["id"]);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static async Task<HttpResponseMessage> Packed(HttpClient gp, byte[] content, bool pack = true, string encoding = "gzip")
    {
        using var body = new ByteArrayContent(pack ? Gzip(content) : content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        body.Headers.ContentEncoding.Add(encoding);
        return await gp.PostAsync(new Uri("/fhir", UriKind.Relative), body);
    }
}
