using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Claiming;

internal static class Registration
{
    public static void AddClaiming(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<RegistryNames>("Planning", "registry.names");
        builder.Services.AddSingleton(ClaimRules.Of(builder.Configuration));
        builder.Services.AddScoped<Ledger>().AddScoped<ExportClaims>().AddScoped<CorrectLine>();
    }
}
