using System.Net;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Tests.Inviting;
using VGIntegration.Surroundings;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.Planning.Tests.Publishing;

public sealed class PlanningFhirTests
{
    private static readonly string[] Types = ["Appointment", "Slot", "Schedule"];
    private static readonly string[] All = ["system/Appointment.rs", "system/Slot.rs", "system/Schedule.rs"];
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_planning_system_reads_the_appointment_and_nothing_of_the_resident()
    {
        await using var planning = await PlanningHost.Start();
        var referral = await planning.AReferral();
        var booked = await planning.Books(referral);
        await planning.Follow(referral);
        using var system = planning.App.WithToken("rooster", All);

        var (status, one) = await Ask(system, $"/fhir/Appointment/{booked.Id}");
        var (_, found) = await Ask(system, $"/fhir/Appointment?practitioner=Practitioner/{booked.MentalHealthProfessionalId}&status=booked&date=2026-11-24&based-on=ServiceRequest/{referral}");
        var (_, none) = await Ask(system, "/fhir/Appointment?status=cancelled");
        await planning.Withdraws(referral);
        await planning.Follow(referral);
        var (_, cancelled) = await Ask(system, "/fhir/Appointment?status=cancelled");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(await Faults(one));
        Assert.Empty(await Faults(found));
        Assert.Equal($"ServiceRequest/{referral}", (string?)one["basedOn"]![0]!["reference"]);
        Assert.Equal(3, one["participant"]!.AsArray().Count);
        Assert.Single(found["entry"]!.AsArray());
        Assert.Null(none["entry"]);
        Assert.Equal("cancelled", (string?)cancelled["entry"]![0]!["resource"]!["status"]);
        Assert.All(["Wilhelmina", "Verzonnen", PlanningHost.Telephone, "bsn", "Patient"],
            secret => Assert.DoesNotContain(secret, found.ToJsonString(), StringComparison.OrdinalIgnoreCase));
        Assert.Contains(await planning.InDatabase(db => db.Audit.ToListAsync(Ct)), a => a is { Who: "rooster", Why: "planning-system" });
    }

