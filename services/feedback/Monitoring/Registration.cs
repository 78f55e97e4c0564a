using VGIntegration.Feedback.Monitoring.Exporting;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>The form after each conversation, the office's list of what is missing, and what leaves without a name.</summary>
internal static class Registration
{
    public static void AddMonitoring(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MonitoringForms>();
        builder.Services.AddAuthorizationBuilder().AddPolicy(MonitoringFeed.Policy, Authentication.ServiceWith(MonitoringFeed.Scope));
    }

    public static void MapMonitoring(this IEndpointRouteBuilder app)
    {
        app.MapDownloadMonitoring();
        app.MapMonitoringFeed();
        app.MapPublishedDefinitions();
    }
}
