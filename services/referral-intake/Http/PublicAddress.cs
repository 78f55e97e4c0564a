using VGIntegration.Hosting;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>The address by which GP systems know us, from the setting Fhir:Base; for what is sent, where no request tells it.</summary>
internal sealed class PublicAddress
{
    /// <exception cref="SettingException">It is no http(s) address.</exception>
    public PublicAddress(IConfiguration settings)
    {
        var given = settings["Fhir:Base"]?.TrimEnd('/');
        Base = given is null or "" || (Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? given is "" ? null : given
            : throw new SettingException("Fhir:Base must be the address of /fhir as GP systems know it.");
    }

    public string? Base { get; }

    /// <summary>As the caller sees us, where the setting is missing.</summary>
    public string For(HttpRequest request) => Base ?? $"{request.Scheme}://{request.Host}/fhir";
}
