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

    // Marked, so that one search finds every trace of them.
    private static readonly TestPerson Person = new("Zoë", "Lekzoekster-Vindbaar", "999990019", "0687654321");

    [Fact]
    public async Task On_the_embedded_default()
    {
        using var practice = APractice();
        await using var region = await RunningRegion.InOneProcess(Repository.Results("journey-embedded"), new Uri($"{practice.Url}/fhir"));

        await GoesAllTheWay(region, practice);
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
        return practice;
    }

    private static async Task GoesAllTheWay(RunningRegion region, WireMockServer practice)
    {
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromSeconds(60));

        var referral = await gp.Refer("J1", Person);
        await Eventually.Is(async () => (await gp.Task(referral)).BusinessStatus == "duo-voorgesteld");
        await people.Book(referral);
        await people.Hold(referral);
        await people.Advise(referral, Advice);
        await Eventually.Is(async () => (await gp.Task(referral)).Status == "completed");

        var sent = Assert.Single(practice.LogEntries).RequestMessage!;
        var letter = JsonNode.Parse(Encoding.UTF8.GetString(sent.BodyAsBytes ?? Encoding.UTF8.GetBytes(sent.Body!)))!;
        Assert.Contains("schulden op orde", Letter.TextOf(letter), StringComparison.Ordinal);
        Assert.Equal($"DocumentReference/{letter["id"]}", (await gp.Task(referral)).Letter);
        Assert.Contains("J1", letter["context"]!["related"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(referral, await gp.Refer("J1", Person)); // the same referral again is the same referral
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
