using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Researching;

/// <summary>For whom the file is: the researcher's certificate (setting Researching:Certificate), if there is one.</summary>
internal sealed record Researcher(X509Certificate2? Certificate)
{
    /// <exception cref="SettingException">The file is not there, or holds no certificate with an RSA key of 2048 bits or more.</exception>
    internal static Researcher Of(IConfiguration settings)
    {
        if (settings["Researching:Certificate"] is not { Length: > 0 } file)
        {
            return new Researcher((X509Certificate2?)null);
        }

        try
        {
            var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
            using var key = certificate.GetRSAPublicKey();
            return key is { KeySize: >= 2048 } ? new Researcher(certificate) : throw Useless();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Useless();
        }

        static SettingException Useless() =>
            new("Researching:Certificate must be a file with the researcher's certificate (PEM), with an RSA key of 2048 bits or more.");
    }

    internal bool IsValidAt(DateTimeOffset now) => Certificate is { } certificate && now >= certificate.NotBefore && now <= certificate.NotAfter;
}

/// <summary>Rows that only the researcher can read: CSV in a CMS envelope (RFC 5652), which openssl cms -decrypt opens.</summary>
internal static class SealedFile
{
    private static readonly Oid Aes256 = new("2.16.840.1.101.3.4.1.42");

    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ";", // what a Dutch spreadsheet opens in columns
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape, // nothing in it runs as a formula
        InjectionCharacters = ['=', '@', '+', '-', '\t', '\r'],
    };

    internal static byte[] Write(IEnumerable<IReadOnlyList<string>> rows, X509Certificate2 researcher)
    {
        using var memory = new MemoryStream();
        using (var csv = new CsvWriter(new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)), Form))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell);
                }

                csv.NextRecord();
            }
        }

        var envelope = new EnvelopedCms(new ContentInfo(memory.ToArray()), new AlgorithmIdentifier(Aes256));
        envelope.Encrypt(new CmsRecipient(SubjectIdentifierType.IssuerAndSerialNumber, researcher, RSAEncryptionPadding.OaepSHA256));
        return envelope.Encode();
    }
}
