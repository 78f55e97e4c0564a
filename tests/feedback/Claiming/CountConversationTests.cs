using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Claiming;

namespace VGIntegration.Feedback.Tests.Claiming;

public sealed class CountConversationTests
{
    [Fact]
    public async Task A_conversation_held_is_one_line_for_the_insurer_and_one_for_the_municipality()
    {
        await using var feedback = await FeedbackHost.Start();
        var held = ClaimRegion.Held(new DateTimeOffset(2026, 11, 30, 23, 30, 0, TimeSpan.Zero));

        await feedback.Tell(held, Guid.NewGuid());

        var lines = await Lines(feedback);
        Assert.Equal([Payer.Insurer, Payer.Municipality], lines.Select(l => l.Payer));
        Assert.Equal(held.Professionals.Select(p => (p.ProfessionalId, p.OrganisationId, p.ProfessionCode)), lines.Select(l => (l.ProfessionalId, l.OrganisationId, l.ProfessionCode)));
        Assert.All(lines, l => Assert.Equal((new DateOnly(2026, 12, 1), 1, lines[0].ConversationNumber), (l.HeldOn, l.Count, l.ConversationNumber)));
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", lines[0].ConversationNumber);
    }

    [Fact]
    public async Task Told_again_or_told_otherwise_it_counts_once()
    {
        await using var feedback = await FeedbackHost.Start();
        var (held, id) = (ClaimRegion.Held(Examples.Day), Guid.NewGuid());

        await feedback.Tell(held, id);
        await feedback.Tell(held, id);
        await feedback.Tell(held, Guid.NewGuid());
        await feedback.Tell(held with { Professionals = [ClaimRegion.Nurse.Partner, held.Professionals[1]] }, Guid.NewGuid());

        Assert.Equal(held.Professionals.Select(p => p.ProfessionalId), (await Lines(feedback)).Select(l => l.ProfessionalId));
    }

    [Fact]
    public async Task Of_two_counts_at_the_same_moment_the_database_takes_one()
    {
        await using var feedback = await FeedbackHost.Start();
        var held = (ConversationId: Guid.NewGuid(), ReferralId: Guid.NewGuid(), new DateOnly(2026, 12, 1));
        var (one, other) = (new Performer(Guid.NewGuid(), null, null), new Performer(Guid.NewGuid(), null, null));
        Task Count() => feedback.InDatabase(db =>
        {
            db.ClaimLines.AddRange(ClaimLine.Of(held, one, other, feedback.Clock.GetUtcNow()));
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        await Count();
        await Assert.ThrowsAsync<DbUpdateException>(Count);

        Assert.Equal(2, (await Lines(feedback)).Count);
    }

    [Fact]
    public async Task A_message_from_before_the_organisation_was_told_is_counted_too()
    {
        await using var feedback = await FeedbackHost.Start(ClaimRegion.Tariffs);

        await feedback.AConversationHeld();

        var lines = await Judged(feedback, 2026, 12);
        Assert.Equal([Standing.ProfessionUnknown, Standing.OrganisationUnknown], lines.Select(l => l.Standing));
        Assert.Equal(2, lines.Sum(l => l.Line.Count));
    }

    [Fact]
    public async Task The_ledger_of_a_random_month_of_5000_journeys_is_what_was_held_for_each_organisation_exactly()
    {
        await using var feedback = await FeedbackHost.Start(ClaimRegion.Tariffs);
        var played = new PlayedMonth(seed: 20261130, journeys: 5_000);
        var start = Stopwatch.GetTimestamp();

        await Hear(feedback, played.Messages);
        await PutRight(feedback, played);

        foreach (var (year, month) in new[] { (2026, 10), (2026, 11), (2026, 12) })
        {
            var counted = (await Judged(feedback, year, month)).GroupBy(l => (l.Line.OrganisationId!.Value, l.Line.Payer))
                .ToDictionary(g => g.Key, g => ClaimTally.Of(g)).Where(t => t.Value.Count != 0).ToDictionary();
            Assert.Equal(Sorted(played.Count(year, month)), Sorted(counted.ToDictionary(c => c.Key, c => c.Value.Count)));
            Assert.All(counted.Values, t => Assert.Equal(t.Count, t.Claimed + t.Open + t.NotYet));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{played.Messages.Count} messages, {played.Held.Count} held, {played.NoShows} no-shows, {played.Moves} moves, "
            + $"{await feedback.InDatabase(db => db.ClaimLines.CountAsync(l => l.Kind != ClaimLineKind.Held))} lines of corrections, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        Assert.InRange(played.Held.Count, 3_000, 4_500);
    }

    private static async Task Hear(FeedbackHost feedback, List<(Guid Id, object Message)> messages)
    {
        foreach (var (id, message) in messages)
        {
            await (message is ConversationHeld held ? feedback.Tell(held, id) : feedback.Tell((ConversationRescheduled)message, id));
        }
    }

    private static async Task PutRight(FeedbackHost feedback, PlayedMonth played)
    {
        foreach (var (truth, payer, wish) in played.Corrections())
        {
            await using var scope = feedback.App.Services.CreateAsyncScope();
            var (ledger, db) = (scope.ServiceProvider.GetRequiredService<Ledger>(), scope.ServiceProvider.GetRequiredService<Persistence.FeedbackDbContext>());
            var ids = await db.ClaimLines.Where(l => l.ConversationId == truth.ConversationId && l.Payer == payer).Select(l => l.Id).ToListAsync();
            var open = new List<LedgerLine>();
            foreach (var id in ids)
            {
                open.AddRange(await ledger.Find(id, default) is { CanBeCorrected: true } line ? [line] : []);
            }

            Assert.Null(await scope.ServiceProvider.GetRequiredService<CorrectLine>().Record(Assert.Single(open), wish, "manager", default));
        }
    }

    private static IEnumerable<string> Sorted(Dictionary<(Guid, Payer), int> counts) =>
        counts.Select(c => $"{c.Key.Item1} {c.Key.Item2}: {c.Value}").Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<LedgerLine>> Judged(FeedbackHost feedback, int year, int month)
    {
        await using var scope = feedback.App.Services.CreateAsyncScope();
        var period = new ClaimPeriod(year, month);
        return await scope.ServiceProvider.GetRequiredService<Ledger>().Of(period.From, period.Until, TestContext.Current.CancellationToken);
    }

    private static Task<List<ClaimLine>> Lines(FeedbackHost feedback) =>
        feedback.InDatabase(db => db.ClaimLines.AsNoTracking().OrderBy(l => l.Payer).ToListAsync());
}
