using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Subscribing;

namespace VGIntegration.ReferralIntake.Tests.Subscribing;

/// <summary>A good subscription as a GP system asks for it, to be bent by a test, and what the other services tell of it.</summary>
internal static class AskedSubscription
{
    internal const string Token = "geheim-van-de-praktijk";

    internal static JsonObject Json(string path = "meldingen", Action<JsonObject>? bend = null)
    {
        var asked = JsonNode.Parse($$"""
            {
              "resourceType": "Subscription",
              "status": "requested",
              "reason": "Stand van verwijzingen",
              "criteria": "https://vgintegration.nl/fhir/SubscriptionTopic/referral-status",
              "channel": {
                "type": "rest-hook",
                "endpoint": "https://brug.example/{{path}}",
                "payload": "application/fhir+json",
                "_payload": { "extension": [{ "url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content", "valueCode": "id-only" }] },
                "header": ["Authorization: Bearer {{Token}}"]
              }
            }
            """)!.AsObject();
        bend?.Invoke(asked);
        return asked;
    }

    /// <summary>Asked for, and its endpoint took the handshake.</summary>
    internal static async Task<Guid> AnActiveSubscription(this IntakeHost intake, string path, Action<JsonObject>? bend = null)
    {
        using var gp = intake.GpSystem();
        var answer = await gp.PostFhir("/fhir/Subscription", Json(path, bend));
        Assert.Equal(201, (int)answer.StatusCode);
        var id = Guid.Parse(answer.Headers.Location!.Segments[^1]);
        await intake.Answered(id);
        return id;
    }

    /// <summary>Feedback says how the endpoint took the last that was sent.</summary>
    internal static async Task Answered(this IntakeHost intake, Guid id, string answer = SubscriptionAnswer.Accepted)
    {
        var told = await intake.InDatabase(db => db.Set<TopicSubscription>().Where(s => s.Id == id).Select(s => s.Told).SingleAsync());
        await intake.Tell(new SubscriptionAnswered { SubscriptionId = id, Sequence = told, OccurredAt = intake.Clock.GetUtcNow(), Answer = answer });
    }

    /// <summary>One of the practice's referrals changed status.</summary>
    internal static Task Changed(this IntakeHost intake, ReferralTask task, int version, string status = "in-progress") => intake.Tell(
        new ReferralStatusChanged
        {
            ReferralId = task.ReferralId,
            Sequence = version,
            OccurredAt = intake.Clock.GetUtcNow(),
            TaskId = task.Id,
            TaskVersion = version,
            PracticeId = task.PracticeId,
            TaskStatus = status,
        });

    internal static async Task<ReferralTask> AReferral(this IntakeHost intake, string number, string practice = IntakeHost.Bridge)
    {
        using var gp = intake.GpSystem(practice);
        var id = Guid.Parse((await gp.PostFhir("/fhir", ReferralMessage.Bundle(number))).Headers.Location!.Segments[^1]);
        return await intake.InDatabase(db => db.Tasks.AsNoTracking().SingleAsync(t => t.ReferralId == id));
    }

    /// <summary>The message comes once more, as the transport would do it, when two consumers wrote at once.</summary>
    internal static async Task Tell<T>(this IntakeHost intake, T message)
        where T : class
    {
        var id = Guid.NewGuid();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await intake.App.Services.GetRequiredService<IMediator>().Publish(message, Pipe.Execute<PublishContext<T>>(c => c.MessageId = id));
                return;
            }
            catch (DbUpdateException) when (attempt < 50)
            {
                await Task.Yield();
            }
        }
    }
}
