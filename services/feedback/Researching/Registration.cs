using System.Globalization;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Researching;

/// <summary>What a filled-in questionnaire is worth to the resident: the setting Researching:Euros, 20 unless told.</summary>
internal sealed record ResearchRules(int Euros)
{
    /// <exception cref="SettingException">It is no whole amount.</exception>
    internal static ResearchRules Of(IConfiguration settings) => settings["Researching:Euros"] switch
    {
        null or "" => new(20),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var euros) && euros <= 1_000 => new(euros),
        _ => throw new SettingException("Researching:Euros must be a whole number from 0 to 1000."),
    };
}

internal static class Registration
{
    public static void AddResearching(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<ResearchContacts>("ReferralIntake", "referral.research");
        builder.Services.AddSingleton(Researcher.Of(builder.Configuration)).AddSingleton(ResearchRules.Of(builder.Configuration));
        builder.Services.AddScoped<HandOver>();
    }
}
