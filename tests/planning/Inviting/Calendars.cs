using Ical.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Tests.Inviting;

/// <summary>What people do with an appointment, and what comes in their mail.</summary>
internal static class Calendars
{
    internal static string Mail(this PlanningHost planning) => Path.Combine(planning.Data, "mail");

    internal static async Task<List<MimeMessage>> Post(this PlanningHost planning)
    {
        var sender = planning.App.Services.GetRequiredService<SendNotices>();
        while (await sender.SendDue(TestContext.Current.CancellationToken) > 0)
        {
        }

        return !Directory.Exists(planning.Mail()) ? []
            : [.. Directory.EnumerateFiles(planning.Mail(), "*.eml").Select(f => MimeMessage.Load(f)).OrderBy(m => m.Date).ThenBy(m => m.To.ToString(), StringComparer.Ordinal)];
    }

    internal static string? CalendarPart(this MimeMessage mail) =>
        mail.BodyParts.OfType<TextPart>().FirstOrDefault(p => p.ContentType.IsMimeType("text", "calendar"))?.Text;

    internal static Calendar Read(string calendar) => Calendar.Load(calendar)!;

    /// <summary>Books the first moment that is free, or moves to the next of the same duo and place.</summary>
    internal static Task<Conversation> Books(this PlanningHost planning, Guid referral) => planning.Within(async services =>
    {
        var (db, moments, schedule) = (services.GetRequiredService<PlanningDbContext>(), services.GetRequiredService<FreeMoments>(), services.GetRequiredService<ScheduleConversation>());
        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == referral);
        var conversation = await db.Conversations.SingleOrDefaultAsync(c => c.ReferralId == referral);
        var free = (await moments.For(journey, default, atMost: int.MaxValue)).Candidates;
        var refusal = conversation is { Status: ConversationStatus.Scheduled }
            ? await schedule.Move(journey, conversation, journey.Revision, free.Where(c => c.DuoId == conversation.DuoId
                && c.LocationId == conversation.LocationId && c.StartsAt > conversation.StartsAt).MinBy(c => c.StartsAt)!, "petra", default, canUndo: false)
            : await schedule.Book(journey, conversation, journey.Revision, free[0], "petra", default, canUndo: false);
        Assert.Null(refusal);
        return await db.Conversations.AsNoTracking().SingleAsync(c => c.ReferralId == referral);
    });

    internal static Task<string?> Withdraws(this PlanningHost planning, Guid referral) => planning.Within(async services =>
    {
        var db = services.GetRequiredService<PlanningDbContext>();
        var journey = await db.Journeys.SingleAsync(j => j.ReferralId == referral);
        return await services.GetRequiredService<WorkOnReferral>().Withdraw(journey, journey.Revision, null, "petra", default, canUndo: false);
    });
}
