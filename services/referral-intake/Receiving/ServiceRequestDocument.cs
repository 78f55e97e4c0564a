using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>A referral as the practice reads it back: what it sent, with our id and where it stands.</summary>
internal static class ServiceRequestDocument
{
    internal static ServiceRequest Of(Referral referral) => Of(referral.Current());

    internal static ServiceRequest Of(ReferralVersion version)
    {
        var request = Read(version.Content);
        request.Id = version.ReferralId.ToString();
        request.Meta = new Meta { VersionId = $"{version.Version}", LastUpdated = version.UpdatedAt };
        request.Status = ReferralStatus.Of(version.Standing);
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
