using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>A practice changes its subscription, switches it off or on, or takes it away.</summary>
internal static class ChangeSubscription
{
    public static void MapChangeSubscription(this IEndpointRouteBuilder fhir)
    {
        fhir.MapPut("/Subscription/{id}", Put).Needs("Subscription", 'u');
        fhir.MapDelete("/Subscription/{id}", Delete).Needs("Subscription", 'd');
    }

    private static async Task<IResult> Put(
        string id, FhirBody body, HttpContext http, IntakeDbContext db, SubscriptionReader reader, PublicAddress address, TimeProvider clock)
    {
        if (body.Resource is not Subscription asked)
        {
            return body.Resource is null ? FhirResult.Refused(body.RefusedWith, body.Findings) : Subscribe.NoSubscription(body.Resource);
        }

        var ct = http.RequestAborted;
        if (await ReadSubscription.Find(id, http, db, ct) is not { } subscription)
        {
            return FhirResult.NotFound();
        }

        if (Stale(http, subscription) is { } stale)
        {
            return stale;
        }

        if (asked.Id != id)
        {
            return FhirResult.Refused(400, Finding.Error(IssueType.Invariant, "Subscription.id", "Zet in id hetzelfde nummer als in het adres."));
        }

        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == subscription.PracticeId, ct);
        var (wish, findings) = reader.Read(asked, practice, subscription);
        if (asked.Status is null)
        {
            findings = [.. findings, Finding.Error(IssueType.Required, "Subscription.status", "Vul status in: requested of off.")];
        }

        if (wish is null || findings.Any(f => f.Refuses))
        {
            return FhirResult.Refused(422, findings);
        }

        if (subscription.Change(wish, asked.Status is Subscription.SubscriptionStatus.Off, clock.GetUtcNow()))
        {
            Subscribe.AskEndpoint(db, subscription, clock.GetUtcNow());
        }

        db.Audit.Add(AuditEntry.Of("U", http.User.Who(), $"Subscription/{subscription.Id}", "change-subscription", clock.GetUtcNow()));
        return await Saved(db, ct) ? Subscribe.Shown(http, subscription, 200, address) : Overtaken();
    }

    private static async Task<IResult> Delete(string id, HttpContext http, IntakeDbContext db, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        if (await ReadSubscription.Find(id, http, db, ct) is not { } subscription)
        {
            return FhirResult.NotFound();
        }

        if (Stale(http, subscription) is { } stale)
        {
            return stale;
        }

        db.Remove(subscription);
        db.Audit.Add(AuditEntry.Of("D", http.User.Who(), $"Subscription/{subscription.Id}", "unsubscribe", clock.GetUtcNow()));
        return await Saved(db, ct) ? new FhirResult(204, null) : Overtaken();
    }

    private static async Task<bool> Saved(IntakeDbContext db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false; // an event was numbered, or somebody else changed it, in the same moment
        }
    }

    private static FhirResult? Stale(HttpContext http, TopicSubscription subscription) =>
        http.Request.Headers.IfMatch.ToString() is { Length: > 0 } wanted && wanted != $"W/\"{subscription.Version}\""
            ? FhirResult.Refused(412, Finding.Error(IssueType.Conflict, null,
                "Dit abonnement is intussen gewijzigd. Haal het opnieuw op en wijzig die versie."))
            : null;

    private static FhirResult Overtaken() => FhirResult.Later(503, IssueType.Transient,
        "Er veranderde op hetzelfde moment iets aan dit abonnement. Stuur hetzelfde zo weer.");
}
