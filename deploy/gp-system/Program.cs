using VGIntegration.Hosting;

namespace VGIntegration.GpSystem;

public static class Program
{
    public static Task<int> Main(string[] args) => ServiceDefaults.Run(() => Create(args));

    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = ServiceDefaults.CreateBuilder(typeof(Program).Assembly, args);
        adapt?.Invoke(builder);
        builder.AddServiceDefaults();
        return builder.Build();
    }
}
