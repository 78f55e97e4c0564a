using VGIntegration.Contracts;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Feedback.Correcting;
using VGIntegration.Feedback.Explaining;
using VGIntegration.Feedback.HandingOver;
using VGIntegration.Feedback.Informing;
using VGIntegration.Feedback.Keeping;
using VGIntegration.Feedback.Monitoring;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Persistence.PostgreSql;
using VGIntegration.Feedback.Persistence.Sqlite;
using VGIntegration.Feedback.Persistence.SqlServer;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Reading;
using VGIntegration.Feedback.Researching;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Telling;
using VGIntegration.Hosting;
using VGIntegration.Theme;

namespace VGIntegration.Feedback;

public static class Program
{
    public static Task<int> Main(string[] args) => ServiceDefaults.Run(() => Create(args));

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args);
        adapt?.Invoke(builder);

        builder.AddServiceDefaults();
        builder.AddDatabase<FeedbackDbContext, SqliteFeedback, SqlServerFeedback, PostgreSqlFeedback>();
        builder.AddMessaging<FeedbackDbContext>(Subscriptions.Queues, consumers => consumers
            .Add<OpenAdvice>().Add<CountConversation>().Add<TellPractice>().Add<EraseReferral>());
        builder.AddLogIn("/feedback");
        builder.AddTheme("/feedback", NavigationItem.OfTheSystem);
        builder.AddPrinting();
        builder.AddExplaining();
        builder.AddAdvising();
        builder.AddReading();
        builder.AddReturning();
        builder.AddResearching();
        builder.AddMonitoring();
        builder.AddClaiming();
        builder.AddTelling();
        builder.AddKeeping();
        builder.AddCorrecting();
        builder.AddHandingOver();

        var app = builder.Build();

        app.UseServiceDefaults();
        app.UseFriendlyErrors();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapLogOut("/feedback");
        app.MapTheme();
        app.MapExplaining();
        app.MapSavePart();
        app.MapPreviewLetter();
        app.MapResidentCopy();
        app.MapDossierNote();
        app.MapDownloadLetter();
        app.MapInformIntake();
        app.MapMonitoring();
        app.MapDownloadExport();
        app.MapInformOfRecord();
        app.MapRazorPages();

        return app;
    }
}
