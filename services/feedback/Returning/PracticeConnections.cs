using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Returning;

/// <summary>Connections of our own with practices that ask for a client certificate; the others share one.</summary>
internal sealed class PracticeConnections : IDisposable
{
    private readonly Dictionary<string, HttpClient> _own;

    private PracticeConnections(Dictionary<string, HttpClient> own) => _own = own;

    /// <exception cref="SettingException">A certificate cannot be read.</exception>
    public static PracticeConnections Of(Dictionary<string, ReturnSettings.PracticeSettings>? practices) => new((practices ?? [])
        .Where(p => p.Value.CertificateFile is { Length: > 0 })
        .ToDictionary(p => p.Key, p => Connect(p.Key, p.Value), StringComparer.OrdinalIgnoreCase));

    public HttpClient To(string? practiceId, HttpClient shared) => practiceId is not null && _own.TryGetValue(practiceId, out var own) ? own : shared;

    public void Dispose() => _own.Values.ToList().ForEach(client => client.Dispose());

    // A redirect could lead a letter anywhere, and a cookie could mix practices.
    internal static SocketsHttpHandler OneTry() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    private static HttpClient Connect(string practiceId, ReturnSettings.PracticeSettings settings)
    {
        var handler = OneTry();
        handler.SslOptions.ClientCertificates = [Read(practiceId, settings)];
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static X509Certificate2 Read(string practiceId, ReturnSettings.PracticeSettings settings)
    {
        var file = settings.CertificateFile!;
        try
        {
            if (!file.EndsWith(".pem", StringComparison.OrdinalIgnoreCase))
            {
                return X509CertificateLoader.LoadPkcs12FromFile(file, settings.CertificatePassword);
            }

            using var pem = settings.CertificatePassword is { Length: > 0 } password
                ? X509Certificate2.CreateFromEncryptedPemFile(file, password)
                : X509Certificate2.CreateFromPemFile(file);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null); // TLS on Windows takes no key that lives in memory only
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException($"Practices:{practiceId}:CertificateFile cannot be read as a certificate with its key (PFX, or PEM with both).");
        }
    }
}
