using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Tests.Scheduling;

/// <summary>What a planner does at the page, without the page.</summary>
internal static class At
{
    internal delegate Task<string?> Step(IServiceProvider services, ReferralJourney journey, Conversation? conversation, string by);

    internal static async Task<string?> Work(this PlanningHost planning, Guid referral, Step step, string by = "petra")
    {
        await using var scope = planning.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlanningDbContext>();
        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == referral);
        return await step(scope.ServiceProvider, journey, await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == referral), by);
    }

    internal static async Task<string?> Book(IServiceProvider services, ReferralJourney journey, Conversation? conversation, string by) =>
        await services.GetRequiredService<ScheduleConversation>().Book(journey, conversation, journey.Revision, await Free(services, journey), by, default);

    internal static async Task<string?> Move(IServiceProvider services, ReferralJourney journey, Conversation? booked, string by) =>
        await services.GetRequiredService<ScheduleConversation>().Move(
            journey, booked!, journey.Revision, await Free(services, journey, c => c.StartsAt != booked!.StartsAt), by, default);

    internal static async Task<string?> Replace(IServiceProvider services, ReferralJourney journey, Conversation? booked, string by)
    {
        var coming = await services.GetRequiredService<Replacements>().For(booked!, booked!.MentalHealthProfessionalId, default);
        return await services.GetRequiredService<ScheduleConversation>().Replace(
            journey, booked, journey.Revision, booked.MentalHealthProfessionalId, coming[0], by, default);
    }

    internal static Task<string?> Withdraw(IServiceProvider services, ReferralJourney journey, Conversation? conversation, string by) =>
        services.GetRequiredService<WorkOnReferral>().Withdraw(journey, journey.Revision, null, by, default);

    internal static Task<string?> Miss(IServiceProvider services, ReferralJourney journey, Conversation? booked, string by) =>
        services.GetRequiredService<WorkOnReferral>().Miss(journey, booked!, journey.Revision, false, by, default);

    internal static Step Close(string reason) => (services, journey, _, by) =>
        services.GetRequiredService<WorkOnReferral>().Close(journey, journey.Revision, reason, null, by, default);

    internal static Step Call(bool isReached, string? companion = null) => (services, journey, _, by) =>
        services.GetRequiredService<WorkOnReferral>().Call(journey, journey.Revision, isReached, null, companion, by, default);

    private static async Task<Candidate> Free(IServiceProvider services, ReferralJourney journey, Func<Candidate, bool>? wanted = null) =>
        (await services.GetRequiredService<FreeMoments>().For(journey, default, int.MaxValue)).Candidates.First(wanted ?? (_ => true));
}
