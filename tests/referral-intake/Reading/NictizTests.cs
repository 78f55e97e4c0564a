using System.Net;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Fhir;
using VGIntegration.Surroundings;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.ReferralIntake.Tests.Reading;

/// <summary>The referral of a Dutch GP as Nictiz publishes it: separate XML resources, here assembled into one transaction.</summary>
public sealed class NictizTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static readonly string Payloads = Path.Combine(Repository.Root, "..", "shared", "payloads", "nictiz-elz");

    [Fact]
    public async Task It_is_refused_for_its_status_and_its_service_and_for_nothing_else()
    {
        using var gp = intake.GpSystem();

        var answer = await Send(gp, Referral());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["value status", "code-invalid code"], (await answer.Issues())
            .Where(i => i.StartsWith("error", StringComparison.Ordinal)).Select(i => $"{i.Split(' ')[1]} {i.Split('.')[^1]}"));
    }

    [Fact]
    public async Task It_is_accepted_as_soon_as_those_two_are_set()
    {
        using var gp = intake.GpSystem();
        var referral = Referral();
        var request = referral.Entry.Select(e => e.Resource).OfType<ServiceRequest>().Single();
        request.Status = RequestStatus.Active;
        request.Code = new CodeableConcept(CodeSystems.RequestedService, CodeSystems.VerkennendGesprek);

        var answer = await Send(gp, referral);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = Guid.Parse(answer.Headers.Location!.Segments[^1]);
        var stored = await intake.InDatabase(db => db.Referrals.SingleAsync(r => r.Id == id));
        Assert.Equal(("Marijne van XXX_Prins", "0612324321", "9999ZZ", null), (stored.Resident.Name, stored.Resident.Telephones, stored.Resident.PostalCode, stored.Resident.Bsn));
        Assert.Equal("dr. B. A. van Galen", stored.Referrer);
        var warnings = await Warnings(answer);
        Assert.Contains("bsn-missing", warnings);
        Assert.Contains("practice-number-from-registration", warnings);
    }

    private static Bundle Referral()
    {
        var parser = new FhirXmlDeserializer();
        return new Bundle
        {
            Type = Bundle.BundleType.Transaction,
            Entry = [.. Directory.EnumerateFiles(Payloads, "*.xml").Order().Select(f => parser.DeserializeResource(File.ReadAllText(f))).Select(r => new Bundle.EntryComponent
            {
                FullUrl = $"https://his.example/fhir/{r.TypeName}/{r.Id}",
                Resource = r,
                Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = r.TypeName },
            })],
        };
    }

    private static async Task<HttpResponseMessage> Send(HttpClient gp, Bundle referral) =>
        await gp.PostFhir("/fhir", new FhirXmlSerializer().SerializeToString(referral), "application/fhir+xml");

    private static async Task<string[]> Warnings(HttpResponseMessage answer) => [.. (await answer.Json())["entry"]!.AsArray()
        .Select(e => e!["response"]?["outcome"]).OfType<System.Text.Json.Nodes.JsonNode>().SelectMany(o => o["issue"]!.AsArray())
        .Select(i => (string)i!["details"]!["coding"]![0]!["code"]!)];
}
