using System.Net;
using System.Text.Json;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Sharing;

/// <summary>Asks intake for what the huisarts sent along, and what the resident said about it. Intake decides who may read it.</summary>
internal sealed class SentByGp(HttpClient http, ILogger<SentByGp> log)
{
    internal Task<(HttpStatusCode Status, ResidentSaid? Said)> Said(Guid referralId, CancellationToken ct) =>
        Ask<ResidentSaid>(() => http.GetAsync(At($"{referralId}/sharing"), ct), ct);

    internal Task<(HttpStatusCode Status, ResidentSaid? Said)> Record(Guid referralId, bool agrees, CancellationToken ct) =>
        Ask<ResidentSaid>(() => http.PutAsJsonAsync(At($"{referralId}/sharing"), new { agrees }, ct), ct);

    /// <summary>What the huisarts asks; 403 when this professional may not read it.</summary>
    internal Task<(HttpStatusCode Status, AskedByGp? Asked)> Question(Guid referralId, Discipline side, CancellationToken ct) =>
        Ask<AskedByGp>(() => http.GetAsync(At($"{referralId}/question?side={Code(side)}"), ct), ct);

    /// <summary>403 when this professional may not read it.</summary>
    internal Task<(HttpStatusCode Status, IReadOnlyList<Attachment>? Files)> Files(Guid referralId, Discipline side, CancellationToken ct) =>
        Ask<IReadOnlyList<Attachment>>(() => http.GetAsync(At($"{referralId}/attachments?side={Code(side)}"), ct), ct);

    /// <summary>Null when it is not there, not for this professional, or intake does not answer.</summary>
    internal async Task<HttpResponseMessage?> File(Guid referralId, Guid id, Discipline side, CancellationToken ct)
    {
        try
        {
            var answer = await http.GetAsync(
                At($"{referralId}/attachments/{id}?side={Code(side)}"), HttpCompletionOption.ResponseHeadersRead, ct);
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

    private async Task<(HttpStatusCode, T?)> Ask<T>(Func<Task<HttpResponseMessage>> ask, CancellationToken ct)
        where T : class
    {
        try
        {
            using var answer = await ask();
            return (answer.StatusCode, answer.StatusCode is HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<T>(ct) : null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("Intake does not answer: {Failure}", e.GetType().Name);
            return (HttpStatusCode.ServiceUnavailable, null);
        }
    }

    private static Uri At(string what) => new($"/internal/referrals/{what}", UriKind.Relative);

    private static string Code(Discipline side) => side is Discipline.MentalHealth ? "mental-health" : "social-domain";
}

/// <summary>What the huisarts wrote and the criteria, as intake tells it at this moment.</summary>
internal sealed record AskedByGp(string? Reason, IReadOnlyList<string> Criteria);

/// <summary>Whether the professional of the social domain may read what the huisarts sent, as the resident said it last.</summary>
internal sealed record ResidentSaid(bool Agrees, DateTimeOffset? AgreedAt, DateTimeOffset? WithdrawnAt);