    [Fact]
    public async Task What_is_booked_is_busy_and_what_is_proposed_is_tentative()
    {
        await using var planning = await PlanningHost.Start();
        var (one, other) = (await planning.AReferral(), await planning.AReferral());
        var booked = await planning.Books(one);
        using var system = planning.App.WithToken("rooster", All);

        var (_, busy) = await Ask(system, "/fhir/Slot?status=busy");
        var (_, tentative) = await Ask(system, "/fhir/Slot?status=busy-tentative");
        var (_, day) = await Ask(system, "/fhir/Slot?start=2026-11-24");
        var id = (string)busy["entry"]![0]!["resource"]!["id"]!;
        var (status, slot) = await Ask(system, $"/fhir/Slot/{id}");
        var (_, schedule) = await Ask(system, $"/fhir/{(string)slot["schedule"]!["reference"]!}");

        Assert.Equal(booked.StartsAt, DateTimeOffset.Parse((string)Assert.Single(busy["entry"]!.AsArray())!["resource"]!["start"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotEqual(Guid.Empty, other);
        Assert.Single(tentative["entry"]!.AsArray());
        Assert.All(day["entry"]!.AsArray(), e => Assert.StartsWith("2026-11-24", (string)e!["resource"]!["start"]!, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(await Faults(day));
        Assert.Empty(await Faults(schedule));
        Assert.Contains(schedule["actor"]!.AsArray(), a => (string?)a!["reference"] == $"Practitioner/{booked.MentalHealthProfessionalId}");
    }

    [Fact]
    public async Task Pages_follow_each_other_and_hold_everything_once()
    {
        await using var planning = await PlanningHost.Start();
        using var system = planning.App.WithToken("rooster", All);
        foreach (var address in new[] { "/fhir/Slot", "/fhir/Schedule", "/fhir/Appointment" })
        {
            for (var i = 0; i < 4 && address is "/fhir/Appointment"; i++)
            {
                var referral = await planning.AReferral();
                await planning.Books(referral);
                await planning.Follow(referral);
            }

            var (_, whole) = await Ask(system, $"{address}?_count=200");
            var ids = new List<string>();
            var next = $"{address}?_count=3";
            while (next is not null)
            {
                var (_, page) = await Ask(system, next);
                ids.AddRange(page["entry"]?.AsArray().Select(e => (string)e!["resource"]!["id"]!) ?? []);
                next = page["link"]!.AsArray().Where(l => (string?)l!["relation"] == "next").Select(l => new Uri((string)l!["url"]!).PathAndQuery).SingleOrDefault();
            }

            Assert.Equal(whole["entry"]!.AsArray().Select(e => (string)e!["resource"]!["id"]!), ids);
            Assert.InRange(ids.Count, 4, 200);
        }
    }

    [Theory]
    [InlineData("/fhir/Appointment?patient=Patient/1")]
    [InlineData("/fhir/Appointment?date=tomorrow")]
    [InlineData("/fhir/Appointment?status=perhaps")]
    [InlineData("/fhir/Appointment?practitioner=Patient/x")]
    [InlineData("/fhir/Appointment?_after=nonsense")]
    [InlineData("/fhir/Appointment?_count=many")]
    [InlineData("/fhir/Slot?start=ge2020-01-01&start=lt2030-01-01")]
    [InlineData("/fhir/Slot?start=zz2020-01-01")]
    [InlineData("/fhir/Slot?start=")]
    [InlineData("/fhir/Schedule?actor=Practitioner/1&colour=red")]
    public async Task A_question_that_cannot_be_answered_is_refused_with_what_is_wrong(string address)
    {
        await using var planning = await PlanningHost.Start();
        using var system = planning.App.WithToken("rooster", All);

        var (status, outcome) = await Ask(system, address);

        Assert.True(status is HttpStatusCode.BadRequest || address.EndsWith("start=", StringComparison.Ordinal), $"{status}");
        Assert.True((string?)outcome["resourceType"] == "OperationOutcome" || status is HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_a_token_that_names_the_type_and_the_interaction_opens_the_door()
    {
        await using var planning = await PlanningHost.Start();
        var wrong = new List<string>();

        foreach (var type in Types)
        {
            foreach (var (path, letter) in new[] { ($"/fhir/{type}", 's'), ($"/fhir/{type}/{Guid.NewGuid()}", 'r') })
            {
                foreach (var (caller, client, expected) in Callers(planning, type, letter))
                {
                    using (client)
                    {
                        var (status, answer) = await Ask(client, path);
                        var isIn = status is HttpStatusCode.OK or HttpStatusCode.NotFound;
                        if (isIn != (expected == 200) || (!isIn && ((int)status != expected || (string?)answer["resourceType"] != "OperationOutcome")))
                        {
                            wrong.Add($"{caller} at {path}: {(int)status}");
                        }
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_capability_statement_is_open_and_names_what_can_be_asked()
    {
        await using var planning = await PlanningHost.Start();
        using var stranger = planning.App.Stranger();

        var (status, statement) = await Ask(stranger, "/fhir/planning/metadata");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(await Faults(statement));
        Assert.Equal(Types, statement["rest"]![0]!["resource"]!.AsArray().Select(r => (string)r!["type"]!));
    }

    private static IEnumerable<(string, HttpClient, int)> Callers(PlanningHost planning, string type, char letter) =>
    [
        ("nobody", planning.App.Stranger(), 401),
        ("a planner at the pages", planning.App.LoggedInAs("petra", "planner"), 401),
        ("a practice with everything", planning.App.WithToken("practice", "system/*.cruds"), 403),
        ("a service", planning.App.WithToken("feedback", "conversation.read"), 403),
        ("another type", planning.App.WithToken("rooster", [.. All.Where(s => !s.Contains($"/{type}.", StringComparison.Ordinal))]), 403),
        ("another interaction", planning.App.WithToken("rooster", $"system/{type}.cud"), 403),
        ("a person's scope", planning.App.WithToken("rooster", $"user/{type}.rs"), 403),
        ("the right one", planning.App.WithToken("rooster", $"system/{type}.{letter}"), 200),
        ("the right one of version 1", planning.App.WithToken("rooster", $"system/{type}.read"), 200),
    ];

    private static async Task<(HttpStatusCode, JsonNode)> Ask(HttpClient http, string address)
    {
        using var answer = await http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), Ct);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!);
    }

    private static Task<List<string>> Faults(JsonNode resource)
    {
        var reader = new System.Text.Json.Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(resource.ToJsonString()));
        FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out _, out var issues);
        return Task.FromResult(issues.Select(i => i.Message).ToList());
    }
}
