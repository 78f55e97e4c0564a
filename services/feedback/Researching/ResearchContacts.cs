using System.Net;

namespace VGIntegration.Feedback.Researching;

/// <summary>How the researcher reaches somebody; asked of intake at the moment of the hand-over, which writes that down, and not kept.</summary>
internal sealed record ResearchContact(string Name, IReadOnlyList<string> Telephones, string? Email, string? Address);

internal sealed class ResearchContacts(HttpClient intake)
{
    public async Task<ResearchContact?> Of(Guid referralId, CancellationToken ct)
    {
        using var answer = await intake.GetAsync($"/internal/referrals/{referralId}/research-contact", ct);
        return answer.StatusCode is HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ResearchContact>(ct);
    }
}
