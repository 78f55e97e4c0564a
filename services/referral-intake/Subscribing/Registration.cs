using VGIntegration.ReferralIntake.Http;

namespace VGIntegration.ReferralIntake.Subscribing;

internal static class Registration
{
    public static void AddSubscribing(this WebApplicationBuilder builder) => builder.Services.AddScoped<SubscriptionReader>().AddSingleton<PublicAddress>();

    public static void MapSubscribing(this IEndpointRouteBuilder fhir)
    {
        fhir.MapSubscribe();
        fhir.MapReadSubscription();
        fhir.MapChangeSubscription();
        fhir.MapAskMissedEvents();
    }
}
