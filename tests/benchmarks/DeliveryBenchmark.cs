using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence.PostgreSql;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;

namespace VGIntegration.Benchmarks;

/// <summary>
/// How long the letters of 180 practices are under way, alone and beside 20 practices that hang or refuse: the real feedback on
/// PostgreSQL and RabbitMQ, the letters as signed advices in its table, the practices over HTTP in a process of their own.
/// </summary>
internal static class DeliveryBenchmark
{
    internal static readonly DateTimeOffset Day = new(2026, 12, 8, 9, 0, 0, TimeSpan.Zero);
    internal static readonly Guid MentalHealth = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000b001");
    internal static readonly Guid SocialDomain = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000b002");
    private static readonly HttpClient Http = new();

    internal static async Task<int> Run(bool isQuick)
    {
        var (pairs, each) = isQuick ? (3, 1) : (3, 50);
        var logs = Repository.Results("benchmark");
        var connection = await (await PostgreSqlServer.Shared).CreateDatabase();
        using var practices = await ServiceProcess.Start(Repository.Dll("tests/benchmarks"), logs, ["practices"]);
        using var feedback = await ServiceProcess.Start(
            Repository.Dll("services/feedback"), logs,
            [$"--data={Sandbox.Folder("feedback")}", "--Database:Provider=PostgreSql", $"--Database:ConnectionString={connection}",
            "--Messaging:Transport=RabbitMq", $"--Messaging:ConnectionString={await (await RabbitMqServer.Shared).CreateVirtualHost()}",
            $"--Authentication:Authority={practices.Address}", "--Authentication:ClientSecret=benchmark",
            $"--Services:ReferralIntake={practices.Address}", $"--Services:Planning={practices.Address}"]);
        var advices = await Sign(connection, each);

        await Measure(practices.Address, connection, [.. advices.Where(IsHealthy).Take(Practices.Healthy)]); // warm
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < pairs; pair++)
        {
            // Each goes first in turn, so that a machine that grows busier favours neither.
            if (pair % 2 == 0)
            {
                alone.Add(await Measure(practices.Address, connection, [.. advices.Where(IsHealthy)]));
            }

            beside.Add(await Measure(practices.Address, connection, advices));
            if (pair % 2 == 1)
            {
                alone.Add(await Measure(practices.Address, connection, [.. advices.Where(IsHealthy)]));
            }
        }

        Print(each, alone, beside);
        return 0;
    }

    private static bool IsHealthy(Advice advice) => Practices.Of(advice.ReferralId) < Practices.Healthy;

    private static async Task<List<Advice>> Sign(string connection, int each)
    {
        var advices = Enumerable.Range(0, each).SelectMany(n => Enumerable.Range(0, Practices.All).Select(p => Practices.Referral(p, n))).Select(Advised).ToList();
        await using var db = Open(connection);
        db.Advices.AddRange(advices);
        await db.SaveChangesAsync();
        return advices;
    }

    private static Advice Advised(Guid referralId)
    {
        var advice = Advice.Open(
            referralId, (Guid.NewGuid(), Day, Day.AddMinutes(75)), (new Author(MentalHealth, "ggz"), new Author(SocialDomain, "sociaal")), Day.AddHours(2));
        advice.Write(
            new AdviceText
            {
                Situation = "Ik slaap slecht sinds de scheiding en kom mijn huis bijna niet meer uit. Op het werk lukt het ook niet meer goed.",
                Strengths = "Mevrouw tuiniert graag en heeft een goede band met haar zus. De buurvrouw komt elke week koffie drinken.",
                Wishes = "Weer onder de mensen komen. Beter slapen. Geen medicijnen, in elk geval nu niet.",
                Self = "Elke dag een half uur naar buiten.",
                SocialDomain = "De tuingroep van het buurthuis, woensdag om 10.00 uur.",
                Agreements = "Özgür gaat de eerste keer mee naar de tuingroep. Noor belt over twee weken.",
            }, new(), SocialDomain, Day.AddHours(3));
        advice.Answer(new() { Opinion = Opinion.Agrees, SharesWithGp = true, AnsweredBy = "ggz" }, Day.AddHours(3));
        advice.Sign("ggz", Day.AddHours(4));
        advice.Sign("sociaal", Day.AddHours(5));
        return advice;
    }

    // From the first letter received to the last, of the practices that work.
    private static async Task<double> Measure(Uri practices, string connection, List<Advice> advices)
    {
        await using var db = Open(connection);
        var later = TimeProvider.System.GetUtcNow().AddDays(1);
        db.Deliveries.AddRange(advices.Select(a => Delivery.Of(a, 1, null, later)));
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
        await db.Database.ExecuteSqlRawAsync("""UPDATE "Deliveries" SET "WaitingSince" = now(), "NextAttemptAt" = now() - random() * interval '1 second' """);

        var expected = advices.Count(IsHealthy);
        await Eventually.Is(async () => (await Received(practices)).Letters == expected, TimeSpan.FromMinutes(30), $"{expected} letters");
        var took = (await Received(practices)).Milliseconds;

        await Settle(practices, db);
        return took;
    }

    // What hangs is let go, what waits is taken out, and the tables are empty for the next.
    private static async Task Settle(Uri practices, PostgreSqlFeedback db)
    {
        await Eventually.Is(async () =>
        {
            using var answer = await Http.PostAsync(new Uri(practices, "/let-go"), null);
            var now = TimeProvider.System.GetUtcNow();
            await db.Deliveries.Where(d => d.State == DeliveryState.Waiting && d.LeasedUntil <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAttemptAt, now.AddDays(1)));
            return !await db.Deliveries.AnyAsync(d => d.State == DeliveryState.Waiting && d.LeasedUntil > now) && !await db.Outbox.AnyAsync();
        }, TimeSpan.FromMinutes(5));
        await db.Database.ExecuteSqlRawAsync("""TRUNCATE "Deliveries", "DeliveryAttempts", "SentLetters" """);
        using var forgotten = await Http.PostAsync(new Uri(practices, "/forget"), null);
    }

    private static PostgreSqlFeedback Open(string connection) =>
        new(new DbContextOptionsBuilder<PostgreSqlFeedback>().UseNpgsql(connection, npgsql => npgsql.CommandTimeout(300)).Options);

    private static async Task<(int Letters, double Milliseconds)> Received(Uri practices)
    {
        var received = await Http.GetFromJsonAsync<Dictionary<string, double>>(new Uri(practices, "/received"));
        return ((int)received!["letters"], received["milliseconds"]);
    }

    private static void Print(int each, List<double> alone, List<double> beside)
    {
        string[][] table =
        [
            ["180 practices", "letters in all", "runs", "median s", "letters/s", "each run"],
            Row("alone", Practices.Healthy * each, each, alone),
            Row("beside 20 that hang or refuse", Practices.All * each, each, beside),
        ];
        var widths = table[0].Select((_, i) => table.Max(r => r[i].Length)).ToArray();
        foreach (var row in table)
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => i is 0 or 5 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }

        Console.WriteLine(FormattableString.Invariant($"ratio delivery {Median(alone.Zip(beside, (a, b) => a / b)):0.000}"));
    }

    private static string[] Row(string what, int letters, int each, List<double> times) =>
    [
        what, $"{letters}", $"{times.Count}", FormattableString.Invariant($"{Median(times) / 1000:0.00}"),
        FormattableString.Invariant($"{Practices.Healthy * each / (Median(times) / 1000):0}"),
        string.Join(' ', times.Select(t => FormattableString.Invariant($"{t / 1000:0.00}"))),
    ];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
