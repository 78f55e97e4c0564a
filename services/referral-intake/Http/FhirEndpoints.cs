using VGIntegration.ReferralIntake.Documenting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Judging;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Searching;
using VGIntegration.ReferralIntake.Subscribing;
using VGIntegration.ReferralIntake.Supplementing;
using VGIntegration.ReferralIntake.Withdrawing;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>The GP-facing FHIR API: everything under /fhir.</summary>
internal static class FhirEndpoints
{
    public static void MapFhir(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/fhir");
        open.MapCapabilities();
        open.MapApiDocument();

        var practices = app.MapGroup("/fhir").ForPractices();
        practices.MapReceiveReferral();
        practices.MapReceiveDocument();
        practices.MapValidateReferral();
        practices.MapReadReferral();
        practices.MapReadTask();
        practices.MapReadHistory();
        practices.MapWithdrawing();
        practices.MapSearching();
        practices.MapSupplementing();
        practices.MapSubscribing();
    }
}
