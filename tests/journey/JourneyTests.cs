using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using VGIntegration.Surroundings;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace VGIntegration.Journey.Tests;

/// <summary>One referral from huisarts to huisarts, through real processes.</summary>
public sealed class JourneyTests
{
    private const string Advice = "Mevrouw wil eerst haar schulden op orde, samen met het wijkteam.";

    private static readonly string[] Metrics = ["outbox_oldest_age_seconds", "delivery_oldest_age_seconds", "journeys"];

    private static readonly List<string> Road =
        ["ontvangen", "duo-voorgesteld", "afspraak-gepland", "gesprek-gevoerd", "advies-in-afstemming", "advies-teruggekoppeld"];

    // Marked, so that one search finds every trace of them.
    private static readonly TestPerson Person = new("Zoë", "Lekzoekster-Vindbaar", "999990019", "0687654321");

    [Fact]
    public async Task On_the_embedded_default()
    {
        using var practice = APractice();
        await using var region = await RunningRegion.InOneProcess(Repository.Results("journey-embedded"), new Uri($"{practice.Url}/fhir"));

        var subscription = await Subscribes(region, practice);
        await GoesAllTheWay(region, practice);
        await IsTakenBack(region, practice);
        await WasNotified(region, practice, subscription);
    }

    [Fact]
    public async Task On_RabbitMQ_with_PostgreSQL_as_one_trace_that_names_nobody()
    {
        using var practice = APractice();
        await using var telemetry = await OtlpStub.Start();
        var broker = await RabbitMqServer.Shared;
        var logs = Repository.Results("journey-rabbitmq");
        await using var region = await RunningRegion.OnRabbitMq(
            logs, await PostgreSqlServer.Shared, await broker.CreateVirtualHost(), new Uri($"{practice.Url}/fhir"), environment: telemetry.Environment);

        await GoesAllTheWay(region, practice);
        await IsTakenBack(region, practice);
        await Eventually.Is(() => Metrics.All(telemetry.Contains) && telemetry.Spans.Any(s => s.Service == "feedback"), TimeSpan.FromSeconds(60));
        await Task.WhenAll(region.Processes.Values.Select(p => p.Stop())); // what is still in memory goes out

        IsOneTrace(telemetry.Spans);
        await NamesNobody(telemetry, [logs, Path.GetDirectoryName(broker.Logs)!]);
    }

    private static WireMockServer APractice()
    {
        var practice = WireMockServer.Start();
        practice.Given(Request.Create().WithPath("/fhir/DocumentReference/*").UsingPut()).RespondWith(Response.Create()
            .WithStatusCode(201).WithHeader("Content-Type", "application/fhir+json")
            .WithBody("""{"resourceType":"DocumentReference","status":"current"}"""));
        practice.Given(Request.Create().WithPath("/fhir/Task/*").UsingPut()).RespondWith(Response.Create()
            .WithStatusCode(200).WithHeader("Content-Type", "application/fhir+json").WithBody("""{"resourceType":"Task"}"""));
        practice.Given(Request.Create().WithPath("/fhir/meldingen").UsingPost()).RespondWith(Response.Create().WithStatusCode(204));
        return practice;
    }

    private static async Task GoesAllTheWay(RunningRegion region, WireMockServer practice)
    {
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromSeconds(60));

        var referral = await gp.Refer("J1", Person);
        await Eventually.Is(async () => (await gp.Task(referral)).BusinessStatus == "duo-voorgesteld");
        await people.Book(referral);
        await IsReadByThePlannersOwnSystem(region, referral);
        await people.Hold(referral);
        await people.Advise(referral, Advice);
        await Eventually.Is(async () => (await gp.Task(referral)).Status == "completed");

