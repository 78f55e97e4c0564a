namespace VGIntegration.Planning.Matching;

internal static class Registration
{
    public static void AddMatching(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton(MatchingRules.Of(builder.Configuration)).AddScoped<FreeMoments>().AddScoped<PlanList>().AddHostedService<ProposeAgain>();
}
