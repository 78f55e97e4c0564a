using Hl7.Fhir.Model;
using Hl7.Fhir.Rest;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Tests.Http;

/// <summary>A client that nobody here wrote: Firely's own.</summary>
public sealed class FirelyClientTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async System.Threading.Tasks.Task It_creates_reads_searches_updates_and_reads_the_history()
    {
        using var http = intake.GpSystem();
        using var client = new FhirClient(new Uri(http.BaseAddress!, "/fhir"), http, new FhirClientSettings { VerifyFhirVersion = true });

        var taken = await client.CreateAsync(ARequest("firely-1"), TestContext.Current.CancellationToken);

        var location = $"ServiceRequest/{taken!.Id}";
        var request = await client.ReadAsync<ServiceRequest>(location, ct: TestContext.Current.CancellationToken);
        var found = await client.SearchAsync<ServiceRequest>(["identifier=http://his.example/verwijzing|firely-1"], ct: TestContext.Current.CancellationToken);
        var tasks = await client.SearchAsync<Hl7.Fhir.Model.Task>([$"focus={location}"], ["Task:focus"], ct: TestContext.Current.CancellationToken);
        Assert.Equal(request!.Id, Assert.Single(found!.Entry, e => e.Resource is ServiceRequest).Resource!.Id);
        Assert.Single(tasks!.Entry, e => e.Resource is Hl7.Fhir.Model.Task);

        request.Status = RequestStatus.Revoked;
        var revoked = await client.UpdateAsync(request, versionAware: true, TestContext.Current.CancellationToken);
        var history = await client.HistoryAsync(location, ct: TestContext.Current.CancellationToken);
        Assert.Equal(RequestStatus.Revoked, revoked!.Status);
        Assert.Equal(2, history!.Entry.Count);
    }

    private static ServiceRequest ARequest(string number) => new()
    {
        Identifier = [new Identifier("http://his.example/verwijzing", number)],
        Status = RequestStatus.Active,
        Intent = RequestIntent.Order,
        Code = new CodeableConcept { Text = "Verkennend gesprek" },
        ReasonCode = [new CodeableConcept(CodeSystems.Criterion, "twijfel")],
        Subject = new ResourceReference("#resident"),
        Requester = new ResourceReference("#practice"),
        Contained =
        [
            new Patient
            {
                Id = "resident",
                Identifier = [new Identifier(IdentifierSystems.Bsn, "999911120")],
                Name = [new HumanName { Family = "Testpersoon", Given = ["Tess"] }],
                BirthDate = "1980-05-17",
                Telecom = [new ContactPoint(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Mobile, "0612345678")],
            },
            new Organization { Id = "practice", Identifier = [new Identifier(IdentifierSystems.Agb, "01007892")] },
        ],
    };
}
