using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>The GP-facing FHIR API: everything under /fhir.</summary>
internal static class FhirEndpoints
{
    public static void MapFhir(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/fhir");
        open.MapCapabilities();

        var practices = app.MapGroup("/fhir").AddEndpointFilter<PracticeOnly>();
        practices.MapReceiveReferral();
        practices.MapReadReferral();
        practices.MapReadTask();
    }
}
