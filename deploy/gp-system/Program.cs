using VGIntegration.GpSystem.Filing;
using VGIntegration.GpSystem.Referring;
using VGIntegration.Hosting;
using VGIntegration.Theme;

namespace VGIntegration.GpSystem;

public static class Program
{
    public static Task<int> Main(string[] args) => ServiceDefaults.Run(() => Create(args));

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args);
        adapt?.Invoke(builder);

        builder.AddServiceDefaults();
        builder.AddCabinet(builder.Configuration["data"] ?? "data");
        builder.AddIntake(builder.Configuration);
        builder.AddTheme("/gp-system");

        var app = builder.Build();

        app.UseServiceDefaults();
        app.UseFriendlyErrors();
        app.MapHealth();
        app.MapReceiveDocument();
        app.MapReceiveDraft();
        app.MapReceiveTask();
        app.MapOpenLetter();
        app.MapTheme();
        app.MapRazorPages();

        return app;
    }
}
