using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>A connected practice: who may send, and where its answers go. Nothing of this ever comes from a request.</summary>
internal sealed class Practice
{
    /// <summary>What a GP system needs for the whole road of a referral.</summary>
    internal const string UsualScopes =
        "system/ServiceRequest.cruds system/Task.cruds system/DocumentReference.crs system/Binary.crs system/Subscription.cruds";

    private Practice() { }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string? Agb { get; private set; }
    public string? Ura { get; private set; }

    /// <summary>The OAuth client of the GP system.</summary>
    public string ClientId { get; private set; } = "";

    public string? FhirBase { get; private set; }
    public DeliveryMode Delivery { get; private set; }

    /// <summary>Whether its FHIR base is told where its referrals stand; some practices ask for it themselves, or subscribe.</summary>
    public bool TakesTaskUpdates { get; private set; } = true;

    /// <summary>Whether its FHIR base takes a transaction Bundle, so that a letter and its draft referral go in one piece.</summary>
    public bool TakesTransactions { get; private set; }

    /// <summary>What its tokens may allow, separated by spaces.</summary>
    public string Scopes { get; private set; } = UsualScopes;

    /// <summary>Its public keys (RFC 7517), or null when they are fetched from <see cref="JwksUri"/> or it has a secret.</summary>
    public string? Jwks { get; private set; }

    public string? JwksUri { get; private set; }
    public bool HasSecret { get; private set; }
    public DateTimeOffset? KeysChangedAt { get; private set; }

    /// <summary>Client certificates it must come with (see <see cref="CertificateRule"/>), separated by spaces; null is none.</summary>
    public string? Certificates { get; private set; }

    /// <summary>Hosts beside that of the FHIR base to which notifications may go, separated by spaces.</summary>
    public string? NotificationHosts { get; private set; }

    public DateTimeOffset? SwitchedOffAt { get; private set; }

    /// <summary>Grows with each change, so that two managers do not undo each other's work.</summary>
    public int Version { get; private set; }

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

    internal static Practice Connect(PracticeDetails details, DateTimeOffset now)
    {
        var practice = new Practice { Id = Guid.NewGuid(), ClientId = details.ClientId! };
        practice.Change(details, now);
        return practice;
    }

    /// <summary>Takes over what was checked before (<see cref="PracticeDetails.Faults"/>). The client id never changes.</summary>
    internal void Change(PracticeDetails details, DateTimeOffset now)
    {
        (Name, Agb, Ura, FhirBase) = (details.Name!, details.Agb, details.Ura, details.FhirBase);
        (Delivery, Scopes) = (details.DeliveryMode, details.Scopes ?? UsualScopes);
        TakesTaskUpdates = details.TaskUpdates is not "off";
        TakesTransactions = details.Transactions is "on";
        (Certificates, NotificationHosts) = (details.Certificates, details.NotificationHosts);
        if (details.Jwks != Jwks || details.JwksUri != JwksUri)
        {
            (Jwks, JwksUri, KeysChangedAt) = (details.Jwks, details.JwksUri, now);
        }

        Version++;
    }

    internal void GotSecret(DateTimeOffset now)
    {
        (HasSecret, KeysChangedAt) = (true, now);
        Version++;
    }

    /// <summary>It can no longer ask anything. Its referrals stay, and their letters still go to it.</summary>
    internal void SwitchOff(DateTimeOffset now)
    {
        SwitchedOffAt ??= now;
        Version++;
    }

    internal void SwitchOn()
    {
        SwitchedOffAt = null;
        Version++;
    }
}

/// <summary>How the practice's FHIR base takes a letter (interface section 5).</summary>
internal enum DeliveryMode
{
    /// <summary>Under our id.</summary>
    Put,

    /// <summary>It gives its own id.</summary>
    Post,

    /// <summary>ZorgDomein's habit: a document Bundle, posted to [base]/Bundle.</summary>
    Document,
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
        builder.Property(p => p.Scopes).HasMaxLength(1000);
        builder.Property(p => p.Jwks).HasMaxLength(20_000);
        builder.Property(p => p.JwksUri).HasMaxLength(500);
        builder.Property(p => p.Certificates).HasMaxLength(2000);
        builder.Property(p => p.NotificationHosts).HasMaxLength(1000);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasIndex(p => p.ClientId).IsUnique();
    }
}
