using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>A referral as the practice reads it back: what it sent, with our id and where it stands.</summary>
internal static class ServiceRequestDocument
{
    internal static ServiceRequest Of(StoredReferral stored)
    {
        var request = Read(stored.Referral.Content);
        request.Id = stored.Referral.Id.ToString();
        request.Meta = new Meta { VersionId = $"{stored.Task.Version}", LastUpdated = stored.Task.UpdatedAt };
        request.Status = ReferralStatus.Of(stored.Task.State).Request;
        return request;
    }

    // It was judged when it came in: what was tolerated then is given back as it is.
    private static ServiceRequest Read(string content)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(content));
        FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref reader, out var resource, out _);
        return (ServiceRequest)resource!;
    }
}
