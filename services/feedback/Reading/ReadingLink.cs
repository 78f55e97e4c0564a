using System.Security.Cryptography;
using System.Text;

namespace VGIntegration.Feedback.Reading;

/// <summary>
/// The key by which a resident, without an account, reads the own advice. It holds no name and no data: 160 random bits of
/// which only the hash is kept. It ends by itself, and a professional can end it sooner.
/// </summary>
internal sealed class ReadingLink
{
    internal const string Path = "/uw-advies";
    internal static readonly TimeSpan GoodFor = TimeSpan.FromDays(90);
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789"; // none that look alike, for who types it from paper
    private const int Length = 32;

    private ReadingLink() { }

    public Guid Id { get; private set; }
    public Guid AdviceId { get; private set; }
    public string TokenHash { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>The link, and the readable key that stands in the address and is kept nowhere.</summary>
    internal static (ReadingLink Link, string Key) Make(Guid adviceId, DateTimeOffset now)
    {
        var token = RandomNumberGenerator.GetString(Letters, Length);
        var link = new ReadingLink { Id = Guid.NewGuid(), AdviceId = adviceId, TokenHash = HashOf(token)!, CreatedAt = now, ExpiresAt = now + GoodFor };
        return (link, string.Join('-', token.Chunk(4).Select(four => new string(four))));
    }

    /// <summary>Null when it cannot be a key at all.</summary>
    internal static string? HashOf(string key)
    {
        var plain = key.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.Length == Length && plain.All(Letters.Contains)
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(plain)))
            : null;
    }

    internal bool IsGood(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    internal void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
