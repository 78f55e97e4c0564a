using VGIntegration.Hosting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.LookingBack;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Theme;

namespace VGIntegration.Planning.Web;

internal static class Registration
{
    internal const string Everybody = "everybody";
    internal const string Planners = "planners";
    internal const string PlannersOnly = "planners-only";
    internal const string Managers = "managers";
    internal const string Professionals = "professionals";

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.AddLogIn("/planning");
        builder.AddTheme("/planning", NavigationItem.OfTheSystem);
        builder.AddServiceClient<ReferralIntakeClient>("ReferralIntake", "referral.contact referral.attachment");
        builder.Services.AddHostedService<CountJourneys>().AddSingleton<LiveUpdates>().AddScoped<WorkList>().AddScoped<LookBack>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Everybody, Hosting.Authentication.PersonWith("planner", "manager", "professional"))
            .AddPolicy(Planners, Hosting.Authentication.PersonWith("planner", "manager"))
            .AddPolicy(PlannersOnly, Hosting.Authentication.PersonWith("planner"))
            .AddPolicy(Managers, Hosting.Authentication.PersonWith("manager"))
            .AddPolicy(Professionals, Hosting.Authentication.PersonWith("professional"));
    }
}
