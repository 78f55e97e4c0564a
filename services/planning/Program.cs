using VGIntegration.Contracts;
using VGIntegration.Hosting;
using VGIntegration.Planning.Agreeing;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Conversing;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Keeping;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Publishing;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Exchanging;
using VGIntegration.Planning.Repairing;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Sharing;
using VGIntegration.Planning.Web;
using VGIntegration.Theme;

namespace VGIntegration.Planning;

public static class Program
{
    public static Task<int> Main(string[] args) => ServiceDefaults.Run(() => Create(args));

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args);
        adapt?.Invoke(builder);

        builder.AddServiceDefaults();
        builder.AddDatabase<PlanningDbContext, SqlitePlanning, SqlServerPlanning, PostgreSqlPlanning>();
        builder.AddRegistry();
        builder.AddMessaging<PlanningDbContext>(
            Subscriptions.Queues, consumers => consumers.Add<MatchProfessionals>(atMostAtOnce: 1).Add<FollowReferral>(atMostAtOnce: 1).Add<FollowJourney>()
                .Add<InviteParticipants>(atMostAtOnce: 1).Add<EraseReferral>());
        builder.AddMatching();
        builder.AddScheduling();
        builder.AddRepairing();
        builder.AddAgreeing();
        builder.AddConversing();
        builder.AddInviting();
        builder.AddChoosing();
        builder.AddSharing();
        builder.AddKeeping();
        builder.AddPages();

        var app = builder.Build();

        app.UseServiceDefaults();
        app.UseFriendlyErrors();
        app.UseFhirErrors();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapHealth();
        app.MapLogOut("/planning");
        app.MapTheme();
        app.MapInformFeedback();
        app.MapNameProfessionals();
        app.MapInformOfRecord();
        app.MapOpenAttachment();
        app.MapOpenSentByGp();
        app.MapExportRegistry();
        app.MapLiveUpdates();
        app.MapOpenCalendar();
        app.MapPlanningFhir();
        app.MapRazorPages();

        return app;
    }
}
