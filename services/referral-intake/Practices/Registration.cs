using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

internal static class Registration
{
    internal const string DemoClient = "demo-practice";

    public static void AddPractices(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownPractices>().AddSingleton<ClientKeys>().AddScoped<PracticeRegister>();
        builder.Services.AddHttpClient(nameof(ClientKeys), http => (http.Timeout, http.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(5), 100_000))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddSingleton(s => new ClientCertificates(builder.Configuration, s.GetRequiredService<TimeProvider>()))
            .AddTransient<IStartupFilter, ClientCertificates.SeePeer>();
        if (new ClientCertificates(builder.Configuration, TimeProvider.System).AreDirect)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(ClientCertificates.Demand));
        }

        if (builder.Configuration.IsDemo())
        {
            builder.Services.AddHostedService<DemoPractice>();
        }
    }

    /// <summary>The practice of the demo, whose letters go to the stand-in GP system.</summary>
    private sealed class DemoPractice(IServiceScopeFactory scopes, IConfiguration settings) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => scopes.AtStart(
            async services =>
            {
                var db = services.GetRequiredService<IntakeDbContext>();
                if (!await db.Practices.AnyAsync(p => p.ClientId == DemoClient, cancellationToken))
                {
                    var fhirBase = settings["Demo:FhirBase"] ?? $"{settings["Authentication:Authority"]!.TrimEnd('/')}/gp-system/fhir";
                    db.Add(Practice.Connect("Huisartsenpraktijk De Brug (demo)", DemoClient, "01007892", null, fhirBase, DeliveryMode.Put));
                    await db.SaveChangesAsync(cancellationToken);
                }
            },
            cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
