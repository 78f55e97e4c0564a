using System.Net;
using System.Text.Json;

namespace VGIntegration.Planning.Scheduling;

/// <summary>Asks intake for what is shown at this moment, and keeps nothing of it.</summary>
internal sealed class ReferralIntakeClient(HttpClient http, ILogger<ReferralIntakeClient> log)
{
    /// <summary>Null when intake does not answer; the page works without it.</summary>
    internal Task<ResidentContact?> Contact(Guid referralId, CancellationToken ct) => Ask<ResidentContact>($"{referralId}/contact", ct);

    /// <summary>What came along with the referral, or after it.</summary>
    internal Task<IReadOnlyList<Attachment>?> Attachments(Guid referralId, CancellationToken ct) =>
        Ask<IReadOnlyList<Attachment>>($"{referralId}/attachments", ct);

    /// <summary>One of those, to hand on to the planner as it comes; null when it is not there, or intake does not answer.</summary>
    internal async Task<HttpResponseMessage?> Attachment(Guid referralId, Guid id, CancellationToken ct)
    {
        try
        {
            var answer = await http.GetAsync(
                new Uri($"/internal/referrals/{referralId}/attachments/{id}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                return answer;
            }

            answer.Dispose();
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("Intake does not answer: {Failure}", e.GetType().Name);
        }

        return null;
    }

    private async Task<T?> Ask<T>(string question, CancellationToken ct)
        where T : class
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"/internal/referrals/{question}", UriKind.Relative), ct);
            return answer.StatusCode is HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<T>(ct) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("Intake does not answer: {Failure}", e.GetType().Name);
            return null;
        }
    }
}

/// <summary>A file that a practice sent, as intake tells it.</summary>
internal sealed record Attachment(Guid Id, string Name, string ContentType, int Size, DateTimeOffset ReceivedAt);

/// <summary>As intake tells it.</summary>
internal sealed record ResidentContact(
    string Name, DateOnly BirthDate, IReadOnlyList<string> Telephones, string? Email, string? Address, string? Reason,
    IReadOnlyList<string> Criteria, string Referrer, string Practice);
