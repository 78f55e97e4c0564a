using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>A GP system sends a referral. It is stored whole or not at all, and the same referral twice is one.</summary>
internal static class ReceiveReferral
{
    public static void MapReceiveReferral(this IEndpointRouteBuilder fhir)
    {
        fhir.MapPost("/", Handle);
        fhir.MapPost("/ServiceRequest", Handle);
    }

    private static async Task<IResult> Handle(
        FhirBody body, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (body.Resource is null)
        {
            return FhirResult.Refused(body.RefusedWith, body.Findings);
        }

        if (http.Request.Path.Value!.EndsWith("/ServiceRequest", StringComparison.Ordinal) == body.Resource is Bundle)
        {
            return FhirResult.Refused(422, Finding.Error(OperationOutcome.IssueType.Value, body.Resource.TypeName,
                "Een losse ServiceRequest gaat naar [base]/ServiceRequest, een transaction-Bundle naar [base]."));
        }

        var reading = ServiceRequestReader.Read(body.Resource, body.Findings);
        if (reading.Request is not { } asked)
        {
            return FhirResult.Refused(422, reading.Findings);
        }

        var practice = http.PracticeId();
        if (await Known(db, practice, asked, ct) is { } known)
        {
            return Again(http, body.Resource, known, asked, reading.Findings);
        }

        var (referral, task) = Store(db, practice, asked, http.User.Who(), clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Known(db, practice, asked, ct) is { } first)
            {
                return Again(http, body.Resource, first, asked, reading.Findings); // a copy was faster: the unique index is the judge
            }

            throw;
        }

        return ReceiptDocument.Answer(http, body.Resource, new(referral, task), 201, reading.Findings);
    }

    private static (Referral Referral, ReferralTask Task) Store(
        IntakeDbContext db, Guid practice, ReferralRequest asked, string who, DateTimeOffset now)
    {
        var referral = Referral.Receive(practice, asked, now);
        var task = ReferralTask.Open(referral.Id, practice, now);
        db.Add(referral);
        db.Add(task);
        db.Audit.Add(AuditEntry.Of("C", who, $"Referral/{referral.Id}", "receive-referral", now));
        db.PublishOnSave(new ReferralReceived
        {
            ReferralId = referral.Id,
            Sequence = 1,
            OccurredAt = now,
            Priority = referral.Priority,
            PostcodeDigits = referral.Resident.PostcodeDigits,
            Language = referral.Resident.Language,
            Criteria = referral.CriterionCodes,
        });
        return (referral, task);
    }

    private static async Task<StoredReferral?> Known(IntakeDbContext db, Guid practice, ReferralRequest asked, CancellationToken ct)
    {
        var referral = await db.Referrals.AsNoTracking().SingleOrDefaultAsync(
            r => r.PracticeId == practice && r.SourceSystem == asked.SourceSystem && r.SourceValue == asked.SourceValue, ct);
        return referral is null
            ? null
            : new(referral, await db.Tasks.AsNoTracking().SingleAsync(t => t.ReferralId == referral.Id, ct));
    }

    private static IResult Again(
        HttpContext http, Resource sent, StoredReferral known, ReferralRequest asked, IReadOnlyList<Finding> findings) =>
        known.Referral.IsSameAs(asked)
            ? ReceiptDocument.Answer(http, sent, known, 200, findings)
            : FhirResult.Refused(409, Finding.Error(OperationOutcome.IssueType.Conflict, "ServiceRequest.identifier",
                "Met dit nummer (identifier) is al een andere verwijzing gestuurd. Geef een nieuwe verwijzing een nieuw nummer."));
}

/// <summary>A referral and where it stands.</summary>
internal sealed record StoredReferral(Referral Referral, ReferralTask Task);
