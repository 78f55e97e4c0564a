using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Informing;

/// <summary>The resident agreed that the professional of the social domain reads what the huisarts wrote and sent along. FHIR R4 Consent.</summary>
internal sealed class SharingAgreement
{
    private SharingAgreement() { }

    public Guid ReferralId { get; private set; }

    /// <summary>When the resident said so last.</summary>
    public DateTimeOffset AgreedAt { get; private set; }

    /// <summary>Who asked the resident.</summary>
    public string AskedBy { get; private set; } = "";

    /// <summary>When the resident took it back; at once nobody of the social domain reads it any more.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    internal bool IsInForce => WithdrawnAt is null;

    internal static SharingAgreement Of(Guid referralId) => new() { ReferralId = referralId };

    internal void Record(bool agrees, string by, DateTimeOffset now)
    {
        if (agrees)
        {
            (AgreedAt, AskedBy, WithdrawnAt) = (now, by, null);
        }
        else
        {
            WithdrawnAt ??= now;
        }
    }
}

internal sealed class SharingAgreementMapping : IEntityTypeConfiguration<SharingAgreement>
{
    public void Configure(EntityTypeBuilder<SharingAgreement> builder)
    {
        builder.ToTable("SharingAgreements");
        builder.HasKey(s => s.ReferralId);
        builder.Property(s => s.ReferralId).ValueGeneratedNever();
        builder.Property(s => s.AskedBy).HasMaxLength(200);
        builder.Property(s => s.AgreedAt).IsConcurrencyToken();
        builder.Property(s => s.WithdrawnAt).IsConcurrencyToken();
    }
}
