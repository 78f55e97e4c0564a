using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using VGIntegration.Keeping;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>What another service holds about a referral.</summary>
internal sealed record OtherRecord(JsonObject Record, IReadOnlyList<OtherFile> Files);

/// <summary>A file of another service.</summary>
internal sealed record OtherFile(string Name, string ContentType, byte[] Content);

internal sealed class PlanningRecords(HttpClient http)
{
    internal Task<OtherRecord?> Of(Guid referralId, CancellationToken ct) => http.Ask<OtherRecord>($"/internal/records/{referralId}", ct);

    internal Task<IReadOnlyList<KeptKind>?> Kinds(CancellationToken ct) => http.Ask<IReadOnlyList<KeptKind>>("/internal/keeping", ct);
}

internal sealed class FeedbackRecords(HttpClient http)
{
    internal Task<OtherRecord?> Of(Guid referralId, CancellationToken ct) => http.Ask<OtherRecord>($"/internal/records/{referralId}", ct);

    /// <summary>Null when feedback does not answer; none where there is no feedback.</summary>
    internal async Task<Underway?> UnderwayOf(Guid referralId, CancellationToken ct) =>
        http.BaseAddress is null ? new Underway(0) : await http.Ask<Underway>($"/internal/records/{referralId}/underway", ct);

    internal Task<IReadOnlyList<KeptKind>?> Kinds(CancellationToken ct) => http.Ask<IReadOnlyList<KeptKind>>("/internal/keeping", ct);
}

/// <summary>Letters that the huisarts must still get.</summary>
internal sealed record Underway(int Letters);

internal static class Asking
{
    /// <summary>Null when the service does not answer, or when this place does not know it (Services:Planning, Services:Feedback).</summary>
    internal static async Task<T?> Ask<T>(this HttpClient http, string path, CancellationToken ct)
        where T : class
    {
        if (http.BaseAddress is null)
        {
            return null;
        }

        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
            return answer.StatusCode is HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<T>(ct) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null; // the page says that it does not answer
        }
    }
}
