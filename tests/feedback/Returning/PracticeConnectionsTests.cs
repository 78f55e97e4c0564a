using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

public sealed class PracticeConnectionsTests
{
    private readonly string _folder = Sandbox.Folder("certificates");

    [Theory]
    [InlineData("client.pem", null)]
    [InlineData("client.pfx", "een wachtwoord")]
    public void A_practice_that_asks_for_a_certificate_has_a_connection_of_its_own(string name, string? password)
    {
        using var shared = new HttpClient();
        using var connections = PracticeConnections.Of(new() { ["een"] = new() { CertificateFile = ACertificate(name, password), CertificatePassword = password }, ["twee"] = new() });

        Assert.NotSame(shared, connections.To("EEN", shared));
        Assert.Same(shared, connections.To("twee", shared));
        Assert.Same(shared, connections.To(null, shared));
    }

    [Theory]
    [InlineData("nowhere.pem", null)]
    [InlineData("client.pfx", "een ander wachtwoord")]
    public async Task A_certificate_that_cannot_be_read_stops_the_start_with_one_clear_line(string name, string? password)
    {
        var file = name is "nowhere.pem" ? Path.Combine(_folder, name) : ACertificate(name, "een wachtwoord");

        var stopped = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start(
            $"--Practices:een:CertificateFile={file}", $"--Practices:een:CertificatePassword={password}"));

        Assert.StartsWith("Practices:een:CertificateFile cannot be read", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', stopped.Message);
    }

    private string ACertificate(string name, string? password)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=regio.example.nl", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(from, from.AddYears(2));
        var file = Path.Combine(_folder, name);
        if (name.EndsWith(".pem", StringComparison.Ordinal))
        {
            File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        }
        else
        {
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, password));
        }

        return file;
    }
}
