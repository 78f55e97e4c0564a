using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Keeping;
using VGIntegration.ReferralIntake.Documenting;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Informing;
using VGIntegration.ReferralIntake.Keeping;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Subscribing;
using VGIntegration.ReferralIntake.Supplementing;
using VGIntegration.ReferralIntake.Tests.Withdrawing;

namespace VGIntegration.ReferralIntake.Tests.Keeping;

/// <summary>A referral of long ago, with something in every table that hangs on it.</summary>
internal static class KeptReferral
{
    internal const int Parts = 10;

    internal static async Task<SentReferral> OfLongAgo(this IntakeHost intake, ReferralState state, TimeSpan age)
    {
        var sent = await SentReferral.In(intake, state);
        var at = intake.Clock.GetUtcNow() - age;
        await intake.InDatabase(async db =>
        {
            var referral = await db.Referrals.AsNoTracking().SingleAsync(r => r.Id == sent.Id);
            var task = await db.Tasks.AsNoTracking().SingleAsync(t => t.ReferralId == sent.Id);
            var (practice, number) = (referral.PracticeId, new DocumentKey(referral.SourceSystem, referral.SourceValue));
            var subscription = TopicSubscription.Ask(practice, new Wish("https://brug.example/meldingen", null, "test", null, null), "https://vg.example/fhir", at);
            var sharing = SharingAgreement.Of(sent.Id);
            sharing.Record(true, "petra", at);
            var asked = new SupplementRequest(null, null, "{}", $"{Guid.NewGuid():N}", [new JudgedFile(FileKind.Text, "bijlage.txt", "Een bijlage."u8.ToArray())]);
            db.AddRange(subscription, new SubscriptionEvent(subscription.Id, 1, task.Id, 2, at), sharing, referral.Current(),
                SeenRequest.Of(practice, $"{Guid.NewGuid()}", "hash", sent.Id, at),
                ReceivedDocument.Receive(practice, new("urn:bundle", $"{Guid.NewGuid()}"), number, "referral-letter", "", "hash", at));
            db.AddRange(ReferralDocument.Along(practice, sent.Id, asked, at));
            return await db.SaveChangesAsync();
        });
        await intake.InDatabase(db => db.Set<ReceivedDocument>().ExecuteUpdateAsync(set => set.SetProperty(d => d.TakenUpAt, at)));
        await intake.InDatabase(db => db.Tasks.Where(t => t.ReferralId == sent.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.UpdatedAt, at)));
        await intake.InDatabase(db => db.Referrals.Where(r => r.Id == sent.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.UpdatedAt, at)));
        await intake.InDatabase(db => db.Documents.Where(d => d.ReferralId == sent.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.ReceivedAt, at)));
        return sent;
    }

    /// <summary>Each part that has rows, and how many; nothing when there is nothing.</summary>
    internal static async Task<string> Rows(this IntakeHost intake, Guid id) => string.Join(
        ", ", (await intake.InDatabase(db => IntakeRecord.Whole.Count(db, id, CancellationToken.None))).Select(p => $"{p.Part} {p.Rows}"));

    internal static Task<bool> CleanUp(this IntakeHost intake) =>
        intake.App.Services.GetRequiredService<CleanUp<IntakeDbContext>>().Run(CancellationToken.None);
}
