using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using VGIntegration.Hosting;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>
/// Mutual TLS, when ClientCertificates:Mode is Direct (on this server's own connection) or Forwarded (in a header of a
/// gateway that ClientCertificates:Proxies names). A practice for which a certificate is registered must come with it; a
/// token that is bound to one (RFC 8705) is good only with that one.
/// </summary>
internal sealed class ClientCertificates
{
    private static readonly object Peer = new();

    private readonly Mode _mode;
    private readonly string _header;
    private readonly IPNetwork[] _proxies;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly TimeProvider _clock;

    internal ClientCertificates(IConfiguration settings, TimeProvider clock)
    {
        var own = settings.GetSection("ClientCertificates");
        _clock = clock;
        _mode = Enum.TryParse<Mode>(own["Mode"] ?? "Off", true, out var mode)
            ? mode
            : throw new SettingException("ClientCertificates:Mode must be Off, Direct or Forwarded.");
        _header = own["Header"] ?? "X-Client-Certificate";
        _proxies = [.. (own.GetSection("Proxies").Get<string[]>() ?? []).Select(Network)];
        if (_mode is Mode.Forwarded && _proxies.Length == 0)
        {
            throw new SettingException("ClientCertificates:Proxies must name the gateway (such as 10.0.0.4/32) when the mode is Forwarded.");
        }

        if (own["Authorities"] is { Length: > 0 } file)
        {
            Load(file);
        }
    }

    internal bool AreDirect => _mode is Mode.Direct;

    /// <summary>The certificate the caller has proven to hold, or null.</summary>
    internal X509Certificate2? Of(HttpContext http)
    {
        var certificate = _mode switch
        {
            Mode.Direct => http.Connection.ClientCertificate,
            Mode.Forwarded when IsProxy(http) => Read(http.Request.Headers[_header].ToString()),
            _ => null,
        };
        var now = _clock.GetUtcNow();
        return certificate is not null && certificate.NotBefore <= now && now < certificate.NotAfter ? certificate : null;
    }

    /// <summary>Why this caller is refused for its certificate, or null.</summary>
    internal (int Status, string Why)? Refusal(HttpContext http, KnownPractice practice)
    {
        var bound = Bound(http);
        if (bound is null && practice.Certificates is null)
        {
            return null;
        }

        var certificate = Of(http);
        if (bound is not null && (certificate is null || CertificateRule.Confirmation(certificate) != bound))
        {
            return (401, "Dit token hoort bij een ander clientcertificaat. Vraag een token met het certificaat waarmee u nu verbinding maakt.");
        }

        return Meets(practice.Certificates, certificate)
            ? null
            : (403, "Deze praktijk moet zich met haar geregistreerde clientcertificaat melden, en dat is hier niet gezien.");
    }

    /// <summary>Whether the registered rules, if any, allow this certificate.</summary>
    internal bool Meets(string? rules, X509Certificate2? certificate) =>
        rules is null || (certificate is not null && CertificateRule.Allows(rules, certificate, IsTrusted));

    internal static void Demand(HttpsConnectionAdapterOptions https)
    {
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate(); // judged per practice, above
    }

    private static string? Bound(HttpContext http)
    {
        if (http.User.FindFirst("cnf")?.Value is not { } confirmation)
        {
            return null;
        }

        using var json = JsonDocument.Parse(confirmation);
        return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("x5t#S256", out var hash)
            ? hash.GetString()
            : ""; // bound to something this service cannot check
    }

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // a practice is switched off here
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2")); // client authentication
        return _authorities.Count > 0 && chain.Build(certificate);
    }

    private bool IsProxy(HttpContext http) => http.Items[Peer] is IPAddress address
        && _proxies.Any(p => p.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>Remembers who is at the other end of the connection, before X-Forwarded-For is believed.</summary>
    internal sealed class SeePeer : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Items[Peer] = http.Connection.RemoteIpAddress;
                return rest(http);
            });
            next(app);
        };
    }

    // Base64 of DER (YARP, Azure) or PEM with percent signs (nginx).
    private static X509Certificate2? Read(string header)
    {
        try
        {
            var text = header.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(header) : header;
            return text.Length == 0 ? null
                : text.StartsWith("-----", StringComparison.Ordinal) ? X509Certificate2.CreateFromPem(text)
                : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private void Load(string file)
    {
        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException("ClientCertificates:Authorities must be a readable PEM file with the certificates of the trusted authorities.");
        }
    }

    private static IPNetwork Network(string text) => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new SettingException($"ClientCertificates:Proxies has '{text}', which is no network such as 10.0.0.4/32.");

    private enum Mode
    {
        Off,
        Direct,
        Forwarded,
    }
}
