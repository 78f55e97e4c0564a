using VGIntegration.Contracts;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Identity;
using VGIntegration.ReferralIntake.Informing;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.Theme;

namespace VGIntegration.ReferralIntake;

public static class Program
{
    public static Task<int> Main(string[] args) =>
        PracticesCommand.IsAsked(args) ? PracticesCommand.Run(args) : ServiceDefaults.Run(() => Create(args));

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args);
        adapt?.Invoke(builder);

        builder.AddServiceDefaults();
        builder.AddDatabase<IntakeDbContext, SqliteIntake, SqlServerIntake, PostgreSqlIntake>();
        builder.AddMessaging<IntakeDbContext>(Subscriptions.Queues, consumers => consumers.Add<FollowReferral>());
        builder.AddBearerTokens();
        builder.AddPractices();
        builder.AddIdentity();
        builder.AddTheme("/connect");
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/");

        var app = builder.Build();

        app.UseServiceDefaults();
        app.UseFhirErrors();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapFhir();
        app.MapInformServices();
        app.MapIdentity();
        app.MapTheme();
        app.MapRazorPages();

        return app;
    }
}
