using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Advising;

internal static class Registration
{
    public static void AddAdvising(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<Conversations>("Planning", "conversation.read");
        builder.Services.AddScoped<AdviceSurroundings>().AddScoped<FinishAdvice>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("professional", Authentication.PersonWith("professional"))
            .AddPolicy("manager", Authentication.PersonWith("manager"));
    }
}
