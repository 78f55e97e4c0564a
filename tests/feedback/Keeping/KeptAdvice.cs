using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Feedback.Keeping;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Researching;
using VGIntegration.Feedback.Returning;
using VGIntegration.Keeping;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Keeping;

/// <summary>An advice of long ago that is with the huisarts, and what hangs on it.</summary>
internal static class KeptAdvice
{
    internal static async Task<Guid> OfLongAgo(this FeedbackHost feedback, PracticeStub practice, TimeSpan age)
    {
        var id = await feedback.ASignedAdvice(practice.FhirBase);
        await feedback.Arrives(id, TimeSpan.FromSeconds(1));
        await feedback.InDatabase(async db =>
        {
            db.Research.Add(ResearchParticipation.Ask(await db.Advices.SingleAsync(a => a.ReferralId == id), true, "ggz", feedback.Clock.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
        var at = feedback.Clock.GetUtcNow() - age;
        await feedback.InDatabase(db => db.Deliveries.Where(d => d.ReferralId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.WaitingSince, at).SetProperty(d => d.DeliveredAt, at)));
        await feedback.InDatabase(db => db.Research.Where(r => r.ReferralId == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.AskedAt, at)));
        return id;
    }

    /// <summary>A parcel that went long ago.</summary>
    internal static async Task<Guid> SentLongAgo(this FeedbackHost feedback, Func<DateTimeOffset, Delivery> make, DeliveryState state, TimeSpan age)
    {
        var parcel = make(feedback.Clock.GetUtcNow().AddYears(9)); // nobody sends it in between
        var at = feedback.Clock.GetUtcNow() - age;
        await feedback.InDatabase(async db =>
        {
            db.Deliveries.Add(parcel);
            return await db.SaveChangesAsync();
        });
        await feedback.InDatabase(db => db.Deliveries.Where(d => d.Id == parcel.Id).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.State, state).SetProperty(d => d.WaitingSince, at).SetProperty(d => d.DeliveredAt, at)));
        return parcel.Id;
    }

    internal static async Task<int> Rows(this FeedbackHost feedback, Guid id) =>
        (await feedback.InDatabase(db => FeedbackRecord.Whole.Count(db, id, CancellationToken.None))).Sum(p => p.Rows);

    internal static Task<bool> CleanUp(this FeedbackHost feedback) =>
        feedback.App.Services.GetRequiredService<CleanUp<FeedbackDbContext>>().Run(CancellationToken.None);
}