        var letter = Assert.Single(Got(practice, "/fhir/DocumentReference/"));
        await Eventually.Is(() => Business(Got(practice, "/fhir/Task/")[^1]) == "advies-teruggekoppeld");
        var told = Got(practice, "/fhir/Task/").Select(Business).ToList();
        Assert.Equal(Road.Skip(told[0] == Road[0] ? 0 : 1), told); // each step, in its order, once; the first two are one where their messages crossed
        Assert.All(Got(practice, "/fhir/Task/"), t => Assert.Equal("J1", (string?)t["focus"]!["identifier"]!["value"]));
        Assert.Contains("schulden op orde", Letter.TextOf(letter), StringComparison.Ordinal);
        Assert.Equal($"DocumentReference/{letter["id"]}", (await gp.Task(referral)).Letter);
        using var fetched = await gp.Send(() => new HttpRequestMessage(HttpMethod.Get, $"/fhir/DocumentReference/{letter["id"]}"));
        Assert.Equal(letter["content"]!.ToJsonString(), JsonNode.Parse(await fetched.Content.ReadAsStringAsync())!["content"]!.ToJsonString());
        Assert.Contains("J1", letter["context"]!["related"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(referral, await gp.Refer("J1", Person)); // the same referral again is the same referral
    }

    // Once before anything is booked, once after: then planning confirms, and frees the moment.
    private static async Task IsTakenBack(RunningRegion region, WireMockServer practice)
    {
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromSeconds(60));
        var (early, late) = (await gp.Refer("J2", Person), await gp.Refer("J3", Person));
        await Eventually.Is(async () => (await gp.Task(early)).BusinessStatus == "duo-voorgesteld" && (await gp.Task(late)).BusinessStatus == "duo-voorgesteld");
        await people.Book(late);
        await Eventually.Is(async () => (await gp.Task(late)).BusinessStatus == "afspraak-gepland");

        using var withdrawn = await gp.Send(() => Changed(HttpMethod.Patch, $"/fhir/ServiceRequest/{early}", "W/\"1\"", "application/json-patch+json",
            """[{"op":"replace","path":"/status","value":"revoked"}]"""));
        using var asked = await gp.Send(() => Changed(HttpMethod.Post, "/fhir/Task", null, "application/fhir+json", $$"""
            { "resourceType": "Task", "status": "requested", "intent": "order", "code": { "coding": [ { "code": "abort" } ] },
              "focus": { "reference": "ServiceRequest/{{late}}" } }
            """));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created), (withdrawn.StatusCode, asked.StatusCode));
        Assert.Equal("ingetrokken-door-verwijzer", (await gp.Task(early)).BusinessStatus);
        await Eventually.Is(async () => (await gp.Task(late)).BusinessStatus == "geannuleerd");
        await Eventually.Is(() => Got(practice, "/fhir/DocumentReference/").Count == 2); // one closing note: who withdrew early needs none
        var note = Got(practice, "/fhir/DocumentReference/")[1];
        Assert.Contains("afspraak met de inwoner is afgezegd", Letter.TextOf(note), StringComparison.Ordinal);
        Assert.Contains("J3", note["context"]!["related"]!.ToJsonString(), StringComparison.Ordinal);
        await Eventually.Is(() => new[] { "ingetrokken-door-verwijzer", "geannuleerd" }.All(Got(practice, "/fhir/Task/").Select(Business).Contains));
    }

    // Appointments are planning's; a GP system has nothing to look for there, and a planning system nothing in the referrals.
    private static async Task IsReadByThePlannersOwnSystem(RunningRegion region, Guid referral)
    {
        using var system = new ReferringGp(region.Address, "demo-planning", scope: "system/Appointment.rs system/Slot.rs");
        using var gp = new ReferringGp(region.Address);
        var path = $"/fhir/Appointment?based-on=ServiceRequest/{referral}";

        JsonNode? appointment = null;
        await Eventually.Is(async () => // the appointment follows the booking
        {
            using var read = await system.Send(() => new HttpRequestMessage(HttpMethod.Get, path));
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            appointment = JsonNode.Parse(await read.Content.ReadAsStringAsync())!["entry"]?[0]!["resource"];
            return appointment is not null;
        });
        using var slots = await system.Send(() => new HttpRequestMessage(HttpMethod.Get, "/fhir/Slot?status=free"));
        using var ofGp = await gp.Send(() => new HttpRequestMessage(HttpMethod.Get, path));
        using var beyond = await system.Send(() => new HttpRequestMessage(HttpMethod.Get, "/fhir/ServiceRequest"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (slots.StatusCode, ofGp.StatusCode, beyond.StatusCode));
        Assert.Equal(("Appointment", "booked"), ((string)appointment!["resourceType"]!, (string)appointment["status"]!));
        Assert.DoesNotContain("Lekzoekster", appointment.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Bsn, appointment.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<string> Subscribes(RunningRegion region, WireMockServer practice)
    {
        using var gp = new ReferringGp(region.Address);
        using var asked = await gp.Send(() => Changed(HttpMethod.Post, "/fhir/Subscription", null, "application/fhir+json", $$"""
            { "resourceType": "Subscription", "status": "requested", "reason": "Stand van verwijzingen",
              "criteria": "https://vgintegration.nl/fhir/SubscriptionTopic/referral-status",
              "channel": { "type": "rest-hook", "endpoint": "{{practice.Url}}/fhir/meldingen", "payload": "application/fhir+json",
                "_payload": { "extension": [ { "url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content", "valueCode": "id-only" } ] } } }
            """));
        Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
        var id = asked.Headers.Location!.Segments[^1];
        await Eventually.Is(async () =>
        {
            using var shown = await gp.Send(() => new HttpRequestMessage(HttpMethod.Get, $"/fhir/Subscription/{id}"));
            return (string?)JsonNode.Parse(await shown.Content.ReadAsStringAsync())!["status"] == "active";
        });
        return id;
    }

    private static async Task WasNotified(RunningRegion region, WireMockServer practice, string subscription)
    {
        using var gp = new ReferringGp(region.Address);
        using var asked = await gp.Send(() => new HttpRequestMessage(HttpMethod.Get, $"/fhir/Subscription/{subscription}/$status"));
        var status = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!["entry"]![0]!["resource"]!;
        var count = int.Parse((string)Parameter(status, "events-since-subscription-start")["valueString"]!, System.Globalization.CultureInfo.InvariantCulture);

        // Each once. One may overtake another on the way: the number says which came first.
        await Eventually.Is(() => Got(practice, "/fhir/meldingen").Select(b => b["entry"]![0]!["resource"]!)
            .Where(s => (string?)Parameter(s, "type")["valueCode"] == "event-notification")
            .Select(s => int.Parse((string)Parameter(s, "notification-event")["part"]![0]!["valueString"]!, System.Globalization.CultureInfo.InvariantCulture))
            .Where(n => n <= count).Order().SequenceEqual(Enumerable.Range(1, count)));
        Assert.All(Got(practice, "/fhir/meldingen"), b => Assert.DoesNotContain("Lekzoekster", b.ToJsonString(), StringComparison.Ordinal));
    }

    private static JsonNode Parameter(JsonNode parameters, string name) =>
        parameters["parameter"]!.AsArray().First(p => (string?)p!["name"] == name)!;

    private static List<JsonNode> Got(WireMockServer practice, string path) => [.. practice.LogEntries.Select(e => e.RequestMessage!)
        .Where(r => r.Path!.StartsWith(path, StringComparison.Ordinal))
        .Select(r => JsonNode.Parse(Encoding.UTF8.GetString(r.BodyAsBytes ?? Encoding.UTF8.GetBytes(r.Body!)))!)];

    private static string Business(JsonNode task) => (string)task["businessStatus"]!["coding"]![0]!["code"]!;

    private static HttpRequestMessage Changed(HttpMethod method, string path, string? ifMatch, string mediaType, string body)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, new MediaTypeHeaderValue(mediaType)) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return request;
    }

    private static void IsOneTrace(IReadOnlyList<ReceivedSpan> spans)
    {
        var received = spans.Where(s => s.Service == "referral-intake" && s.Name.StartsWith("POST /fhir", StringComparison.Ordinal)).Select(s => s.TraceId);
        var services = spans.Where(s => received.Contains(s.TraceId)).Select(s => s.Service).Distinct().Order();

        Assert.Equal(["gateway", "planning", "referral-intake"], services.Intersect(["gateway", "planning", "referral-intake"]));
        var held = spans.Where(s => s.Service == "planning" && s.Name.StartsWith("POST", StringComparison.Ordinal) && s.Name.Contains("planning/conversations", StringComparison.Ordinal)).Select(s => s.TraceId).ToList();
        Assert.Contains(spans, s => s.Service == "feedback" && held.Contains(s.TraceId));
        var signed = spans.Where(s => s.Service == "feedback" && s.Name.StartsWith("POST", StringComparison.Ordinal) && s.Name.Contains("feedback/advices", StringComparison.Ordinal)).Select(s => s.TraceId).ToList();
        Assert.Contains(spans, s => s.Service == "referral-intake" && signed.Contains(s.TraceId));
    }

    private static async Task NamesNobody(OtlpStub telemetry, string[] folders)
    {
        string[] marks = ["Lekzoekster", "Vindbaar", Person.Bsn, Person.Telephone, "schulden op orde", "Dorpsstraat"];
        foreach (var mark in marks)
        {
            Assert.False(telemetry.Contains(mark), $"'{mark}' is in the telemetry");
            foreach (var file in folders.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)))
            {
                Assert.False((await File.ReadAllTextAsync(file)).Contains(mark, StringComparison.Ordinal), $"'{mark}' is in {file}");
            }
        }
    }
}
