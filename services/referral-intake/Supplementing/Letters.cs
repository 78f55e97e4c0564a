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
    internal static async System.Threading.Tasks.Task Keep(
        IntakeDbContext db, ReferralTask task, Guid adviceId, string documentReferenceId, DateTimeOffset now, CancellationToken ct)
    {
        if (!await db.Documents.AnyAsync(d => d.Id == adviceId, ct))
        {
            db.Documents.Add(ReferralDocument.Letter(task.PracticeId, task.ReferralId, adviceId, documentReferenceId, now));
        }
    }
}
