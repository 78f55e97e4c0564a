using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Keeping;
using VGIntegration.ReferralIntake.Documenting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Keeping;
using VGIntegration.ReferralIntake.Requesting;

namespace VGIntegration.ReferralIntake.Tests.Keeping;

public sealed class CleanUpTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly IntakeHost _intake = new();

    public ValueTask InitializeAsync() => _intake.InitializeAsync();

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    [Theory]
    [InlineData(nameof(ReferralState.AdviceReturned), nameof(ReferralState.AdviceInPreparation), 20)]
    [InlineData(nameof(ReferralState.NoConversation), nameof(ReferralState.Paused), 2)]
    [InlineData(nameof(ReferralState.EnteredInError), nameof(ReferralState.Registered), 2)]
    public async Task A_referral_goes_whole_when_its_day_has_come_and_no_other_goes(string endedAs, string stillOpen, int years)
    {
        var ended = Enum.Parse<ReferralState>(endedAs);
        var old = await _intake.OfLongAgo(ended, Due(years) + Day);
        var (young, open) = (await _intake.OfLongAgo(ended, Due(years) - Day), await _intake.OfLongAgo(Enum.Parse<ReferralState>(stillOpen), Due(years) + Day));
        var (before, youngBefore, openBefore) = (await _intake.Rows(old.Id), await _intake.Rows(young.Id), await _intake.Rows(open.Id));

        Assert.True(await _intake.CleanUp());
        Assert.True(await _intake.CleanUp());

        Assert.Equal(KeptReferral.Parts, before.Split(", ").Length);
        Assert.Empty(await _intake.Rows(old.Id));
        Assert.Equal((youngBefore, openBefore), (await _intake.Rows(young.Id), await _intake.Rows(open.Id)));
        Assert.Single((await old.Told()).OfType<ReferralErased>(), e => e.Reason == ErasureReason.KeptLongEnough);
        Assert.Empty((await young.Told()).Concat(await open.Told()).OfType<ReferralErased>());
    }

    [Fact]
    public async Task The_GP_system_gets_what_an_unknown_one_gets_and_the_same_number_is_never_taken_again()
    {
        var sent = await _intake.OfLongAgo(ReferralState.NoConversation, Due(3));
        var number = await _intake.InDatabase(db => db.Referrals.Where(r => r.Id == sent.Id).Select(r => r.SourceValue).SingleAsync());
        await _intake.CleanUp();

        var read = await sent.Get(sent.Path);
        var again = await sent.Gp.PostFhir("/fhir", ReferralMessage.Bundle(number));
        var changed = await sent.Gp.PostFhir("/fhir", ReferralMessage.Bundle(number, b => b.Resource(0)["priority"] = "urgent"));
        using var neighbour = _intake.GpSystem(IntakeHost.Harbour);
        var ofAnother = await neighbour.PostFhir("/fhir", ReferralMessage.Bundle(number));
        var another = await sent.Gp.PostFhir("/fhir", ReferralMessage.Bundle($"{number}-2"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Gone, HttpStatusCode.Gone), (read.StatusCode, again.StatusCode, changed.StatusCode));
        Assert.Equal(["error deleted ServiceRequest.identifier"], await again.Issues());
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (ofAnother.StatusCode, another.StatusCode));
        var left = await _intake.InDatabase(db => db.Erasures.AsNoTracking().SingleAsync());
        Assert.DoesNotContain(number, left.KeyHash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supplement_that_came_later_counts_as_the_last_change()
    {
        var sent = await _intake.OfLongAgo(ReferralState.NoConversation, Due(2) + Day);
        await _intake.InDatabase(db => db.Documents.Where(d => d.ReferralId == sent.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ReceivedAt, _intake.Clock.GetUtcNow() - Due(2) + Day)));

        await _intake.CleanUp();

        Assert.NotEmpty(await _intake.Rows(sent.Id));
    }

    [Fact]
    public async Task Each_smaller_kind_keeps_what_is_a_day_too_young()
    {
        var now = _intake.Clock.GetUtcNow();
        await _intake.InDatabase(db => db.Audit.ExecuteDeleteAsync());
        await _intake.InDatabase(async db =>
        {
            var practice = await db.Practices.Select(p => p.Id).FirstAsync();
            foreach (var (name, shift) in new[] { ("oud", -Day), ("jong", Day) })
            {
                db.AddRange(
                    AuditEntry.Of("R", name, "Referral/1", "test", now.AddYears(-5) + shift),
                    ReceivedDocument.Receive(practice, new("urn:bundle", name), new("urn:nummer", "ZD000000001"), "referral-letter", "{}", "hash", now.AddDays(-90) + shift),
                    Parked(name, now.AddYears(-1) + shift));
            }

            return await db.SaveChangesAsync();
        });

        await _intake.CleanUp();

        Assert.Equal(["jong"], await _intake.InDatabase(db => db.Audit.Select(a => a.Who).ToListAsync()));
        Assert.Equal(["jong"], await _intake.InDatabase(db => db.Set<ReceivedDocument>().Select(d => d.KeyValue).ToListAsync()));
        Assert.Equal(["jong"], await _intake.InDatabase(db => db.Outbox.Where(m => m.ParkedAt != null).Select(m => m.LastFailure).ToListAsync()));
    }

    [Fact]
    public async Task Every_kind_is_in_the_report_of_the_night()
    {
        await _intake.CleanUp();

        var runs = await _intake.InDatabase(db => db.Set<CleanUpRun>().AsNoTracking().ToListAsync());
        Assert.Equal(KindsOfData.All.Select(k => k.Name).Order(), runs.Select(r => r.Kind).Order());
        Assert.All(runs, r => Assert.True(r.IsDone));
    }

    [Theory]
    [InlineData("--Keeping:Referrals=19 years", "at least 20 years")]
    [InlineData("--Keeping:Audit=4 years", "at least 5 years")]
    [InlineData("--Keeping:WaitingDocuments=-90 days", "a number of days, months or years")]
    [InlineData("--Keeping:Referal=20 years", "Keeping:Referal is not a setting")]
    public void A_period_that_may_not_be_stops_the_start_with_one_line(string setting, string says)
    {
        var refusal = Assert.Throws<SettingException>(() => Program.Create(
            [.. Surroundings.LogIns.Settings(Surroundings.Sandbox.Folder("intake")), "--Authentication:BuiltIn=false", setting]));

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_has_its_setting_and_its_default_is_allowed()
    {
        await using var started = Program.Create([.. Surroundings.LogIns.Settings(Surroundings.Sandbox.Folder("intake")), "--Authentication:BuiltIn=false",
            .. KindsOfData.All.Select(k => $"--Keeping:{k.Name}={k.Default}")]);

        Assert.All(KindsOfData.All, k => Assert.False(k.Default.IsShorterThan(k.AtLeast)));
    }

    [Fact]
    public async Task Every_table_about_a_referral_is_in_the_record_or_stays_for_a_reason()
    {
        Type[] stays = [typeof(Erasure)];

        var missing = await _intake.InDatabase(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => !e.IsOwned() && e.FindProperty("ReferralId") is not null).Select(e => e.ClrType).Except(IntakeRecord.Whole.Rows).Except(stays).ToList()));

        Assert.Empty(missing);
    }

    private TimeSpan Due(int years) => _intake.Clock.GetUtcNow() - _intake.Clock.GetUtcNow().AddYears(-years);

    private static OutboxMessage Parked(string name, DateTimeOffset at)
    {
        var message = OutboxMessage.Of(new ReferralErased { ReferralId = Guid.NewGuid(), Sequence = 1, OccurredAt = at, Reason = "test" });
        message.Hold(at.AddYears(90));
        typeof(OutboxMessage).GetProperty(nameof(OutboxMessage.ParkedAt))!.SetValue(message, at);
        typeof(OutboxMessage).GetProperty(nameof(OutboxMessage.LastFailure))!.SetValue(message, name);
        return message;
    }
}
