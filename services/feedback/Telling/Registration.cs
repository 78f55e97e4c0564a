namespace VGIntegration.Feedback.Telling;

internal static class Registration
{
    public static void AddTelling(this WebApplicationBuilder builder) =>
        builder.Services.AddScoped<ReturnClosingNote>().AddScoped<UpdateTask>().AddScoped<NotifySubscriber>();
}
