namespace VGIntegration.Feedback.HandingOver;

internal static class Registration
{
    public static void AddHandingOver(this WebApplicationBuilder builder)
    {
        var rules = SecureMailRules.Of(builder.Configuration);
        builder.Services.AddSingleton(rules).AddScoped<PrintForPerson>().AddScoped<HandOverLetter>();
        if (rules.Host is null)
        {
            builder.Services.AddSingleton<ISecureMail, SecureMailFolder>();
        }
        else
        {
            builder.Services.AddSingleton<ISecureMail, SecureMailServer>();
        }
    }
}
