using VGIntegration.Contracts;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Documenting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Identity;
using VGIntegration.ReferralIntake.Informing;
using VGIntegration.ReferralIntake.Keeping;
using VGIntegration.ReferralIntake.Limiting;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Requesting;
using VGIntegration.ReferralIntake.Searching;
using VGIntegration.ReferralIntake.Subscribing;
using VGIntegration.ReferralIntake.Supplementing;
using VGIntegration.ReferralIntake.Withdrawing;
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
        builder.AddMessaging<IntakeDbContext>(Subscriptions.Queues, consumers => consumers.Add<FollowReferral>().Add<FollowSubscription>(atMostAtOnce: 1).Add<ConfirmErasure>(atMostAtOnce: 1));
        builder.AddPractices();
        builder.AddPracticePages();
        builder.AddLimits();
        builder.AddReading();
        builder.AddDocumenting();
        builder.AddReceiving();
        builder.AddApiDocument();
        builder.AddIdentity();
        builder.AddSearching();
        builder.AddSupplementing();
        builder.AddWithdrawing();
        builder.AddSubscribing();
        builder.AddRequesting();
        builder.AddKeeping();

        var app = builder.Build();

        app.UseApiDocument();
        app.UseServiceDefaults();
        app.UseFriendlyErrors();
        app.UseFhirErrors();
        app.UseTimeLimit();
        app.UseRouting();
        app.UseLogInLimit();
        app.UseTokens();
        app.UseClientLimit();
        app.UseAuthorization();
        app.UsePractices();
        app.MapHealth();
        app.MapFhir();
        app.MapInformServices();
        app.MapIdentity();
        app.MapPracticePages();
        app.MapTheme();
        app.MapRazorPages();

        return app;
    }
}
