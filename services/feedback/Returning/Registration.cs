using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence.PostgreSql;
using VGIntegration.Feedback.Persistence.Sqlite;
using VGIntegration.Feedback.Persistence.SqlServer;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Returning;

internal static class Registration
{
    public static void AddReturning(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<Recipients>("ReferralIntake", "referral.recipient");
        builder.Services.Configure<ReturnSettings>(s => builder.Configuration.GetSection("Practices").Bind(s.Practices));
        var practices = builder.Configuration.GetSection("Practices").Get<Dictionary<string, ReturnSettings.PracticeSettings>>();
        var (connections, kinds) = (PracticeConnections.Of(practices), LetterKinds.Of(practices));
        builder.Services.AddHttpClient<GpSystem>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(PracticeConnections.OneTry)
            .RemoveAllLoggers();
        builder.Services.AddSingleton(_ => connections).AddSingleton(kinds).AddSingleton<Lanes>().AddSingleton<DeliverySignal>().AddSingleton<WakeOnCommit>().AddSingleton<DeliveryFigures>();
        builder.Services.AddScoped<ReturnAdvice>().AddScoped<PackParcel>().AddScoped<SendParcel>().AddScoped<RecordOutcome>().AddScoped<TellOthers>().AddScoped<KeepLetter>();
        builder.Services
            .ConfigureDbContext<SqliteFeedback>(Wake).ConfigureDbContext<PostgreSqlFeedback>(Wake).ConfigureDbContext<SqlServerFeedback>(Wake);
        builder.Services.AddHostedService<SendParcels>().AddHostedService<WatchDeliveries>();
    }

    private static void Wake(IServiceProvider services, DbContextOptionsBuilder options) =>
        options.AddInterceptors(services.GetRequiredService<WakeOnCommit>());
}
