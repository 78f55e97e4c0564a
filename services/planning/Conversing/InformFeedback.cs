using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Conversing;

/// <summary>Tells feedback who held a conversation, when and where, at the moment it shows or prints that.</summary>
internal static class InformFeedback
{
    public static void MapInformFeedback(this IEndpointRouteBuilder app) => app
        .MapGet("/internal/conversations/{referralId:guid}", Handle)
        .RequireAuthorization(Hosting.Authentication.ServiceWith("conversation.read"));

    private static async Task<IResult> Handle(
        Guid referralId, HttpContext http, PlanningDbContext db, KnownRegion known, TimeProvider clock, CancellationToken ct)
    {
        var found = await db.Conversations.AsNoTracking()
            .SingleOrDefaultAsync(c => c.ReferralId == referralId && c.Status != ConversationStatus.Proposed, ct);
        if (found is null)
        {
            return Results.NotFound();
        }

        var region = await known.Get(ct);
        var location = region.Locations[found.LocationId];
        var person = http.Request.Headers["X-On-Behalf-Of"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Conversation/{found.Id}", "write-advice", clock.GetUtcNow(), person));
        await db.SaveChangesAsync(ct);
        return Results.Json(new HeldConversation(
            found.Id, referralId, found.StartsAt, found.EndsAt, new(location.Name, location.Address),
            [.. new[] { found.MentalHealthProfessionalId, found.SocialDomainProfessionalId }.Select(id => region.Professionals[id])
                .Select(p => new Partner(p.Id, RecordConversation.Code(p.Discipline), p.Name, p.Profession, region.Organisations[p.OrganisationId].Name, p.Telephone, p.Login))]));
    }

    private sealed record HeldConversation(
        Guid ConversationId, Guid ReferralId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, Place Location, IReadOnlyList<Partner> Professionals);

    private sealed record Place(string Name, string Address);

    private sealed record Partner(
        Guid ProfessionalId, string Discipline, string Name, string Profession, string Organisation, string Telephone, string Login);
}
