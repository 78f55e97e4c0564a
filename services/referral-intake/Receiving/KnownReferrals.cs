using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Requesting;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>Finds out whether a referral came before, and whether it is then the same.</summary>
internal sealed class KnownReferrals(IntakeDbContext db, TimeProvider clock)
{
    internal async Task<Repetition?> Find(Guid practice, ReferralRequest asked, RepetitionKeys keys, CancellationToken ct)
    {
        if (await ByRequest(practice, asked, keys.RequestId, ct) is { } sameMessage)
        {
            return sameMessage;
        }

        var found = await ByCondition(practice, keys.Condition, ct) ?? await ByIdentifier(practice, asked, ct);
        return found?.First is { } first && keys.RequestId is { } id ? await Remember(id, first, asked, ct) ?? found : found;
    }

    private async Task<Repetition?> ByRequest(Guid practice, ReferralRequest asked, string? requestId, CancellationToken ct)
    {
        var seen = requestId is null ? null : await db.Set<SeenRequest>().AsNoTracking()
            .SingleOrDefaultAsync(r => r.PracticeId == practice && r.RequestId == requestId, ct);
        return seen is null ? null
            : seen.ContentHash != asked.ContentHash
                ? Repetition.Refuse(409, IssueType.Conflict, null,
                    "Met deze X-Request-Id is al een ander bericht gestuurd. Geef een nieuw bericht een nieuwe X-Request-Id.")
                : new(await Stored(await db.Referrals.AsNoTracking().SingleAsync(r => r.Id == seen.ReferralId, ct), ct));
    }

    // FHIR R4 section 3.1.0.8.1: one match is the answer, whatever was sent along.
    private async Task<Repetition?> ByCondition(Guid practice, IdentifierCondition? condition, CancellationToken ct)
    {
        if (condition is null)
        {
            return null;
        }

        var found = await db.Referrals.AsNoTracking()
            .Where(r => r.PracticeId == practice && r.SourceValue == condition.Value && (condition.System == null || r.SourceSystem == condition.System))
            .OrderBy(r => r.Id).Take(2).ToListAsync(ct);
        return found switch
        {
            [] => null,
            [var one] => new(await Stored(one, ct)),
            _ => Repetition.Refuse(412, IssueType.MultipleMatches, null,
                "Er zijn meer verwijzingen met dit nummer. Noem in If-None-Exist ook het systeem: identifier=systeem|nummer."),
        };
    }

    private async Task<Repetition?> ByIdentifier(Guid practice, ReferralRequest asked, CancellationToken ct)
    {
        var referral = await db.Referrals.AsNoTracking().SingleOrDefaultAsync(
            r => r.PracticeId == practice && r.SourceValue == asked.SourceValue && r.SourceSystem == asked.SourceSystem, ct);
        return referral is null ? await Erased(practice, asked, ct)
            : referral.IsSameAs(asked) ? new(await Stored(referral, ct))
            : Repetition.Refuse(409, IssueType.Conflict, "ServiceRequest.identifier",
                "Met dit nummer (identifier) is al een andere verwijzing gestuurd. Geef een nieuwe verwijzing een nieuw nummer.");
    }

    // Of what was erased only the hash of its key is left.
    private async Task<Repetition?> Erased(Guid practice, ReferralRequest asked, CancellationToken ct)
    {
        var key = Erasure.HashOf(practice, asked.SourceSystem, asked.SourceValue);
        return await db.Erasures.AnyAsync(e => e.KeyHash == key, ct)
            ? Repetition.Refuse(410, IssueType.Deleted, "ServiceRequest.identifier",
                "De verwijzing met dit nummer is verwijderd en komt niet terug. Geef een nieuwe verwijzing een nieuw nummer.")
            : null;
    }

    // The same referral under a new X-Request-Id: from now on that is taken too.
    private async Task<Repetition?> Remember(string requestId, StoredReferral first, ReferralRequest asked, CancellationToken ct)
    {
        var practice = first.Referral.PracticeId;
        db.Add(SeenRequest.Of(practice, requestId, asked.ContentHash, first.Referral.Id, clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return await ByRequest(practice, asked, requestId, ct); // another message was faster
        }
    }

    private async Task<StoredReferral> Stored(Referral referral, CancellationToken ct) =>
        new(referral, await db.Tasks.AsNoTracking().SingleAsync(t => t.ReferralId == referral.Id, ct));
}

/// <summary>What came before: the referral that is the answer again, or why there is none.</summary>
internal sealed record Repetition(StoredReferral? First, FhirResult? Refusal = null)
{
    internal static Repetition Refuse(int status, IssueType code, string? expression, string text) =>
        new(null, FhirResult.Refused(status, Finding.Error(code, expression, text)));
}
