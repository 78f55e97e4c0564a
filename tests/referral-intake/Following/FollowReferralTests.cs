using MassTransit;
using MassTransit.Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;

namespace VGIntegration.ReferralIntake.Tests.Following;

public sealed class FollowReferralTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task The_task_moves_with_the_journey_and_its_output_is_the_letter()
    {
        using var gp = intake.GpSystem();
        var sent = await gp.PostFhir("/fhir", ReferralMessage.Bundle("F1"));
        var id = Guid.Parse(sent.Headers.Location!.Segments[^1]);
        var (now, someone) = (intake.Clock.GetUtcNow(), Guid.NewGuid());

        var seen = new List<string> { await Status(gp, id) };
        await Told(new ReferralTakenIn { ReferralId = id, Sequence = 1, OccurredAt = now }, gp, id, seen);
        await Told(new AssignmentProposed { ReferralId = id, Sequence = 2, OccurredAt = now, DuoId = someone, MentalHealthProfessionalId = someone, SocialDomainProfessionalId = someone, LocationId = someone, StartsAt = now, EndsAt = now }, gp, id, seen);
        await Told(new ConversationScheduled { ReferralId = id, Sequence = 3, OccurredAt = now, ConversationId = someone, MentalHealthProfessionalId = someone, SocialDomainProfessionalId = someone, LocationId = someone, StartsAt = now, EndsAt = now }, gp, id, seen);
        await Told(new ConversationHeld { ReferralId = id, Sequence = 4, OccurredAt = now, ConversationId = someone, StartsAt = now, EndsAt = now, Professionals = [] }, gp, id, seen);
        await Told(new AdviceBegun { ReferralId = id, Sequence = 1, OccurredAt = now, AdviceId = someone }, gp, id, seen);
        await Told(new AdviceSigned { ReferralId = id, Sequence = 2, OccurredAt = now, AdviceId = someone }, gp, id, seen);
        await Told(new AdviceReturned { ReferralId = id, Sequence = 3, OccurredAt = now, AdviceId = someone, DocumentReferenceId = "letter-1" }, gp, id, seen);

        Assert.Equal(
            ["requested aangemeld ", "received ontvangen ", "accepted duo-voorgesteld ", "in-progress afspraak-gepland ",
            "in-progress gesprek-gevoerd ", "in-progress advies-in-afstemming ", "in-progress advies-in-afstemming ", "completed advies-teruggekoppeld DocumentReference/letter-1"],
            seen);
        var request = await (await gp.GetAsync(sent.Headers.Location)).Json();
        Assert.Equal("completed", (string?)request["status"]);
    }

    [Fact]
    public async Task A_second_copy_of_a_message_has_no_effect()
    {
        using var gp = intake.GpSystem();
        var sent = await gp.PostFhir("/fhir", ReferralMessage.Bundle("F2"));
        var id = Guid.Parse(sent.Headers.Location!.Segments[^1]);
        var (message, messageId) = (new ReferralTakenIn { ReferralId = id, Sequence = 1, OccurredAt = intake.Clock.GetUtcNow() }, Guid.NewGuid());

        await Publish(message, messageId);
        await Publish(message, messageId);
        await Publish(message, Guid.NewGuid());

        Assert.Equal(2, await intake.InDatabase(db => db.Tasks.Where(t => t.ReferralId == id).Select(t => t.Version).SingleAsync()));
    }

    private async Task Told<T>(T message, HttpClient gp, Guid id, List<string> seen)
        where T : class
    {
        await Publish(message, Guid.NewGuid());
        seen.Add(await Status(gp, id));
    }

    private Task Publish<T>(T message, Guid messageId)
        where T : class => intake.App.Services.GetRequiredService<IMediator>()
        .Publish(message, Pipe.Execute<PublishContext<T>>(c => c.MessageId = messageId));

    private static async Task<string> Status(HttpClient gp, Guid id)
    {
        var found = await (await gp.GetAsync(new Uri($"/fhir/Task?focus=ServiceRequest/{id}", UriKind.Relative))).Json();
        var task = found["entry"]![0]!["resource"]!;
        return $"{task["status"]} {task["businessStatus"]!["coding"]![0]!["code"]} {task["output"]?[0]?["valueReference"]?["reference"]}";
    }
}
