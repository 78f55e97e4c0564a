namespace VGIntegration.Feedback.Printing;

internal static class Registration
{
    public static void AddPrinting(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(Masthead.Of(builder.Configuration));
}
