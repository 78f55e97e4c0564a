using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>An assertion that a client has shown (RFC 7523 jti): the key of the table is why no instance takes it twice.</summary>
internal sealed class UsedAssertion
{
    private UsedAssertion() { }

    /// <summary>SHA-256 over client and jti.</summary>
    public string Id { get; private set; } = "";

    public DateTimeOffset ExpiresAt { get; private set; }

    internal static UsedAssertion Of(string client, string jti, DateTimeOffset expiresAt) => new()
    {
        Id = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{client}\n{jti}"))),
        ExpiresAt = expiresAt,
    };
}

internal sealed class UsedAssertionMapping : IEntityTypeConfiguration<UsedAssertion>
{
    public void Configure(EntityTypeBuilder<UsedAssertion> builder)
    {
        builder.ToTable("UsedAssertions");
        builder.Property(u => u.Id).HasMaxLength(64);
        builder.HasIndex(u => u.ExpiresAt);
    }
}
