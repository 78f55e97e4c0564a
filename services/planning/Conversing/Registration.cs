using VGIntegration.Hosting;

namespace VGIntegration.Planning.Conversing;

internal static class Registration
{
    public static void AddConversing(this WebApplicationBuilder builder)
    {
        var mayBeEarly = builder.Configuration.GetValue("Conversing:AllowEarly", builder.Configuration.IsDemo());
        builder.Services.AddSingleton(new ConversingRules(mayBeEarly)).AddScoped<RecordConversation>();
    }
}
