namespace VGIntegration.ReferralIntake.Withdrawing;

internal static class Registration
{
    public static void AddWithdrawing(this WebApplicationBuilder builder) => builder.Services.AddScoped<ReferralChanges>();

    public static void MapWithdrawing(this IEndpointRouteBuilder fhir)
    {
        fhir.MapChangeReferral();
        fhir.MapRequestCancellation();
    }
}
