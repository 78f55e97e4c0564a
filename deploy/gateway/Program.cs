using VGIntegration.Gateway.Routing;
using VGIntegration.Hosting;
using VGIntegration.Theme;

namespace VGIntegration.Gateway;

public static class Program
{
    // A service knows best what its answer may do, such as a file from outside that may do nothing.
    private const string AsTheyCame = "as-they-came";

    public static Task<int> Main(string[] args) => ServiceDefaults.Run(() => Create(args));

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args);
        adapt?.Invoke(builder);

        builder.AddServiceDefaults();
        builder.AddRoutes(Places.Of(builder.Configuration));
        builder.AddTheme("");
        builder.Services.AddSecurityHeaderPolicies().AddPolicy(AsTheyCame, _ => { });

        var app = builder.Build();

        app.UseServiceDefaults();
        app.UseFriendlyErrors();
        app.UseAnswerForPrograms();
        app.MapHealth();
        app.MapTheme();
        app.MapRazorPages();
        app.MapReverseProxy().WithSecurityHeadersPolicy(AsTheyCame);

        return app;
    }
}
