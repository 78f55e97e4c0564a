using VGIntegration.Hosting;

namespace VGIntegration.ReferralIntake.Requesting;

internal static class Registration
{
    public static void AddRequesting(this WebApplicationBuilder builder)
    {
        builder.AddOther<PlanningRecords>("Planning");
        builder.AddOther<FeedbackRecords>("Feedback");
        builder.Services.AddScoped<ExportRecord>().AddScoped<FindReferrals>();
    }

    private static void AddOther<TClient>(this WebApplicationBuilder builder, string service)
        where TClient : class
    {
        if (builder.Configuration[$"Services:{service}"] is { Length: > 0 })
        {
            builder.AddServiceClient<TClient>(service, "record.read");
        }
        else
        {
            builder.Services.AddHttpClient<TClient>(); // alone on its machine: nobody to ask
        }
    }
}
