using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Returning;

internal static class Registration
{
    public static void AddReturning(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<Recipients>("ReferralIntake", "referral.recipient");
        builder.Services.Configure<ReturnSettings>(s => builder.Configuration.GetSection("Practices").Bind(s.Practices));
        builder.Services.AddHttpClient<GpSystem>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(OneTry)
            .RemoveAllLoggers();
        builder.Services.AddSingleton<Lanes>().AddSingleton<DeliverySignal>().AddSingleton<DeliveryFigures>();
        builder.Services.AddScoped<PrintLetter>().AddScoped<DeliverLetter>().AddScoped<RecordOutcome>();
        builder.Services.AddHostedService<ReturnAdvice>().AddHostedService<WatchDeliveries>();
    }

    // A redirect could lead a letter anywhere, and a cookie could mix practices.
    private static SocketsHttpHandler OneTry() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
