using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Searching;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>A practice looks at its own subscriptions, and at those alone.</summary>
internal static class ReadSubscription
{
    internal static readonly Searchable<TopicSubscription> Type = new(
        ResourceType.Subscription,
        [
            Conditions.Id<TopicSubscription>(s => s.Id),
            Conditions.Code<TopicSubscription, SubscriptionState>("status", "Status van het abonnement", s => s.State,
                Enum.GetValues<SubscriptionState>().ToDictionary(s => $"{s}".ToLowerInvariant(), s => new[] { s })),
            Conditions.LastUpdated<TopicSubscription>(s => s.UpdatedAt),
        ])
    {
        Own = (db, practice) => db.Set<TopicSubscription>().AsNoTracking().Where(s => s.PracticeId == practice),
        Id = s => s.Id,
        CreatedAt = s => s.CreatedAt,
        UpdatedAt = s => s.UpdatedAt,
        Show = SubscriptionDocument.Of,
    };

    public static void MapReadSubscription(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/Subscription", Search).Needs("Subscription", 's');
        fhir.MapPost("/Subscription/_search", Search).Needs("Subscription", 's');
        fhir.MapGet("/Subscription/{id}", Read).Needs("Subscription", 'r');
    }

    /// <summary>Another practice's subscription is not there.</summary>
    internal static async Task<TopicSubscription?> Find(string id, HttpContext http, IntakeDbContext db, CancellationToken ct)
    {
        var practice = http.PracticeId();
        return Guid.TryParse(id, out var key)
            ? await db.Set<TopicSubscription>().SingleOrDefaultAsync(s => s.Id == key && s.PracticeId == practice, ct)
            : null;
    }

    private static Task<IResult> Search(HttpContext http, Search search, CancellationToken ct) => search.Run(Type, http, ct);

    private static async Task<IResult> Read(string id, HttpContext http, IntakeDbContext db, PublicAddress address, CancellationToken ct) =>
        await Find(id, http, db, ct) is { } subscription ? Subscribe.Shown(http, subscription, 200, address) : FhirResult.NotFound();
}
