namespace VGIntegration.Feedback.HandingOver;

internal static class Registration
{
    public static void AddHandingOver(this WebApplicationBuilder builder)
    {
        var rules = SecureMailRules.Of(builder.Configuration);
        builder.Services.AddSingleton(rules).AddSingleton(rules.Mail()).AddScoped<PrintForPerson>().AddScoped<HandOverLetter>();
    }
}
