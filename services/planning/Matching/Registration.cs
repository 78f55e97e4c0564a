using VGIntegration.Hosting;

namespace VGIntegration.Planning.Matching;

internal static class Registration
{
    public static void AddMatching(this WebApplicationBuilder builder)
    {
        if (!int.TryParse(builder.Configuration["Matching:HorizonWeeks"] ?? "8", out var weeks) || weeks is < 1 or > 52)
        {
            throw new SettingException("Matching:HorizonWeeks must be a number of weeks from 1 to 52.");
        }

        builder.Services.AddSingleton(new MatchingRules(weeks)).AddScoped<FreeMoments>().AddHostedService<ProposeAgain>();
    }
}

/// <summary>How far ahead a moment is looked for (Matching:HorizonWeeks).</summary>
internal sealed record MatchingRules(int HorizonWeeks);
