using System.Security.Cryptography;
using System.Text;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Judging;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Supplementing;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Documenting;

/// <summary>
/// A document of a channel (interface section 7). One that asks for the conversation is a referral; the others belong to
/// the referral with their number, and wait for it when they come first.
/// </summary>
internal static class ReceiveDocument
{
    public static void MapReceiveDocument(this IEndpointRouteBuilder fhir) =>
        fhir.MapPost(WaysIn.Document, Handle).Needs("ServiceRequest", 'c');

    private static async Task<IResult> Handle(
        FhirBody body, HttpContext http, IntakeDbContext db, TakeUpDocuments waiting, Channels channels, TimeProvider clock,
        StoreReferrals storing, KnownReferrals known)
    {
        if (body.Resource is not Bundle { Type: Bundle.BundleType.Document } bundle)
        {
            return await ReceiveReferral.Handle(body, http, storing, known, channels, waiting, clock);
        }

        var judgement = new Judgement(body.Findings);
        var document = BundleForm.IsReadable(bundle, judgement) ? Read(bundle, channels, judgement) : null;
        if (document is { IsRequest: true })
        {
            return await ReceiveReferral.Handle(body, http, storing, known, channels, waiting, clock);
        }

        if (document?.Letter is { } letter)
        {
            foreach (var finding in SupplementReader.Read(letter, "DocumentReference", _ => null).Findings)
            {
                judgement.Add(finding); // now, for whoever sent it is still there to hear it
            }
        }

        return document is null || judgement.Refuses
            ? FhirResult.Refused(422, judgement.Findings())
            : await Keep(document, judgement.Findings(), http, db, waiting, clock);
    }

    private static ChannelDocument? Read(Bundle bundle, Channels channels, Judgement judgement)
    {
        var submission = Submission.Of(bundle);
        BundleForm.Judge(submission, judgement);
        return DocumentReader.Read(bundle, submission, channels, judgement);
    }

    // First it is kept, then it is looked whether its referral is there: whichever of the two comes last brings them together.
    private static async Task<IResult> Keep(
        ChannelDocument document, IReadOnlyList<Finding> findings, HttpContext http, IntakeDbContext db, TakeUpDocuments waiting, TimeProvider clock)
    {
        var (received, status, ct) = (Received(document, http.PracticeId(), clock.GetUtcNow()), 201, http.RequestAborted);
        db.Add(received);
        db.Audit.Add(AuditEntry.Of("C", http.User.Who(), $"ReceivedDocument/{received.Id}", "supplement-referral", received.ReceivedAt));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsRefusal())
        {
            db.ChangeTracker.Clear();
            var (system, value, practice) = (received.KeySystem, received.KeyValue, received.PracticeId);
            var first = await db.Set<ReceivedDocument>().AsNoTracking().SingleOrDefaultAsync(d => d.PracticeId == practice && d.KeySystem == system && d.KeyValue == value, ct);
            if (first?.ContentHash != received.ContentHash)
            {
                return FhirResult.Refused(409, Finding.Error(IssueType.Conflict, "Bundle.identifier",
                    "Met dit nummer (Bundle.identifier of Bundle.id) is al een ander document gestuurd. Geef een nieuw document een nieuw nummer."));
            }

            (received, status) = (first, 200);
        }

        var isTaken = received.TakenUpAt is not null;
        if (!isTaken)
        {
            (isTaken, var refusal) = await waiting.Take(received, http, ct);
            if (refusal is not null)
            {
                if (refusal.Status < 500)
                {
                    await waiting.Forget(received, ct);
                }

                return refusal;
            }
        }

        return new FhirResult(status, Finding.Outcome([isTaken ? Taken : Waits, .. findings]))
        {
            Location = $"{http.Request.Scheme}://{http.Request.Host}/fhir/Bundle/{received.Id}",
            VersionId = "1",
            LastModified = received.ReceivedAt,
        };
    }

    private static ReceivedDocument Received(ChannelDocument document, Guid practice, DateTimeOffset now)
    {
        var (number, content) = (document.Number!, document.Letter is null ? "" : Encoding.UTF8.GetString(FhirJson.Write(document.Letter)));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{document.Kind} {number.System} {number.Value} {content}")));
        return ReceivedDocument.Receive(practice, new(document.Key.System!, document.Key.Value!), new(number.System!, number.Value!), document.Kind!, content, hash, now);
    }

    private static Finding Taken => new(IssueSeverity.Information, IssueType.Informational, null, "Het document is bij de verwijzing gevoegd.");

    private static Finding Waits => new(IssueSeverity.Information, IssueType.Informational, null,
        "Het document is bewaard. Het wordt bij de verwijzing gevoegd zodra de aanvraag met dit nummer er is.");
}
