using System.Security.Cryptography;
using System.Text;

namespace VGIntegration.Planning.Inviting;

/// <summary>The calendar of one professional, that a calendar program subscribes to with a secret address. Only its hash is kept.</summary>
internal sealed class Feed
{
    private Feed() { }

    public Guid ProfessionalId { get; private set; }

    /// <summary>SHA-256 of the secret; it has 256 random bits, so no salt is needed.</summary>
    public string SecretHash { get; private set; } = "";

    public DateTimeOffset RenewedAt { get; private set; }

    internal static Feed For(Guid professionalId) => new() { ProfessionalId = professionalId };

    /// <summary>Another secret; the address of before is no longer known. It is shown once.</summary>
    internal string Renew(DateTimeOffset now)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        (SecretHash, RenewedAt) = (HashOf(secret), now);
        return secret;
    }

    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
