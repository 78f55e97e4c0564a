using System.Security.Cryptography;
using System.Text;

namespace VGIntegration.Planning.Choosing;

/// <summary>
/// The key by which a resident, without an account, reaches the own appointment. It holds no name and no data: 160 random bits
/// of which only the hash is kept. It ends by itself, and a planner can end it sooner.
/// </summary>
internal sealed class PersonalLink
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789"; // none that look alike, for who types it from a letter
    private const int Length = 32;

    private PersonalLink() { }

    public Guid Id { get; private set; }
    public Guid ReferralId { get; private set; }
    public string TokenHash { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    internal static (PersonalLink Link, string Token) Make(Guid referralId, DateTimeOffset until, DateTimeOffset now)
    {
        var token = RandomNumberGenerator.GetString(Letters, Length);
        return (new() { Id = Guid.NewGuid(), ReferralId = referralId, TokenHash = HashOf(token)!, CreatedAt = now, ExpiresAt = until }, token);
    }

    /// <summary>Null when it cannot be a token at all.</summary>
    internal static string? HashOf(string token)
    {
        var plain = token.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.Length == Length && plain.All(Letters.Contains)
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(plain)))
            : null;
    }

    /// <summary>In fours, as it stands in the address.</summary>
    internal static string Readable(string token) => string.Join('-', token.Chunk(4).Select(four => new string(four)));

    internal bool IsGood(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    internal void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
