using VGIntegration.Hosting;

namespace VGIntegration.Gateway.Routing;

/// <summary>Which service is where, and which paths it serves.</summary>
internal sealed record Places(IReadOnlyList<Place> All, bool IsDemo)
{
    public bool HasGpSystem => All.Any(p => p.Name == "GpSystem");

    public static Places Of(IConfiguration settings)
    {
        Place?[] all =
        [
            Find(settings, "ReferralIntake", "/fhir", "/practices", "/connect", "/.well-known"),
            Find(settings, "Planning", "/planning", "/uw-gesprek", "/fhir/Appointment", "/fhir/Slot", "/fhir/Schedule", "/fhir/planning"),
            Find(settings, "Feedback", "/feedback", "/verkennend-gesprek", "/uw-advies"),
            string.IsNullOrEmpty(settings["Gateway:GpSystem"]) ? null : Find(settings, "GpSystem", "/gp-system"),
        ];
        return new([.. all.OfType<Place>()], settings.IsDemo());
    }

    private static Place Find(IConfiguration settings, string name, params string[] paths) =>
        Uri.TryCreate(settings[$"Gateway:{name}"], UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new Place(name, address, paths)
            : throw new SettingException($"Gateway:{name} must be the address of that service, such as http://localhost:5101.");
}

/// <summary>One service behind the gateway. Its /internal paths are not among those it serves to the outside.</summary>
internal sealed record Place(string Name, Uri Address, IReadOnlyList<string> Paths);
