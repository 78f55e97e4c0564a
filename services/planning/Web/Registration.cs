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

    internal static readonly NavigationItem[] Navigation =
    [
        new("Werklijst", "/planning", "planner", "manager"),
        new("Week", "/planning/week", "planner", "manager"),
        new("Berichten", "/planning/notices", "planner"),
        new("Register", "/planning/registry", "planner", "manager"),
        new("Terugkijken", "/planning/looking-back", "planner", "manager"),
        new("Voorstellen", "/planning/proposals", "professional"),
        new("Mijn gesprekken", "/planning/conversations", "professional"),
        new("Mijn agenda", "/planning/calendar", "professional"),
        new("Adviezen", "/feedback", "professional"),
        new("Verzending", "/feedback/deliveries", "manager"),
        new("Praktijken", "/practices", "manager"),
    ];

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.AddLogIn("/planning");
        builder.AddTheme("/planning", Navigation);
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
