using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Identity;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>The only way a practice is connected or changed; each change leaves an audit row in the same save.</summary>
internal sealed class PracticeRegister(IntakeDbContext db, KnownPractices known, TimeProvider clock, IServiceProvider services)
{
    /// <summary>A secret is for small set-ups on the built-in authority; without one the practice signs with its own key.</summary>
    public async Task<IReadOnlyList<Fault>> Add(PracticeDetails details, string? secret, string who, CancellationToken ct)
    {
        details = details.Tidy();
        var faults = details.Faults().Concat(SecretFaults(secret)).ToList();
        if (faults.Count == 0 && (await db.Practices.AnyAsync(p => p.ClientId == details.ClientId, ct) || Clients.IsService(details.ClientId!)))
        {
            faults.Add(Taken(details.ClientId!));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        var practice = Practice.Connect(details, clock.GetUtcNow());
        db.Add(practice);
        Audit("C", practice, "connect-practice", who);
        await Save(practice, secret, ct);
        return [];
    }

    /// <summary>Takes the new details over. The version is that of the practice as the person saw it.</summary>
    public async Task<IReadOnlyList<Fault>> Change(Practice practice, PracticeDetails details, int version, string who, CancellationToken ct)
    {
        details = details.Tidy() with { ClientId = practice.ClientId };
        var faults = details.Faults().ToList();
        if (version != practice.Version)
        {
            faults.Add(new("", "Iemand anders heeft deze praktijk net gewijzigd. Bekijk het opnieuw en vul het nog een keer in.", "somebody else changed it; try again."));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        var hasNewKeys = (details.Jwks, details.JwksUri) != (practice.Jwks, practice.JwksUri);
        practice.Change(details, clock.GetUtcNow());
        Audit("U", practice, hasNewKeys ? "change-practice-keys" : "change-practice", who);
        await Save(practice, null, ct);
        return [];
    }

    /// <summary>The old secret stops at once.</summary>
    public async Task<IReadOnlyList<Fault>> ChangeSecret(Practice practice, string secret, string who, CancellationToken ct)
    {
        var faults = SecretFaults(secret).ToList();
        if (faults.Count == 0)
        {
            Audit("U", practice, "change-practice-secret", who);
            await Save(practice, secret, ct);
        }

        return faults;
    }

    public async Task SwitchOff(Practice practice, string who, CancellationToken ct)
    {
        practice.SwitchOff(clock.GetUtcNow());
        Audit("U", practice, "switch-practice-off", who);
        await Save(practice, null, ct);
    }

    public async Task SwitchOn(Practice practice, string who, CancellationToken ct)
    {
        practice.SwitchOn();
        Audit("U", practice, "switch-practice-on", who);
        await Save(practice, null, ct);
    }

    private async Task Save(Practice practice, string? secret, CancellationToken ct)
    {
        // The built-in authority saves in the same transaction: a practice without its client would be half connected.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (secret is not null)
        {
            practice.GotSecret(clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
        if (services.GetService<IOpenIddictApplicationManager>() is { } clients
            && (secret is not null || await clients.FindByClientIdAsync(practice.ClientId, ct) is null))
        {
            // Without a secret of its own nobody knows this one: the practice signs.
            await Clients.Register(clients, practice.ClientId, secret ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), null);
        }

        await transaction.CommitAsync(ct);
        known.Forget(practice.ClientId);
    }

    private IEnumerable<Fault> SecretFaults(string? secret)
    {
        if (secret is { Length: < 12 or > 200 })
        {
            yield return new("Secret", "Het geheim heeft minstens 12 tekens.", "--client-secret needs at least 12 characters.");
        }

        if (secret is not null && services.GetService<IOpenIddictApplicationManager>() is null)
        {
            yield return new("Secret", "Een geheim wordt gegeven bij de inlogdienst van de regio, niet hier.",
                "a secret belongs to the built-in authority (Authentication:BuiltIn), which is off here.");
        }
    }

    private void Audit(string action, Practice practice, string why, string who) =>
        db.Audit.Add(AuditEntry.Of(action, who, $"Practice/{practice.Id}", why, clock.GetUtcNow()));

    private static Fault Taken(string client) => new(nameof(PracticeDetails.ClientId), "Dit client-id is al in gebruik.", $"client {client} is connected already.");
}
