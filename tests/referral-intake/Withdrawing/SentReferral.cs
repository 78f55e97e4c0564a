using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Tests.Withdrawing;

/// <summary>A referral that was sent, what its GP system does with it, and what the other services tell of it.</summary>
internal sealed class SentReferral(IntakeHost intake, HttpClient gp, Guid id)
{
    private int _planning;
    private int _feedback;

    internal Guid Id => id;

    internal string Path => $"/fhir/ServiceRequest/{id}";

    internal HttpClient Gp => gp;

    internal static async Task<SentReferral> Send(IntakeHost intake, string? number = null)
    {
        var gp = intake.GpSystem();
        var sent = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number ?? $"W-{Guid.NewGuid():N}"));
        return new SentReferral(intake, gp, Guid.Parse(sent.Headers.Location!.Segments[^1]));
    }

    /// <summary>Sends one and brings it where the test wants it, by what the services tell.</summary>
    internal static async Task<SentReferral> In(IntakeHost intake, ReferralState state)
    {
        var sent = await Send(intake);
        foreach (var step in RoadTo(state))
        {
            await step(sent);
        }

        Assert.Equal(state, (await sent.Task()).State);
        return sent;
    }

    internal Task<HttpResponseMessage> Get(string path) => gp.GetAsync(new Uri(path, UriKind.Relative));

    internal async Task<JsonObject> Read() => (await (await Get(Path)).Json()).AsObject();

    internal async Task<HttpResponseMessage> Put(Action<JsonObject> bend, string? ifMatch = null)
    {
        var request = await Read();
        var version = ifMatch ?? $"W/\"{request["meta"]!["versionId"]}\"";
        bend(request);
        return await Write(HttpMethod.Put, request.ToJsonString(), version);
    }

    internal Task<HttpResponseMessage> PutStatus(string status) => Put(r => r["status"] = status);

    internal async Task<HttpResponseMessage> Write(
        HttpMethod method, string body, string? ifMatch, string mediaType = "application/fhir+json", string? path = null)
    {
        using var message = new HttpRequestMessage(method, new Uri(path ?? Path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        if (ifMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await gp.SendAsync(message);
    }

    internal async Task<HttpResponseMessage> Patch(string operations, string? ifMatch = null, string mediaType = "application/json-patch+json") =>
        await Write(HttpMethod.Patch, operations, ifMatch ?? $"W/\"{(await Read())["meta"]!["versionId"]}\"", mediaType);

    internal async Task<HttpResponseMessage> Abort() => await gp.PostFhir("/fhir/Task", $$"""
        { "resourceType": "Task", "status": "requested", "intent": "order",
          "code": { "coding": [ { "system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "abort" } ] },
          "focus": { "reference": "Task/{{(await Task()).Id}}" } }
        """);

    internal Task<ReferralTask> Task() => intake.InDatabase(db => db.Tasks.AsNoTracking().SingleAsync(t => t.ReferralId == id));

    /// <summary>status businessStatus of the Task, and status of the ServiceRequest, as the GP system reads them.</summary>
    internal async Task<string> Status()
    {
        var task = await (await Get($"/fhir/Task/{(await Task()).Id}")).Json();
        return $"{(await Read())["status"]} {task["status"]} {task["businessStatus"]?["coding"]![0]!["code"] ?? "-"}";
    }

    /// <summary>The messages of intake about this referral, in their order.</summary>
    /// <summary>What planning is told, besides that the status changed.</summary>
    internal async Task<List<object>> Told() => [.. (await AllTold()).Where(m => m is not ReferralStatusChanged)];

    private Task<List<object>> AllTold() => intake.InDatabase(async db => (await db.Outbox.ToListAsync())
        .Where(m => m.Body.Contains(id.ToString(), StringComparison.Ordinal)).OrderBy(m => m.Id).Select(m => m.Read()).ToList());

    internal Task TakenIn() => Tell(new ReferralTakenIn { ReferralId = id, Sequence = ++_planning, OccurredAt = Now });

    internal Task Proposed() => Tell(new AssignmentProposed { ReferralId = id, Sequence = ++_planning, OccurredAt = Now, DuoId = Guid.NewGuid(), MentalHealthProfessionalId = Guid.NewGuid(), SocialDomainProfessionalId = Guid.NewGuid(), LocationId = Guid.NewGuid(), StartsAt = Now, EndsAt = Now });

    internal Task Booked() => Tell(new ConversationScheduled { ReferralId = id, Sequence = ++_planning, OccurredAt = Now, ConversationId = Guid.NewGuid(), MentalHealthProfessionalId = Guid.NewGuid(), SocialDomainProfessionalId = Guid.NewGuid(), LocationId = Guid.NewGuid(), StartsAt = Now, EndsAt = Now });

    internal Task Held() => Tell(new ConversationHeld { ReferralId = id, Sequence = ++_planning, OccurredAt = Now, ConversationId = Guid.NewGuid(), StartsAt = Now, EndsAt = Now, Professionals = [] });

    internal Task Closed(string reason) => Tell(new ReferralClosed { ReferralId = id, Sequence = ++_planning, OccurredAt = Now, Reason = reason });

    internal Task Tell<T>(T message)
        where T : class
    {
        intake.Clock.Advance(TimeSpan.FromSeconds(1));
        return intake.App.Services.GetRequiredService<IMediator>().Publish(message, Pipe.Execute<PublishContext<T>>(c => c.MessageId = Guid.NewGuid()));
    }

    private DateTimeOffset Now => intake.Clock.GetUtcNow();

    private static IEnumerable<Func<SentReferral, Task>> RoadTo(ReferralState state) => state switch
    {
        ReferralState.Registered => [],
        ReferralState.TakenIn => [r => r.TakenIn()],
        ReferralState.DuoProposed => [.. RoadTo(ReferralState.TakenIn), r => r.Proposed()],
        ReferralState.AwaitingInformation => [.. RoadTo(ReferralState.DuoProposed), r => r.Tell(new InformationRequested { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now, Missing = ["telephone"] })],
        ReferralState.InPlanning => [.. RoadTo(ReferralState.DuoProposed), r => r.Tell(new PlanningStarted { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now })],
        ReferralState.DuoConfirmed => [.. RoadTo(ReferralState.DuoProposed), r => r.Tell(new AssignmentAccepted { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now, DuoId = Guid.NewGuid(), MentalHealthProfessionalId = Guid.NewGuid(), SocialDomainProfessionalId = Guid.NewGuid() })],
        ReferralState.ResidentNotReached => [.. RoadTo(ReferralState.DuoProposed), r => r.Tell(new ResidentCalled { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now, IsReached = false })],
        ReferralState.ResidentSpoken => [.. RoadTo(ReferralState.DuoProposed), r => r.Tell(new ResidentCalled { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now, IsReached = true })],
        ReferralState.AppointmentBooked => [.. RoadTo(ReferralState.DuoProposed), r => r.Booked()],
        ReferralState.AppointmentMoved => [.. RoadTo(ReferralState.AppointmentBooked), r => r.Tell(new ConversationRescheduled { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now, ConversationId = Guid.NewGuid(), MentalHealthProfessionalId = Guid.NewGuid(), SocialDomainProfessionalId = Guid.NewGuid(), LocationId = Guid.NewGuid(), StartsAt = r.Now, EndsAt = r.Now })],
        ReferralState.DuoRestored => [.. RoadTo(ReferralState.AppointmentBooked), r => r.Tell(new ProfessionalReplaced { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now, ConversationId = Guid.NewGuid(), MentalHealthProfessionalId = Guid.NewGuid(), SocialDomainProfessionalId = Guid.NewGuid(), ReplacedProfessionalId = Guid.NewGuid() })],
        ReferralState.NotAttended => [.. RoadTo(ReferralState.AppointmentBooked), r => r.Tell(new ConversationNotHeld { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now, ConversationId = Guid.NewGuid(), StartsAt = r.Now })],
        ReferralState.ConversationHeld => [.. RoadTo(ReferralState.AppointmentBooked), r => r.Held()],
        ReferralState.AdviceInPreparation => [.. RoadTo(ReferralState.ConversationHeld), r => r.Tell(new AdviceSigned { ReferralId = r.Id, Sequence = ++r._feedback, OccurredAt = r.Now, AdviceId = Guid.NewGuid() })],
        ReferralState.AdviceReturned => [.. RoadTo(ReferralState.AdviceInPreparation), r => r.Tell(new AdviceReturned { ReferralId = r.Id, Sequence = ++r._feedback, OccurredAt = r.Now, AdviceId = Guid.NewGuid(), DocumentReferenceId = $"letter-{r.Id:N}" })],
        ReferralState.Rejected => [.. RoadTo(ReferralState.DuoProposed), r => r.Closed(ClosingReason.OutsideRegion)],
        ReferralState.NoConversation => [.. RoadTo(ReferralState.ResidentNotReached), r => r.Closed(ClosingReason.Unreachable)],
        ReferralState.Paused => [.. RoadTo(ReferralState.AppointmentBooked), r => r.Tell(new PlanningPaused { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now })],
        ReferralState.WithdrawingByResident => [.. RoadTo(ReferralState.AppointmentBooked), r => r.Tell(new ResidentWithdrew { ReferralId = r.Id, Sequence = ++r._planning, OccurredAt = r.Now })],
        ReferralState.WithdrawnByResident => [.. RoadTo(ReferralState.WithdrawingByResident), r => r.Closed(ClosingReason.WithdrawnByResident)],
        ReferralState.WithdrawnByReferrer => [.. RoadTo(ReferralState.DuoProposed), r => r.PutStatus("revoked")],
        ReferralState.CancellationRequested => [.. RoadTo(ReferralState.AppointmentBooked), r => r.Abort()],
        ReferralState.Cancelled => [.. RoadTo(ReferralState.CancellationRequested), r => r.Closed(ClosingReason.WithdrawnByReferrer)],
        ReferralState.EnteredInError => [.. RoadTo(ReferralState.DuoProposed), r => r.PutStatus("entered-in-error")],
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
