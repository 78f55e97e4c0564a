using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Identity;

/// <summary>Mutual TLS, on the connection itself and as a gateway passes it on.</summary>
public sealed class ClientCertificateTests
{
    private const string Header = "X-Client-Certificate";
    private static readonly Uri Tasks = new("/fhir/Task", UriKind.Relative);

    [Fact]
    public async Task A_practice_with_a_certificate_comes_with_it_on_its_own_connection_or_not_at_all()
    {
        var folder = Sandbox.Folder("certificates");
        using var server = Certificate("localhost");
        await File.WriteAllBytesAsync(Path.Combine(folder, "server.pfx"), server.Export(X509ContentType.Pfx), TestContext.Current.CancellationToken);
        var address = $"https://127.0.0.1:{Sandbox.FreePort()}";
        await using var intake = await AuthorityHost.With(
            $"--urls={address}", $"--Authentication:Authority={address}",
            "--ClientCertificates:Mode=Direct", $"--Kestrel:Certificates:Default:Path={Path.Combine(folder, "server.pfx")}");
        using var own = Certificate("brug.example");
        using var another = Certificate("brug.example");
        var gp = SigningGp.Ec("brug-direct");
        await intake.Connect(gp, d => d with { Certificates = own.GetCertHashString(HashAlgorithmName.SHA256) });

        using var withOwn = Over(intake.Address, server, own);
        using var withAnother = Over(intake.Address, server, another);
        using var without = Over(intake.Address, server, null);

        Assert.NotNull((await SigningGp.Ask(withOwn, gp.Assertion(intake.Address)))["access_token"]);
        Assert.Equal("invalid_client", (string?)(await SigningGp.Ask(withAnother, gp.Assertion(intake.Address)))["error"]);
        Assert.Equal("invalid_client", (string?)(await SigningGp.Ask(without, gp.Assertion(intake.Address)))["error"]);
    }

    [Fact]
    public async Task A_gateway_passes_the_certificate_on_and_its_token_is_good_with_that_one_only()
    {
        await using var intake = await AuthorityHost.With("--ClientCertificates:Mode=Forwarded", "--ClientCertificates:Proxies:0=127.0.0.0/8");
        using var own = Certificate("brug.example");
        using var another = Certificate("brug.example");
        var gp = SigningGp.Ec("brug-forwarded");
        await intake.Connect(gp, d => d with { Certificates = $"{own.GetCertHashString(HashAlgorithmName.SHA256)} {another.GetCertHashString(HashAlgorithmName.SHA256)}" });

        using var http = intake.Client();
        http.DefaultRequestHeaders.Add(Header, Convert.ToBase64String(own.RawData));
        var token = (string?)(await SigningGp.Ask(http, gp.Assertion(intake.Address)))["access_token"];

        Assert.Equal(HttpStatusCode.OK, await Read(intake, token, own));
        Assert.Equal(HttpStatusCode.Unauthorized, await Read(intake, token, another));
        Assert.Equal(HttpStatusCode.Unauthorized, await Read(intake, token, null));
    }

    [Fact]
    public async Task Who_is_not_the_gateway_proves_nothing_with_a_header()
    {
        await using var intake = await AuthorityHost.With("--ClientCertificates:Mode=Forwarded", "--ClientCertificates:Proxies:0=10.0.0.4/32");
        using var own = Certificate("brug.example");
        var gp = SigningGp.Ec("brug-spoofed");
        await intake.Connect(gp, d => d with { Certificates = own.GetCertHashString(HashAlgorithmName.SHA256) });

        using var http = intake.Client();
        http.DefaultRequestHeaders.Add(Header, Convert.ToBase64String(own.RawData));
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "10.0.0.4");

        Assert.Equal("invalid_client", (string?)(await SigningGp.Ask(http, gp.Assertion(intake.Address)))["error"]);
    }

    [Fact]
    public async Task A_name_counts_only_in_a_certificate_of_a_trusted_authority()
    {
        var folder = Sandbox.Folder("authorities");
        using var authority = Certificate("authority", isAuthority: true);
        await File.WriteAllTextAsync(Path.Combine(folder, "authorities.pem"), authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var intake = await AuthorityHost.With(
            "--ClientCertificates:Mode=Forwarded", "--ClientCertificates:Proxies:0=127.0.0.0/8",
            $"--ClientCertificates:Authorities={Path.Combine(folder, "authorities.pem")}");
        using var issued = Certificate("brug.example", by: authority);
        using var selfMade = Certificate("brug.example");
        var gp = SigningGp.Ec("brug-named");
        await intake.Connect(gp, d => d with { Certificates = "san:brug.example" });

        Assert.Null(await Error(intake, gp, issued));
        Assert.Equal("invalid_client", await Error(intake, gp, selfMade));
    }

    private static async Task<string?> Error(AuthorityHost intake, SigningGp gp, X509Certificate2 certificate)
    {
        using var http = intake.Client();
        http.DefaultRequestHeaders.Add(Header, Convert.ToBase64String(certificate.RawData));
        return (string?)(await SigningGp.Ask(http, gp.Assertion(intake.Address)))["error"];
    }

    private static async Task<HttpStatusCode> Read(AuthorityHost intake, string? token, X509Certificate2? certificate)
    {
        using var http = intake.Client();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        if (certificate is not null)
        {
            http.DefaultRequestHeaders.Add(Header, Convert.ToBase64String(certificate.RawData));
        }

        return (await http.GetAsync(Tasks, TestContext.Current.CancellationToken)).StatusCode;
    }

    private static HttpClient Over(Uri address, X509Certificate2 server, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == server.GetCertHashString();
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return new(handler) { BaseAddress = address };
    }

    private static X509Certificate2 Certificate(string name, X509Certificate2? by = null, bool isAuthority = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var now = TimeProvider.System.GetUtcNow();
        var (from, until) = by is null ? (now.AddHours(-1), now.AddHours(1)) : (now.AddMinutes(-50), now.AddMinutes(50));
        using var made = by is null
            ? request.CreateSelfSigned(from, until)
            : request.Create(by, from, until, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
