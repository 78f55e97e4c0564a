using System.Net;
using System.Text.Json;

namespace VGIntegration.Planning.Scheduling;

/// <summary>Asks intake for what is shown at this moment, and keeps nothing of it.</summary>
internal sealed class ReferralIntakeClient(HttpClient http, ILogger<ReferralIntakeClient> log)
{
    /// <summary>Null when intake does not answer; the page works without it.</summary>
    internal async Task<ResidentContact?> Contact(Guid referralId, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"/internal/referrals/{referralId}/contact", UriKind.Relative), ct);
            return answer.StatusCode is HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<ResidentContact>(ct) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("Intake does not answer: {Failure}", e.GetType().Name);
            return null;
        }
    }
}

/// <summary>As intake tells it.</summary>
internal sealed record ResidentContact(
    string Name, DateOnly BirthDate, IReadOnlyList<string> Telephones, string? Email, string? Address, string? Reason,
    IReadOnlyList<string> Criteria, string Referrer, string Practice);
