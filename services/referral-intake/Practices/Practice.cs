using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>A connected practice: who may send, and where its answers go. Nothing of this ever comes from a request.</summary>
internal sealed class Practice
{
    private Practice() { }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string? Agb { get; private set; }
    public string? Ura { get; private set; }

    /// <summary>The OAuth client of the GP system.</summary>
    public string ClientId { get; private set; } = "";

    public string? FhirBase { get; private set; }
    public DeliveryMode Delivery { get; private set; }

    internal static Practice Connect(string name, string clientId, string? agb, string? ura, string? fhirBase, DeliveryMode delivery) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        ClientId = clientId,
        Agb = agb,
        Ura = ura,
        FhirBase = fhirBase,
        Delivery = delivery,
    };
}

/// <summary>How the practice's FHIR base takes a letter (interface section 5).</summary>
internal enum DeliveryMode
{
    Put,
    Post,
}

internal sealed class PracticeMapping : IEntityTypeConfiguration<Practice>
{
    public void Configure(EntityTypeBuilder<Practice> builder)
    {
        builder.ToTable("Practices");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Name).HasMaxLength(200);
        builder.Property(p => p.Agb).HasMaxLength(8);
        builder.Property(p => p.Ura).HasMaxLength(8);
        builder.Property(p => p.ClientId).HasMaxLength(100);
        builder.Property(p => p.FhirBase).HasMaxLength(500);
        builder.HasIndex(p => p.ClientId).IsUnique();
    }
}
