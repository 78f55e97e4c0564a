using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Informing;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>Gives feedback a notification to send and where, or says that nobody wants it any more.</summary>
internal static class InformOfNotification
{
    public static void MapInformOfNotification(this IEndpointRouteBuilder app) =>
        app.MapGet("/internal/subscriptions/{id:guid}/notification", Handle)
            .RequireAuthorization(Hosting.Authentication.ServiceWith("referral.recipient"));

    private static async Task<IResult> Handle(
        Guid id, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "event")] long number, [Microsoft.AspNetCore.Mvc.FromQuery] Guid practice,
        HttpContext http, IntakeDbContext db, SubscriptionReader reader, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var told = await db.Practices.AsNoTracking().SingleOrDefaultAsync(p => p.Id == practice, ct);
        if (told is null)
        {
            return Results.NotFound();
        }

        var subscription = await db.Set<TopicSubscription>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.PracticeId == practice, ct);
        var happened = number == 0 ? null : await db.Set<SubscriptionEvent>().AsNoTracking()
            .SingleOrDefaultAsync(e => e.SubscriptionId == id && e.Number == number, ct);
        if (subscription is null or { State: SubscriptionState.Off } || subscription.HasEnded(now) || (number != 0 && happened is null))
        {
            return Results.Json(new NotificationNow(ToldPractice.Of(told), null, null, null));
        }

        var notification = happened is null
            ? NotificationDocument.Handshake(subscription, now)
            : NotificationDocument.Event(subscription, happened, now);
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Subscription/{id}", "notify-subscriber", now));
        await db.SaveChangesAsync(ct);
        var isAllowed = NotificationAddress.IsAllowed(told, subscription.Endpoint);
        return Results.Json(new NotificationNow(
            ToldPractice.Of(told), isAllowed ? subscription.Endpoint : null, isAllowed ? reader.Reveal(subscription) : null,
            JsonSerializer.SerializeToElement<Base>(notification, FhirJson.Options)));
    }

    private sealed record NotificationNow(ToldPractice Practice, string? Endpoint, string? Authorization, JsonElement? Resource);
}
