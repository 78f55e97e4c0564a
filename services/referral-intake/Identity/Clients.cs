using OpenIddict.Abstractions;
using VGIntegration.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>
/// The programs that may ask the built-in authority for a token: our own services (Identity:Clients:{name}:Secret and
/// :Site), and in the demo the demo practice.
/// </summary>
internal sealed class Clients(IServiceScopeFactory scopes, IConfiguration settings) : IHostedService
{
    private static readonly Dictionary<string, string[]> ServiceScopes = new()
    {
        ["planning"] = ["referral.contact", "referral.attachment"],
        ["intake"] = ["letter.read", "record.read"],
        ["feedback"] = ["referral.recipient", "referral.research", "conversation.read", "registry.names"],
    };

    /// <summary>What the planners' own systems may read at planning (Identity:PlanningSystems:{name}:Secret).</summary>
    private static readonly string[] OfPlanningSystems = ["system/Appointment.rs", "system/Slot.rs", "system/Schedule.rs"];

    /// <summary>What an outside system may read at feedback: the monitoring forms, without a name (Identity:MonitoringSystems:{name}:Secret).</summary>
    private static readonly string[] OfMonitoringSystems = ["monitoring.read"];

    private const string DemoPlanningSystem = "demo-planning";
    private const string DemoMonitoringSystem = "demo-monitoring";

    /// <summary>Names that no practice can take.</summary>
    internal static bool IsService(string client) => ServiceScopes.ContainsKey(client) || client is DemoPlanningSystem or DemoMonitoringSystem;

    public Task StartAsync(CancellationToken cancellationToken) =>
        scopes.AtStart(services => Register(services.GetRequiredService<IOpenIddictApplicationManager>()), cancellationToken);

    private async Task Register(IOpenIddictApplicationManager clients)
    {
        foreach (var client in settings.GetSection("Identity:Clients").GetChildren())
        {
            if (!ServiceScopes.ContainsKey(client.Key) || client["Secret"] is not { Length: > 0 } secret)
            {
                throw new SettingException($"Identity:Clients:{client.Key} must be one of {string.Join(", ", ServiceScopes.Keys)}, with a Secret.");
            }

            await Register(clients, client.Key, secret, client["Site"] ?? settings["Authentication:Authority"]!);
        }

        await RegisterSystems(clients, "Identity:PlanningSystems", OfPlanningSystems);
        await RegisterSystems(clients, "Identity:MonitoringSystems", OfMonitoringSystems);

        if (settings.IsDemo())
        {
            await Register(clients, Practices.Registration.DemoClient, "demo", null);
            await Register(clients, DemoPlanningSystem, "demo", null, OfPlanningSystems);
            await Register(clients, DemoMonitoringSystem, "demo", null, OfMonitoringSystems);
        }
    }

    private async Task RegisterSystems(IOpenIddictApplicationManager clients, string section, string[] mayRead)
    {
        foreach (var system in settings.GetSection(section).GetChildren())
        {
            if (ServiceScopes.ContainsKey(system.Key) || system["Secret"] is not { Length: >= 16 } secret)
            {
                throw new SettingException($"{section}:{system.Key} must be a name of its own, with a Secret of 16 letters or more.");
            }

            await Register(clients, system.Key, secret, null, mayRead);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A service has a site with pages to log in to; a practice has none.</summary>
    internal static async Task Register(IOpenIddictApplicationManager clients, string id, string secret, string? site, string[]? scopes = null)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
        };
        foreach (var scope in scopes ?? ServiceScopes.GetValueOrDefault(id, []))
        {
            client.Permissions.Add($"{Permissions.Prefixes.Scope}{scope}");
        }

        if (site is not null)
        {
            client.Permissions.UnionWith([
                Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession, Permissions.GrantTypes.AuthorizationCode,
                Permissions.ResponseTypes.Code]);
            var pages = $"{site.TrimEnd('/')}/{(id == "intake" ? "practices" : id)}";
            client.RedirectUris.Add(new Uri($"{pages}/signin-oidc"));
            client.PostLogoutRedirectUris.Add(new Uri($"{pages}/signout-callback-oidc"));
        }

        if (await clients.FindByClientIdAsync(id) is { } known)
        {
            await clients.UpdateAsync(known, client);
        }
        else
        {
            await clients.CreateAsync(client);
        }
    }
}
