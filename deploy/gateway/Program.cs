using VGIntegration.Gateway.Routing;
using VGIntegration.Hosting;
using VGIntegration.Theme;

namespace VGIntegration.Gateway;

public static class Program
{
    public static Task<int> Main(string[] args) => ServiceDefaults.Run(() => Create(args));

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args);
        adapt?.Invoke(builder);

        builder.AddServiceDefaults();
        builder.AddRoutes(Places.Of(builder.Configuration));
        builder.AddTheme("");

        var app = builder.Build();

        app.UseServiceDefaults();
        app.UseFriendlyErrors();
        app.UseAnswerForPrograms();
        app.MapHealth();
        app.MapTheme();
        app.MapRazorPages();
        app.MapReverseProxy();

        return app;
    }
}
