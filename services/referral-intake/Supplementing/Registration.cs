using VGIntegration.Hosting;

namespace VGIntegration.ReferralIntake.Supplementing;

internal static class Registration
{
    public static void AddSupplementing(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<ForgetFiles>();
        if (builder.Configuration["Services:Feedback"] is { Length: > 0 })
        {
            builder.AddServiceClient<Letters>("Feedback", "letter.read");
        }
        else
        {
            builder.Services.AddHttpClient<Letters>(); // alone on its machine: no advice to be had
        }
    }

    public static void MapSupplementing(this IEndpointRouteBuilder fhir)
    {
        fhir.MapReceiveSupplement();
        fhir.MapReceiveBinary();
        fhir.MapReadDocument();
    }
}
