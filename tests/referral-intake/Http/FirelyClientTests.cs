using Hl7.Fhir.Model;
using Hl7.Fhir.Rest;
using Hl7.Fhir.Serialization;

namespace VGIntegration.ReferralIntake.Tests.Http;

/// <summary>A client that nobody here wrote: Firely's own.</summary>
public sealed class FirelyClientTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async System.Threading.Tasks.Task It_creates_reads_searches_updates_and_reads_the_history()
    {
        using var http = intake.GpSystem();
        using var client = new FhirClient(new Uri(http.BaseAddress!, "/fhir"), http, new FhirClientSettings { VerifyFhirVersion = true });
        var bundle = new FhirJsonDeserializer().Deserialize<Bundle>(ReferralMessage.Bundle("firely-1").ToJsonString());

        var taken = await client.TransactionAsync(bundle, TestContext.Current.CancellationToken);

        var location = taken!.Entry[0].Response!.Location!.Split("/_history")[0];
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
}
