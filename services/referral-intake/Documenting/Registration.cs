namespace VGIntegration.ReferralIntake.Documenting;

internal static class Registration
{
    public static void AddDocumenting(this WebApplicationBuilder builder) => builder.Services.AddScoped<TakeUpDocuments>();
}
