using System.Net;

namespace VGIntegration.Feedback.Advising;

/// <summary>Asks planning who held a conversation and where, at the moment it is shown or printed. Nothing is kept.</summary>
internal sealed class Conversations(HttpClient planning)
{
    public async Task<HeldConversation?> Of(Guid referralId, CancellationToken ct)
    {
        using var answer = await planning.GetAsync($"/internal/conversations/{referralId}", ct);
        return answer.StatusCode is HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<HeldConversation>(ct);
    }
}

internal sealed record HeldConversation
{
    public required Guid ConversationId { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required Place Location { get; init; }
    public required IReadOnlyList<Colleague> Professionals { get; init; }

    internal sealed record Place(string Name, string? Address);

    internal sealed record Colleague
    {
        public required Guid ProfessionalId { get; init; }
        public required string Discipline { get; init; }
        public required string Name { get; init; }
        public required string Profession { get; init; }
        public required string Organisation { get; init; }
        public string? Telephone { get; init; }
    }

    public Colleague? Professional(Guid id) => Professionals.FirstOrDefault(p => p.ProfessionalId == id);
}
