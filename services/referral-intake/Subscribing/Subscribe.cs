using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>A practice asks to be notified. The same asked twice is one subscription.</summary>
internal static class Subscribe
{
    internal const int MostPerPractice = 10;

    public static void MapSubscribe(this IEndpointRouteBuilder fhir) => fhir.MapPost("/Subscription", Handle).Needs("Subscription", 'c');

    private static async Task<IResult> Handle(
        FhirBody body, HttpContext http, IntakeDbContext db, SubscriptionReader reader, PublicAddress address, TimeProvider clock)
    {
        if (body.Resource is not Subscription asked)
        {
            return body.Resource is null ? FhirResult.Refused(body.RefusedWith, body.Findings) : NoSubscription(body.Resource);
        }

        var (practiceId, ct) = (http.PracticeId(), http.RequestAborted);
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == practiceId, ct);
        var (wish, findings) = reader.Read(asked, practice, null);
        if (asked.Status is not Subscription.SubscriptionStatus.Requested)
        {
            findings = [.. findings, Finding.Error(IssueType.BusinessRule, "Subscription.status",
                "Zet status op requested: het abonnement wordt active zodra uw endpoint de eerste melding heeft aangenomen.")];
        }

        if (wish is null || findings.Any(f => f.Refuses))
        {
            return FhirResult.Refused(422, findings);
        }

        var known = await db.Set<TopicSubscription>().Where(s => s.PracticeId == practiceId).ToListAsync(ct);
        if (known.Find(s => s.State is not SubscriptionState.Off && IsSame(s, wish, reader)) is { } same)
        {
            return Shown(http, same, 200, address);
        }

        if (known.Count >= MostPerPractice)
        {
            return FhirResult.Refused(422, Finding.Error(IssueType.BusinessRule, null,
                $"Een praktijk heeft hoogstens {MostPerPractice} abonnementen. Verwijder er eerst een met DELETE."));
        }

        var subscription = TopicSubscription.Ask(practiceId, wish, address.For(http.Request), clock.GetUtcNow());
        db.Add(subscription);
        AskEndpoint(db, subscription, clock.GetUtcNow());
        db.Audit.Add(AuditEntry.Of("C", http.User.Who(), $"Subscription/{subscription.Id}", "subscribe", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Shown(http, subscription, 201, address);
    }

    /// <summary>Asks feedback to send the handshake, once this is saved.</summary>
    internal static void AskEndpoint(IntakeDbContext db, TopicSubscription subscription, DateTimeOffset now) =>
        db.PublishOnSave(new SubscriptionRequested
        {
            SubscriptionId = subscription.Id,
            Sequence = subscription.NextHandshake(),
            OccurredAt = now,
            PracticeId = subscription.PracticeId,
        });

    internal static FhirResult NoSubscription(Resource resource) => FhirResult.Refused(422, Finding.Error(
        IssueType.Value, resource.TypeName, "Op dit adres hoort een Subscription."));

    internal static FhirResult Shown(HttpContext http, TopicSubscription subscription, int status, PublicAddress address) =>
        new(status, SubscriptionDocument.Of(subscription))
        {
            Location = status == 201 ? $"{address.For(http.Request)}/Subscription/{subscription.Id}" : null,
            VersionId = $"{subscription.Version}",
            LastModified = subscription.UpdatedAt,
        };

    private static bool IsSame(TopicSubscription known, Wish wish, SubscriptionReader reader) =>
        (known.Endpoint, known.TaskStatuses, known.EndsAt) == (wish.Endpoint, wish.TaskStatuses, wish.EndsAt)
        && reader.Reveal(known) == reader.Reveal(wish.ProtectedAuthorization);
}
