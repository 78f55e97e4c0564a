using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Feedback.HandingOver;
using VGIntegration.Feedback.Keeping;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Keeping;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Keeping;

public sealed class CleanUpTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Fact]
    public async Task An_advice_goes_whole_after_twenty_years_and_no_day_sooner()
    {
        var (old, young) = (await _feedback.OfLongAgo(_practice, Due(20) + Day), await _feedback.OfLongAgo(_practice, Due(20) - Day));
        var rows = await _feedback.Rows(old);

        Assert.True(await _feedback.CleanUp());
        Assert.True(await _feedback.CleanUp());

        Assert.Equal(6, rows);
        Assert.Equal((0, rows - 1), (await _feedback.Rows(old), await _feedback.Rows(young))); // the research has a shorter period of its own
        var report = await _feedback.InDatabase(db => db.Set<CleanUpRun>().SingleAsync(r => r.Kind == "Advices"));
        Assert.Equal((1, true), (report.Removed, report.IsDone));
    }

    [Fact]
    public async Task An_advice_that_is_not_with_the_huisarts_stays_however_old()
    {
        var written = await _feedback.AConversationHeld(_practice.FhirBase);
        var refused = await _feedback.OfLongAgo(_practice, Due(30));
        await _feedback.InDatabase(db => db.Deliveries.Where(d => d.ReferralId == refused)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Refused)));

        await _feedback.CleanUp();

        Assert.Equal(2, await _feedback.InDatabase(db => db.Advices.CountAsync(a => a.ReferralId == written || a.ReferralId == refused)));
    }

    [Fact]
    public async Task A_note_that_there_was_no_conversation_goes_after_two_years()
    {
        var (old, young, waiting) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Note(old, DeliveryState.Delivered, Due(2) + Day);
        await Note(young, DeliveryState.Delivered, Due(2) - Day);
        await Note(waiting, DeliveryState.Waiting, Due(2) + Day);

        await _feedback.CleanUp();

        Assert.Equal((0, 1, 1), (await _feedback.Rows(old), await _feedback.Rows(young), await _feedback.Rows(waiting)));
    }

    [Fact]
    public async Task News_goes_after_a_year_and_research_after_seven()
    {
        var (old, young, waiting) = (await News(DeliveryState.Delivered, Due(1) + Day), await News(DeliveryState.NotNeeded, Due(1) - Day), await News(DeliveryState.Waiting, Due(1) + Day));
        var (asked, askedLater) = (await _feedback.OfLongAgo(_practice, Due(7) + Day), await _feedback.OfLongAgo(_practice, Due(7) - Day));
        await Attempted(old);
        await Attempted(young);

        await _feedback.CleanUp();

        Assert.Equal([young, waiting], await _feedback.InDatabase(db => db.Deliveries.Where(d => d.Id == old || d.Id == young || d.Id == waiting)
            .OrderByDescending(d => d.WaitingSince).Select(d => d.Id).ToListAsync()));
        Assert.Equal([young], await _feedback.InDatabase(db => db.Attempts.Where(a => a.DeliveryId == old || a.DeliveryId == young).Select(a => a.DeliveryId).ToListAsync()));
        Assert.Equal([askedLater], await _feedback.InDatabase(db => db.Research.Select(r => r.ReferralId).ToListAsync()));
        Assert.Equal(2, await _feedback.InDatabase(db => db.Advices.CountAsync(a => a.ReferralId == asked || a.ReferralId == askedLater)));
    }

    [Theory]
    [InlineData("--Keeping:Advices=19 years", "at least 20 years")]
    [InlineData("--Keeping:Audit=59 months", "at least 5 years")]
    [InlineData("--Keeping:Research=zeven", "a number of days, months or years")]
    public async Task A_period_that_may_not_be_stops_the_start(string setting, string says)
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start(setting));

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_has_its_setting_and_its_default_is_allowed()
    {
        var kinds = KindsOfData.All(_feedback.App.Services.GetRequiredService<ISecureMail>());
        await using var started = await FeedbackHost.Start([.. kinds.Select(k => $"--Keeping:{k.Name}={k.Default}")]);

        Assert.All(kinds, k => Assert.False(k.Default.IsShorterThan(k.AtLeast)));
    }

    [Fact]
    public async Task Every_table_about_a_referral_is_in_the_record_or_stays_for_a_reason()
    {
        Type[] stays = [typeof(ErasedReferral), typeof(ClaimLine)]; // what is claimed holds no resident, and stays for the books

        var missing = await _feedback.InDatabase(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => !e.IsOwned() && e.FindProperty("ReferralId") is not null).Select(e => e.ClrType).Except(FeedbackRecord.Whole.Rows).Except(stays).ToList()));

        Assert.Empty(missing);
    }

    private TimeSpan Due(int years) => _feedback.Clock.GetUtcNow() - _feedback.Clock.GetUtcNow().AddYears(-years);

    private Task<Guid> Note(Guid referral, DeliveryState state, TimeSpan age) =>
        _feedback.SentLongAgo(at => Delivery.OfClosingNote(referral, Examples.PracticeId, null, at), state, age);

    private Task Attempted(Guid id) => _feedback.InDatabase(async db =>
    {
        var delivery = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == id);
        db.Add(DeliveryAttempt.Of(delivery, Attempt.Begin(id, Guid.NewGuid(), _feedback.Clock), TimeSpan.FromSeconds(1), Answer.Failed(Hindrance.Defect)));
        return await db.SaveChangesAsync();
    });

    private Task<Guid> News(DeliveryState state, TimeSpan age) =>
        _feedback.SentLongAgo(at => Delivery.OfTask(Guid.NewGuid(), 2, Guid.NewGuid(), Examples.PracticeId, null, at), state, age);
}
