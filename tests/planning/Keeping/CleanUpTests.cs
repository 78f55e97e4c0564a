using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Keeping;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Tests.Keeping;

public sealed class CleanUpTests
{
    // Of the young one the answer, the notice and the step that could be undone have shorter periods of their own.
    private const int Shorter = 3;

    // What is open keeps the answer too.
    private const int OfOpen = 2;

    private static readonly Step[] Held =
        [Step.AssignmentProposed, Step.ConversationScheduled, Step.ConversationHeld, Step.AdviceSigned, Step.AdviceReturned];
    private static readonly TimeSpan Year = TimeSpan.FromDays(365.2425);

    [Theory]
    [InlineData(true, 20)]
    [InlineData(false, 2)]
    public async Task A_journey_goes_whole_when_its_day_has_come_and_no_other_goes(bool isHeld, int years)
    {
        await using var planning = await PlanningHost.Start();
        var (steps, now) = (isHeld ? Held : [Step.Closed], planning.Clock.GetUtcNow());
        var day = TimeSpan.FromDays(1);
        var due = now - now.AddYears(-years);
        var old = await planning.Of(steps, due + day);
        var young = await planning.Of(steps, due - day);
        var open = await planning.Of(isHeld ? Held[..^1] : [Step.ResidentNotReached], due + day);
        var (youngRows, openRows) = (await planning.Rows(young) - Shorter, await planning.Rows(open) - OfOpen);

        Assert.True(await planning.CleanUp());
        Assert.True(await planning.CleanUp());

        Assert.Equal((0, youngRows, openRows), (await planning.Rows(old), await planning.Rows(young), await planning.Rows(open)));
        Assert.True(youngRows > 3);
        var kind = isHeld ? "Conversations" : "WithoutConversation";
        var report = await planning.InDatabase(db => db.Set<CleanUpRun>().SingleAsync(r => r.Kind == kind));
        Assert.Equal((1, true), (report.Removed, report.IsDone));
    }

    [Fact]
    public async Task Each_smaller_kind_keeps_what_is_a_day_too_young()
    {
        await using var planning = await PlanningHost.Start();
        var (now, day) = (planning.Clock.GetUtcNow(), TimeSpan.FromDays(1));
        var (answerDue, noticeDue) = (now - now.AddMonths(-6), now - now.AddYears(-1));
        Guid[] ids = [await planning.Of([Step.Closed], answerDue - day), await planning.Of([Step.Closed], answerDue + day),
            await planning.Of([Step.Closed], noticeDue - day), await planning.Of([Step.Closed], noticeDue + day)];
        await planning.InDatabase(db => db.Audit.ExecuteDeleteAsync());
        await planning.InDatabase(async db =>
        {
            db.Audit.AddRange(AuditEntry.Of("R", "oud", "Referral/1", "test", now.AddYears(-5) - day), AuditEntry.Of("R", "jong", "Referral/1", "test", now.AddYears(-5) + day));
            return await db.SaveChangesAsync();
        });

        await planning.CleanUp();

        Assert.Equal([ids[0]], await planning.InDatabase(db => db.ResidentAnswers.Where(a => ids.Contains(a.ReferralId)).Select(a => a.ReferralId).ToListAsync()));
        Assert.Equal(ids[..3].Order(), (await planning.InDatabase(db => db.Notices.Where(n => ids.Contains(n.ReferralId)).Select(n => n.ReferralId).ToListAsync())).Order());
        Assert.Equal(0, await planning.InDatabase(db => db.Set<UndoableStep>().CountAsync()));
        Assert.Equal(["jong"], await planning.InDatabase(db => db.Audit.Select(a => a.Who).ToListAsync()));
        Assert.Equal(ids.Length, await planning.InDatabase(db => db.Journeys.CountAsync(j => ids.Contains(j.ReferralId))));
    }

    [Fact]
    public async Task A_message_that_is_not_sent_yet_stays_however_old()
    {
        await using var planning = await PlanningHost.Start();
        var id = await planning.Of([Step.Closed], Year);
        await planning.InDatabase(async db =>
        {
            db.Notices.Add(Notice.OfChoice(id, planning.Clock.GetUtcNow() - (5 * Year)));
            return await db.SaveChangesAsync();
        });

        await planning.CleanUp();

        Assert.Equal(1, await planning.InDatabase(db => db.Notices.CountAsync(n => n.ReferralId == id)));
    }

    [Theory]
    [InlineData("--Keeping:Audit=4 years", "at least 5 years")]
    [InlineData("--Keeping:Conversations=14 years", "at least 15 years")]
    [InlineData("--Keeping:Notices=-1 days", "a number of days, months or years")]
    [InlineData("--Keeping:Notices=voor altijd", "a number of days, months or years")]
    [InlineData("--Keeping:Notes=1 years", "Keeping:Notes is not a setting")]
    public async Task A_period_that_may_not_be_stops_the_start_with_one_line(string setting, string says)
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() => PlanningHost.Start(setting));

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_region_may_keep_it_longer()
    {
        await using var planning = await PlanningHost.Start("--Keeping:WithoutConversation=3 years");
        var id = await planning.Of([Step.Closed], 2.5 * Year);

        await planning.CleanUp();

        Assert.True(await planning.InDatabase(db => db.Journeys.AnyAsync(j => j.ReferralId == id)));
    }

    [Fact]
    public async Task Every_kind_has_its_setting_and_its_default_is_allowed()
    {
        await using var started = await PlanningHost.Start([.. KindsOfData.All.Select(k => $"--Keeping:{k.Name}={k.Default}")]);

        Assert.All(KindsOfData.All, k => Assert.False(k.Default.IsShorterThan(k.AtLeast)));
    }

    [Fact]
    public async Task Every_table_about_a_referral_is_in_the_record_or_stays_for_a_reason()
    {
        Type[] stays = [typeof(ErasedReferral)];
        await using var planning = await PlanningHost.Start();

        var missing = await planning.InDatabase(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => !e.IsOwned() && e.FindProperty("ReferralId") is not null).Select(e => e.ClrType).Except(PlanningRecord.Whole.Rows).Except(stays).ToList()));

        Assert.Empty(missing);
    }
}
