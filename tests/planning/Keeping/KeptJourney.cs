using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Keeping;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Keeping;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Tests.Keeping;

/// <summary>A referral of long ago, with something in every table that hangs on it.</summary>
internal static class KeptJourney
{
    internal const string Mark = "Merkwaardig gevolg";

    internal static async Task<Guid> Of(this PlanningHost planning, Step[] steps, TimeSpan age)
    {
        var id = await planning.AReferral();
        var at = planning.Clock.GetUtcNow() - age;
        await planning.InDatabase(async db =>
        {
            var journey = await db.Journeys.SingleAsync(j => j.ReferralId == id);
            foreach (var step in steps)
            {
                journey.Record(step, planning.Clock.GetUtcNow());
            }

            var conversation = await db.Conversations.SingleAsync(c => c.ReferralId == id);
            var appointment = Appointment.Book(conversation.Id, id, new Arrangement(
                conversation.MentalHealthProfessionalId, conversation.SocialDomainProfessionalId, conversation.LocationId, conversation.StartsAt, conversation.EndsAt), 1, at);
            var answer = ResidentAnswer.Of(id);
            answer.Say("partner", "nl", [], at);
            var notice = Notice.OfChoice(id, at);
            notice.MarkSent(Channel.Email, at);
            var missed = MissedConversation.Of(conversation, MissedBecause.NotAttended, at);
            db.AddRange(appointment, answer, notice, missed, new Onlooker { ReferralId = id, Who = "petra", SeenAt = at }, PersonalLink.Make(id, at, at).Link, new UndoableStep
            {
                ReferralId = id,
                By = Mark,
                What = "Call",
                Until = at,
                Revision = 1,
                Before = "[]",
                Messages = "",
            });
            return await db.SaveChangesAsync();
        });
        await planning.InDatabase(db => db.Journeys.Where(j => j.ReferralId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(j => EF.Property<DateTimeOffset>(j, PlanningDbContext.ChangedAt), at)));
        return id;
    }

    internal static async Task<int> Rows(this PlanningHost planning, Guid id) =>
        (await planning.InDatabase(db => PlanningRecord.Whole.Count(db, id, CancellationToken.None))).Sum(p => p.Rows);

    internal static Task<bool> CleanUp(this PlanningHost planning) =>
        planning.App.Services.GetRequiredService<CleanUp<PlanningDbContext>>().Run(CancellationToken.None);
}
