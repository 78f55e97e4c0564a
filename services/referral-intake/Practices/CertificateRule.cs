using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>
/// Which client certificate a practice comes with: its SHA-256 thumbprint, or san:NAME for a DNS name in a certificate of a
/// trusted authority.
/// </summary>
internal static class CertificateRule
{
    private const string San = "san:";

    internal static bool IsValid(string rule) => rule.StartsWith(San, StringComparison.Ordinal)
        ? Uri.CheckHostName(rule[San.Length..]) is UriHostNameType.Dns
        : rule.Length == 64 && rule.All(char.IsAsciiHexDigit);

    internal static string? Tidy(string? rules) => rules is null ? null : string.Join(' ', rules.Split(' ').Select(r =>
        r.StartsWith(San, StringComparison.OrdinalIgnoreCase) ? r.ToLowerInvariant() : r.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant()));

    /// <summary>Whether the certificate is one of those that were registered; a name counts only when its chain was checked.</summary>
    internal static bool Allows(string rules, X509Certificate2 certificate, Func<X509Certificate2, bool> isTrusted)
    {
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        return rules.Split(' ').Any(rule => rule.StartsWith(San, StringComparison.Ordinal)
            ? Names(certificate).Contains(rule[San.Length..], StringComparer.OrdinalIgnoreCase) && isTrusted(certificate)
            : rule == thumbprint);
    }

    /// <summary>What a token is bound with (RFC 8705 section 3.1).</summary>
    internal static string Confirmation(X509Certificate2 certificate) =>
        Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));

    private static IEnumerable<string> Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames());
}
