using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Repairing;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Tests.Matching;

namespace VGIntegration.Planning.Tests.Scheduling;

/// <summary>
/// Two planners at once book, move, replace and withdraw at random in a random region; what stands in the database at the end is
/// looked at by the judge of matching. VG_INSTANCES says how many regions; without it a short campaign.
/// </summary>
public sealed class BookingPropertyTests
{
    private static readonly int Instances = int.TryParse(Environment.GetEnvironmentVariable("VG_INSTANCES"), out var given) ? given / 20 : 0;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_booking_ever_breaks_a_hard_rule()
    {
        var booked = 0;
        await Gen.Int[0, 1_000_000].Where(seed => new RandomRegion(seed) is var r && Choice(r) > 8).SampleAsync(async seed =>
        {
            var (region, random) = (new RandomRegion(seed), new Random(seed));
            await using var planning = await PlanningHost.Start("--Planning:UndoSeconds=0", $"--Matching:HorizonWeeks={RandomRegion.Weeks}");
            await Fill(planning, region);
            var referrals = new List<Guid>();
            for (var i = 0; i < 6; i++)
            {
                referrals.Add(await planning.AReferral(region.Wishes.PostcodeDigits, region.Wishes.Language));
                await planning.Work(referrals[i], (s, journey, _, by) => s.GetRequiredService<WorkOnReferral>().Wish(journey, journey.Revision, region.Wishes.Said, by, Ct));
            }

            for (var step = 0; step < 15; step++)
            {
                var two = random.GetItems(referrals.ToArray(), 2);
                var (one, other) = (random.Next(8), random.Next(8));
                await Task.WhenAll(Task.Run(() => Does(planning, two[0], one)), Task.Run(() => Does(planning, two[1], other)));
            }

            booked += await Judged(planning, region);
        }, iter: Math.Max(4, Instances), threads: 1);

        Assert.True(booked > 8, $"{booked} bookings say little");
    }

    private static int Choice(RandomRegion region)
    {
        region.Taken.Clear();
        return region.Matcher.Rank(region.Wishes, RandomRegion.Now, RandomRegion.Weeks, 20).Count;
    }

    private static async Task Does(PlanningHost planning, Guid referral, int what) => await planning.Work(referral, async (services, journey, conversation, by) =>
    {
        try
        {
            return (what, conversation) switch
            {
                (0, _) => await At.Withdraw(services, journey, conversation, by),
                (1, { Status: ConversationStatus.Scheduled }) => await At.Replace(services, journey, conversation, by),
                (_, { Status: ConversationStatus.Scheduled }) => await At.Move(services, journey, conversation, by),
                _ => await At.Book(services, journey, conversation, by),
            };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException) // nobody, or no moment, to choose from
        {
            return e.Message;
        }
    });

    private static async Task<int> Judged(PlanningHost planning, RandomRegion region)
    {
        var all = await planning.InDatabase(db => db.Conversations.AsNoTracking().Where(c => c.Status == ConversationStatus.Scheduled).ToListAsync(Ct));
        foreach (var c in all)
        {
            region.Taken.Clear();
            region.Taken.AddRange(all.Where(o => o.Id != c.Id).Select(o => new Taken(o.MentalHealthProfessionalId, o.SocialDomainProfessionalId, o.LocationId, o.StartsAt)));
            Assert.Null(new Judge(region).BrokenBesideMoments(
                new Candidate(c.DuoId, c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt, c.EndsAt, 0, [])));
            Assert.Equal(TimeSpan.FromMinutes(90), c.EndsAt - c.StartsAt);
        }

        return all.Count;
    }

    private static Task<int> Fill(PlanningHost planning, RandomRegion region) => planning.Within(async services =>
    {
        var db = services.GetRequiredService<PlanningDbContext>();
        await Instead(db, region.Organisations);
        await Instead(db, region.Agreements);
        await Instead(db, region.Roles);
        await Instead(db, region.Professionals);
        await Instead(db, region.Locations);
        await Instead(db, region.Duos);
        await Instead(db, region.Moments);
        await Instead(db, region.Absences);
        await Instead(db, region.Pauses);
        await Instead(db, region.Holidays);
        await Instead(db, [new PostcodeArea { Digits = "1182", Latitude = 52.31, Longitude = 4.86 }]);
        var saved = await db.SaveChangesAsync(Ct);
        services.GetRequiredService<KnownRegion>().Forget();
        return saved;
    });

    private static async Task Instead<T>(PlanningDbContext db, List<T> rows)
        where T : class
    {
        await db.Set<T>().ExecuteDeleteAsync(Ct);
        db.AddRange(rows);
    }
}
