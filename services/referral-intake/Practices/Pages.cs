using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using VGIntegration.Hosting;
using VGIntegration.Theme;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>The manager's pages, where Authentication:ClientId gives this service a log-in; without it there is the command alone.</summary>
internal static class Pages
{
    internal const string Managers = "managers";

    public static void AddPracticePages(this WebApplicationBuilder builder)
    {
        var hasLogIn = builder.Configuration["Authentication:ClientId"] is { Length: > 0 };
        if (hasLogIn)
        {
            builder.AddLogIn("/practices");
        }
        else
        {
            builder.AddBearerTokens();
        }

        builder.Services.AddAuthorizationBuilder().AddPolicy(Managers, hasLogIn
            ? Hosting.Authentication.PersonWith("manager")
            : new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme).RequireAssertion(_ => false).Build());
        builder.AddTheme("/practices", NavigationItem.OfTheSystem);
        // The page to log in is below /connect and these are not: one cookie for both.
        builder.Services.PostConfigure<AntiforgeryOptions>(forms => forms.Cookie.Path = "/");
    }

    public static void MapPracticePages(this WebApplication app)
    {
        if (app.Configuration["Authentication:ClientId"] is { Length: > 0 })
        {
            app.MapLogOut("/practices");
        }
    }
}
