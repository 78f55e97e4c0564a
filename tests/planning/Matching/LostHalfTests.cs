using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Keeping;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Scheduling;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Matching;

public sealed class LostHalfTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private static readonly int Instances = int.TryParse(Environment.GetEnvironmentVariable("VG_INSTANCES"), out var given) ? given / 20 : 0;

    [Fact]
    public async Task A_duo_that_loses_one_half_is_repaired_or_with_the_planner_with_the_reason() =>
        await Gen.Int[0, int.MaxValue].SampleAsync(async seed =>
        {
            var random = new Random(seed);
            await using var planning = await PlanningHost.Start();
            var referrals = new List<Guid>();
            for (var i = 0; i < 6; i++)
            {
                referrals.Add(await planning.AReferral());
                if (random.Next(2) == 0)
                {
                    await planning.Work(referrals[i], At.Book);
                }
            }

            var away = await Away(planning, random);
            planning.Clock.Advance(ProposeAgain.Interval);
            await Eventually.Is(async () => (await Lost(planning, away)).TrueForAll(l => l.IsExplained));
        }, iter: Math.Max(3, Instances), threads: 1);

    // One or two of those who have a conversation are away from today on.
    private static Task<HashSet<Guid>> Away(PlanningHost planning, Random random) => planning.Within(async services =>
    {
        var db = services.GetRequiredService<Persistence.PlanningDbContext>();
        var busy = (await db.Conversations.ToListAsync(Ct)).SelectMany(c => new[] { c.MentalHealthProfessionalId, c.SocialDomainProfessionalId }).Distinct().ToArray();
        var away = random.GetItems(busy, random.Next(1, 3)).ToHashSet();
        db.AddRange(away.Select(id => new Absence { Id = Guid.NewGuid(), ProfessionalId = id, From = new DateOnly(2026, 11, 23) }));
        await db.SaveChangesAsync(Ct);
        services.GetRequiredService<KnownRegion>().Forget();
        return away;
    });

    // Each conversation of who is away, and each referral without a moment: booked, it is on the planner's list; else it says which rule binds.
    private static Task<List<(Guid Referral, bool IsExplained)>> Lost(PlanningHost planning, HashSet<Guid> away) => planning.Within(async services =>
    {
        var db = services.GetRequiredService<Persistence.PlanningDbContext>();
        var listed = await services.GetRequiredService<DisturbedBookings>().Find(Ct);
        var conversations = await db.Conversations.AsNoTracking().ToListAsync(Ct);
        var journeys = await db.Journeys.AsNoTracking().ToListAsync(Ct);
        return journeys.ConvertAll(j => (j.ReferralId, conversations.Find(c => c.ReferralId == j.ReferralId) switch
        {
            null => j.Binding is not null,
            var c when !away.Any(c.IsOf) => true,
            { Status: ConversationStatus.Scheduled } c => listed.Any(d => d.ReferralId == c.ReferralId && d.Why.Any(w => w.EndsWith("is er die dag niet", StringComparison.Ordinal))),
            _ => false,
        }));
    });
}
