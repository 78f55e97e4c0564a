using VGIntegration.Planning.Journey;

namespace VGIntegration.Planning.Scheduling;

internal static class Registration
{
    public static void AddScheduling(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton(PlannerRules.Of(builder.Configuration)).AddScoped<UndoStep>().AddScoped<PlannerStep>().AddScoped<ScheduleConversation>()
        .AddScoped<WorkOnReferral>().AddScoped<Replacements>().AddScoped<ReferralDetails>();
}
