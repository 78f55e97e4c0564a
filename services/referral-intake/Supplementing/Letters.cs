using System.Net;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>The advice as it was delivered: feedback keeps it, and is asked at the moment a practice reads it.</summary>
internal sealed class Letters(HttpClient feedback, ILogger<Letters> log)
{
    /// <summary>Null when feedback does not answer, or when this place has none (setting Services:Feedback).</summary>
    internal async Task<DocumentReference?> Of(ReferralDocument stored, CancellationToken ct)
    {
        if (feedback.BaseAddress is null)
        {
            return null;
        }

        try
        {
            using var answer = await feedback.GetAsync(new Uri($"/internal/referrals/{stored.ReferralId}/letters/{Uri.EscapeDataString(stored.PublicId)}", UriKind.Relative), ct);
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                return null;
            }

            var json = new Utf8JsonReader(await answer.Content.ReadAsByteArrayAsync(ct));
            FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref json, out var resource, out _);
            if (resource is not DocumentReference letter)
            {
                return null;
            }

            letter.Id = stored.PublicId;
            letter.Meta = new Meta { VersionId = "1", LastUpdated = stored.ReceivedAt };
            return letter;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("Feedback does not answer: {Failure}", e.GetType().Name);
            return null;
        }
    }

    /// <summary>The letter is with the practice: from now on it can be found here too. In one save with the Task.</summary>
    internal static async System.Threading.Tasks.Task Keep(IntakeDbContext db, ReferralTask task, string documentReferenceId, DateTimeOffset now, CancellationToken ct)
    {
        var letters = await Of(db, task, documentReferenceId, now, ct);
        foreach (var letter in letters.Where(l => l.Kind is not DocumentKind.RetractedLetter))
        {
            letter.Becomes(letter.PublicId == task.NewestLetter ? DocumentKind.Letter : DocumentKind.ReplacedLetter, now);
        }
    }

    /// <summary>The letter should never have existed, and is not given any more.</summary>
    internal static async System.Threading.Tasks.Task TakeBack(IntakeDbContext db, ReferralTask task, string documentReferenceId, DateTimeOffset now, CancellationToken ct) =>
        (await Of(db, task, documentReferenceId, now, ct)).Single(l => l.PublicId == documentReferenceId).Becomes(DocumentKind.RetractedLetter, now);

    // With this one, also when its message came after the one that says what became of it.
    private static async Task<List<ReferralDocument>> Of(IntakeDbContext db, ReferralTask task, string documentReferenceId, DateTimeOffset now, CancellationToken ct)
    {
        var letters = await db.Documents.Where(d => d.ReferralId == task.ReferralId && d.Kind != DocumentKind.Supplement).ToListAsync(ct);
        if (letters.TrueForAll(l => l.PublicId != documentReferenceId))
        {
            letters.Add(ReferralDocument.Letter(task.PracticeId, task.ReferralId, documentReferenceId, now));
            db.Documents.Add(letters[^1]);
        }

        return letters;
    }
}
