using System.Net;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Surroundings;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.ReferralIntake.Tests.Receiving;

public sealed class ReceiveReferralTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Xml(JsonObject bundle) => new FhirXmlSerializer().SerializeToString(new FhirJsonDeserializer().Deserialize<Bundle>(bundle.ToJsonString()));

    private static string ANumber() => $"V{Guid.NewGuid():N}";

    [Fact]
    public async Task A_referral_is_stored_together_with_the_message_that_tells_of_it()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();

        var answer = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = Guid.Parse(answer.Headers.Location!.Segments[^1]);
        var (stored, told) = await intake.InDatabase(async db => (
            await db.Referrals.SingleAsync(r => r.SourceValue == number),
            (await db.Outbox.ToListAsync()).Select(m => m.Read()).OfType<ReferralReceived>().Single(m => m.ReferralId == id)));
        Assert.Equal((id, "Tess Testpersoon", "999911120"), (stored.Id, stored.Resident.Name, stored.Resident.Bsn));
        Assert.Equal(("1182", "routine", "twijfel"), (told.PostcodeDigits, told.Priority, Assert.Single(told.Criteria)));
    }

    [Fact]
    public async Task The_same_referral_again_is_answered_as_the_first_time()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        var first = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number));

        var again = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(1, await intake.InDatabase(db => db.Referrals.CountAsync(r => r.SourceValue == number)));
    }

    [Fact]
    public async Task Many_copies_at_once_make_one_referral()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => gp.PostFhir("/fhir", ReferralMessage.Bundle(number))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(31, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Single(answers.Select(a => a.Headers.Location).Distinct());
    }

    [Fact]
    public async Task Another_referral_under_the_same_number_is_a_conflict()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();
        await gp.PostFhir("/fhir", ReferralMessage.Bundle(number));

        var other = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number, b => b.Resource(1)["birthDate"] = "1981-01-01"));

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(["error conflict ServiceRequest.identifier"], await other.Issues());
    }

    [Fact]
    public async Task Two_practices_may_use_the_same_number()
    {
        using var bridge = intake.GpSystem();
        using var harbour = intake.GpSystem(IntakeHost.Harbour);
        var number = ANumber();

        var answers = new[] { await bridge.PostFhir("/fhir", ReferralMessage.Bundle(number)), await harbour.PostFhir("/fhir", ReferralMessage.Bundle(number)) };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
    }

    [Fact]
    public async Task A_single_request_with_everything_contained_is_a_referral_too()
    {
        using var gp = intake.GpSystem();
        var bundle = ReferralMessage.Bundle(ANumber());
        var request = bundle.Resource(0).DeepClone().AsObject();
        request["contained"] = new JsonArray([.. Enumerable.Range(1, 3).Select(i => { var r = bundle.Resource(i).DeepClone(); r["id"] = $"c{i}"; return r; })]);
        (request["subject"]!["reference"], request["requester"]!["reference"]) = ("#c1", "#c2");
        request["contained"]![1]!["organization"]!["reference"] = "#c3";

        var answer = await gp.PostFhir("/fhir/ServiceRequest", request);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var back = await gp.GetAsync(answer.Headers.Location);
        Assert.Equal("active", (string?)(await back.Json())["status"]);
    }

    [Fact]
    public async Task Every_reason_for_a_refusal_is_told_at_once()
    {
        using var gp = intake.GpSystem();
        var before = await intake.InDatabase(db => db.Referrals.CountAsync());

        var answer = await gp.PostFhir("/fhir/ServiceRequest", """{"resourceType":"ServiceRequest"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(
            ["error required ServiceRequest.status", "error required ServiceRequest.intent", "error required ServiceRequest.code",
            "error required ServiceRequest.subject", "error required ServiceRequest.requester"],
            (await answer.Issues()).Where(i => i.StartsWith("error", StringComparison.Ordinal)));
        Assert.Equal(before, await intake.InDatabase(db => db.Referrals.CountAsync()));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "status completed", "error value Bundle.entry[0].resource.status" },
        { "intent plan", "error value Bundle.entry[0].resource.intent" },
        { "other service", "error code-invalid Bundle.entry[0].resource.code" },
        { "no name", "error required Bundle.entry[1].resource.name" },
        { "no birth date", "error required Bundle.entry[1].resource.birthDate" },
        { "unreachable", "error required Bundle.entry[1].resource.telecom" },
        { "no practice number", "error required Bundle.entry[3].resource.identifier" },
        { "short practice number", "error value Bundle.entry[3].resource.identifier" },
        { "zeroes for a BSN", "error value Bundle.entry[1].resource.identifier[0].value" },
        { "no resident", "error required Bundle.entry[0].resource.subject" },
        { "no referrer", "error required Bundle.entry[0].resource.requester" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_nobody_could_act_on_is_refused_with_its_element(string defect, string expected)
    {
        using var gp = intake.GpSystem();
        var number = ANumber();

        var answer = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number, b => Spoil(b, defect)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal([expected], (await answer.Issues()).Where(i => i.StartsWith("error", StringComparison.Ordinal)));
        Assert.Equal(0, await intake.InDatabase(db => db.Referrals.CountAsync(r => r.SourceValue == number)));
    }

    private static void Spoil(JsonObject bundle, string defect)
    {
        var (request, patient, practice) = (bundle.Resource(0), bundle.Resource(1), bundle.Resource(3));
        _ = defect switch
        {
            "status completed" => request["status"] = "completed",
            "intent plan" => request["intent"] = "plan",
            "other service" => request["code"] = JsonNode.Parse("""{ "text": "Fysiotherapie" }"""),
            "no name" => patient.Remove("name"),
            "no birth date" => patient.Remove("birthDate"),
            "unreachable" => patient.Remove("telecom") && patient.Remove("address"),
            "no practice number" => practice.Remove("identifier"),
            "short practice number" => practice["identifier"]![0]!["value"] = "123",
            "zeroes for a BSN" => patient["identifier"]![0]!["value"] = "000000000",
            "no resident" => request["subject"]!["reference"] = "urn:uuid:nobody",
            "no referrer" => request.Remove("requester"),
            _ => throw new ArgumentOutOfRangeException(nameof(defect)),
        };
    }

    public static TheoryData<string, string> Warnings => new()
    {
        { "BSN fails", "warning value Bundle.entry[1].resource.identifier[0].value" },
        { "no BSN", "warning required Bundle.entry[1].resource.identifier" },
        { "no criterion", "warning informational Bundle.entry[0].resource.reasonCode" },
        { "urgent", "warning business-rule Bundle.entry[0].resource.priority" },
        { "unknown element", "warning value Bundle.entry[0].resource.unknown" },
        { "unknown ICPC", "warning code-invalid Bundle.entry[0].resource.reasonCode[0].coding[0].code" },
    };

    [Theory]
    [MemberData(nameof(Warnings))]
    public async Task What_is_merely_missing_is_accepted_with_a_warning(string defect, string expected)
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir("/fhir", ReferralMessage.Bundle(ANumber(), b => _ = defect switch
        {
            "BSN fails" => b.Resource(1)["identifier"]![0]!["value"] = "123456789",
            "no BSN" => b.Resource(1).Remove("identifier"),
            "no criterion" => b.Resource(0)["reasonCode"] = JsonNode.Parse("""[ { "text": "Somber" } ]"""),
            "urgent" => b.Resource(0)["priority"] = "stat",
            "unknown element" => b.Resource(0)["unknown"] = 1,
            _ => b.Resource(0)["reasonCode"]![0]!["coding"]!.AsArray()[0] = JsonNode.Parse("""{ "system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "Q99" }"""),
        }));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var issues = (await answer.Json())["entry"]![0]!["response"]!["outcome"]!["issue"]!.AsArray();
        Assert.Contains(expected, issues.Select(i => $"{i!["severity"]} {i["code"]} {i["expression"]?[0]}"));
    }

    [Theory]
    [InlineData("""{"more":1}""")]
    [InlineData("x")]
    [InlineData("// and that was it")]
    public async Task Whatever_comes_behind_a_good_referral_is_refused(string behind)
    {
        using var gp = intake.GpSystem();
        var good = ReferralMessage.Bundle(Guid.NewGuid().ToString()).ToJsonString();

        var refused = await gp.PostFhir("/fhir", $"{good} {behind}", "application/fhir+json");
        var taken = await gp.PostFhir("/fhir", $"{good} \n", "application/fhir+json");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Created), (refused.StatusCode, taken.StatusCode));
    }

    [Theory]
    [InlineData("""{"resourceType":"ServiceRequest","status":""", "application/fhir+json", 400)]
    [InlineData("""[{"resourceType":"ServiceRequest"}]""", "application/fhir+json", 400)]
    [InlineData("""{"resourceType":"ServiceRequest"} {"more":1}""", "application/fhir+json", 400)]
    [InlineData("{}", "application/fhir+json", 400)]
    [InlineData("", "application/fhir+json", 400)]
    [InlineData("""<!DOCTYPE x [<!ENTITY y "z">]><ServiceRequest xmlns="http://hl7.org/fhir"><id value="&y;"/></ServiceRequest>""", "application/fhir+xml", 400)]
    [InlineData("<ServiceRequest", "application/fhir+xml", 400)]
    [InlineData("resourceType=ServiceRequest", "text/plain", 415)]
    [InlineData("""{"resourceType":"ServiceRequest"}""", "application/fhir+json; fhirVersion=3.0", 400)]
    public async Task What_is_no_FHIR_is_refused_as_an_OperationOutcome(string body, string mediaType, int status)
    {
        using var gp = intake.GpSystem();

        var answer = await gp.PostFhir("/fhir/ServiceRequest", body, mediaType);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(await answer.Issues());
    }

    [Theory]
    [InlineData("application/fhir+json")]
    [InlineData("application/fhir+xml")]
    public async Task What_is_taken_is_given_back_however_deep_it_is(string mediaType)
    {
        using var gp = intake.GpSystem();
        var isXml = mediaType.EndsWith("xml", StringComparison.Ordinal);
        var statuses = new List<HttpStatusCode>();

        for (var levels = 20; levels < 34; levels++)
        {
            var number = ANumber();
            var message = isXml
                ? Xml(ReferralMessage.Bundle(number)).Replace("<identifier", $"{Repeat("<extension url=\"urn:x\">", levels)}{Repeat("</extension>", levels)}<identifier", StringComparison.Ordinal)
                : ReferralMessage.Bundle(number).ToJsonString().Replace("\"resourceType\":\"ServiceRequest\",",
                    $"\"resourceType\":\"ServiceRequest\",\"extension\":{Repeat("""[{"url":"urn:x","extension":""", levels)}[]{Repeat("}]", levels)},", StringComparison.Ordinal);
            var answer = await gp.PostFhir("/fhir", message, mediaType);
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                using var found = await gp.GetAsync(new Uri($"/fhir/ServiceRequest?identifier={number}", UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, found.StatusCode);
            }
        }

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.BadRequest], statuses.Distinct()); // first taken, from somewhere on refused
    }

    [Fact]
    public async Task A_name_in_the_wrong_case_is_read_as_the_name_it_nearly_is()
    {
        using var gp = intake.GpSystem();
        var number = ANumber();

        var answer = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number, b =>
        {
            b.Resource(0).Remove("priority");
            b.Resource(0)["Priority"] = "urgent";
        }));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("urgent", await intake.InDatabase(db => db.Referrals.Where(r => r.SourceValue == number).Select(r => r.Priority).SingleAsync()));
    }

    [Fact]
    public async Task Thirty_megabytes_and_ten_thousand_levels_leave_the_service_alive()
    {
        using var gp = intake.GpSystem();

        var large = await gp.PostFhir("/fhir", new string(' ', 30_000_000));
        var deep = await gp.PostFhir("/fhir", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000));
        var deepXml = await gp.PostFhir("/fhir", string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000)), "application/fhir+xml");
        var after = await gp.PostFhir("/fhir", ReferralMessage.Bundle(ANumber()));

        Assert.Equal([413, 400, 400, 201], new[] { large, deep, deepXml, after }.Select(a => (int)a.StatusCode));
        Assert.Equal(["error too-long "], await large.Issues());
    }

    public static IEnumerable<TheoryDataRow<string>> Payloads => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "..", "shared", "payloads"), "*.*", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".md", StringComparison.Ordinal)).Select(f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task Whatever_others_wrote_is_taken_or_refused_completely(string file)
    {
        using var gp = intake.GpSystem();
        var body = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var isBundle = Path.GetFileName(file).StartsWith("Bundle", StringComparison.Ordinal);

        var answer = await gp.PostFhir(isBundle ? "/fhir" : "/fhir/ServiceRequest", body, file.EndsWith("xml", StringComparison.Ordinal) ? "application/fhir+xml" : "application/fhir+json");

        Assert.InRange((int)answer.StatusCode, 400, 422); // none of them asks for a verkennend gesprek
        Assert.All((await answer.Issues()).Where(i => i.StartsWith("error", StringComparison.Ordinal)), i => Assert.Equal(3, i.Split(' ').Length));
    }
}
