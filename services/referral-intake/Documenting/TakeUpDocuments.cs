using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.ReferralIntake.Supplementing;
using VGIntegration.ReferralIntake.Withdrawing;

namespace VGIntegration.ReferralIntake.Documenting;

/// <summary>Brings a document and the referral with its number together. Safe to do twice: the document's key is its number there too.</summary>
internal sealed class TakeUpDocuments(IntakeDbContext db, ReferralChanges changes, TimeProvider clock, ILogger<TakeUpDocuments> log)
{
    /// <summary>A referral with this number is there: what came before it is added, a cancellation last.</summary>
    internal async System.Threading.Tasks.Task Run(HttpContext http, string number, CancellationToken ct)
    {
        var practice = http.PracticeId();
        var waiting = await db.Set<ReceivedDocument>().AsNoTracking()
            .Where(d => d.PracticeId == practice && d.NumberValue == number && d.TakenUpAt == null && d.RefusedWith == null).ToListAsync(ct);
        foreach (var document in waiting.OrderBy(d => d.Kind == DocumentKinds.Cancellation).ThenBy(d => d.ReceivedAt))
        {
            if (await Take(document, http, ct) is (_, { } refusal))
            {
                log.LogWarning("Document {Document} could not be added to its referral: {Status}", document.Id, refusal.Status);
                await Refused(document, refusal, ct);
            }
        }
    }

    /// <summary>Its sender hears it, and may send it again in a better form under the same key.</summary>
    internal System.Threading.Tasks.Task Forget(ReceivedDocument document, CancellationToken ct)
    {
        var id = document.Id;
        return db.Set<ReceivedDocument>().Where(d => d.Id == id).ExecuteDeleteAsync(ct);
    }

    private async System.Threading.Tasks.Task Refused(ReceivedDocument document, FhirResult refusal, CancellationToken ct)
    {
        if (refusal.Status is >= 400 and < 500)
        {
            var id = document.Id;
            await db.Set<ReceivedDocument>().Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(r => r.RefusedWith, refusal.Status), ct);
        }
    }

    /// <summary>Neither taken nor refused: its referral is not there yet.</summary>
    internal async Task<(bool IsTaken, FhirResult? Refusal)> Take(ReceivedDocument document, HttpContext http, CancellationToken ct)
    {
        if (await Referral(document, ct) is not { } referral)
        {
            return (false, null);
        }

        var answer = document.Kind == DocumentKinds.Cancellation
            ? await changes.Apply(http, referral, null, RequestCancellation.Decide, _ => new FhirResult(200, null))
            : await ReceiveSupplement.Add(Letter(document, referral), http, db, clock, ct);
        if (answer is FhirResult { Status: >= 300 } refusal)
        {
            return (false, refusal);
        }

        var (id, now) = (document.Id, clock.GetUtcNow());
        await db.Set<ReceivedDocument>().Where(d => d.Id == id)
            .ExecuteUpdateAsync(d => d.SetProperty(r => r.TakenUpAt, now).SetProperty(r => r.Content, ""), ct);
        return (true, null);
    }

    private async Task<Guid?> Referral(ReceivedDocument document, CancellationToken ct)
    {
        var (practice, system, number) = (document.PracticeId, document.NumberSystem, document.NumberValue);
        var found = await db.Referrals.AsNoTracking()
            .Where(r => r.PracticeId == practice && (r.ZorgDomeinNumber == number || (r.SourceSystem == system && r.SourceValue == number)))
            .OrderBy(r => r.ReceivedAt).Select(r => (Guid?)r.Id).Take(2).ToListAsync(ct);
        return found.FirstOrDefault();
    }

    private static DocumentReference Letter(ReceivedDocument document, Guid referral)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(document.Content));
        FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref json, out var resource, out _);
        var letter = (DocumentReference)resource!;
        letter.Context = new DocumentReference.ContextComponent { Related = [new ResourceReference($"ServiceRequest/{referral}")] };
        return letter;
    }
}
