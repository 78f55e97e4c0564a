using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Limiting;

/// <summary>A database that hangs: an answer within five seconds, and nothing half.</summary>
public sealed class TimeLimitTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5.5); // five, and this machine's own delay

    [Fact]
    public async Task When_the_database_hangs_every_answer_comes_within_seconds_and_nothing_is_half_stored()
    {
        var postgres = await PostgreSqlServer.StartNew();
        await using var intake = await AnIntake(await postgres.CreateDatabase());
        using var gp = intake.GpSystem();
        var first = await gp.PostFhir("/fhir", ReferralMessage.Bundle("H1"));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => gp.GetAsync(At("/fhir/Task")))); // many connections, all to hang
        await postgres.Freeze();
        intake.Clock.Advance(TimeSpan.FromSeconds(3)); // what is known of the practice is no longer fresh

        var crowd = Enumerable.Range(0, 200).Select(_ => Timed(() => gp.GetAsync(At("/fhir/Task")))).ToList();
        var (asked, posted, stranger) = (Timed(() => gp.GetAsync(At("/fhir/Task"))), Timed(() => gp.PostFhir("/fhir", ReferralMessage.Bundle("H2"))),
            Timed(() => gp.GetAsync(At("/internal/referrals/0b7f7f0e-0000-4000-8000-000000000000/contact"))));
        var (metadata, live, ready) = (Timed(() => gp.GetAsync(At("/fhir/metadata"))), Timed(() => gp.GetAsync(At("/health/live"))),
            Timed(() => gp.GetAsync(At("/health/ready"))));
        await Task.WhenAll([asked, posted, stranger, metadata, live, ready, .. crowd]);
        await postgres.Thaw();

        foreach (var (answer, took) in crowd.Select(c => c.GetAwaiter().GetResult()).Append(await asked).Append(await posted))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "error transient "), (answer.StatusCode, (await answer.Issues()).Single()));
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.InRange(took, TimeSpan.Zero, Longest);
        }

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await metadata).Answer.StatusCode, (await live).Answer.StatusCode));
        Assert.InRange((await metadata).Took + (await live).Took, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ready).Answer.StatusCode);
        Assert.InRange((await ready).Took, TimeSpan.Zero, Longest);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await Eventually.Is(async () => (await gp.PostFhir("/fhir", ReferralMessage.Bundle("H2"))).IsSuccessStatusCode);
        Assert.Equal((2, 2), await intake.InDatabase(async db => (await db.Referrals.CountAsync(), await db.Tasks.CountAsync())));
    }

    [Fact]
    public async Task A_table_that_is_locked_costs_its_readers_their_answer_and_nobody_else()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        await using var intake = await AnIntake(database, "--Limiting:Seconds=1");
        using var gp = intake.GpSystem();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => gp.GetAsync(At("/fhir/Task"))));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var locked = new NpgsqlCommand("LOCK TABLE \"Tasks\" IN ACCESS EXCLUSIVE MODE", connection, transaction);
        await locked.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var waiting = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Timed(() => gp.GetAsync(At("/fhir/Task")))));
        var (other, _) = await Timed(() => gp.GetAsync(At($"/fhir/ServiceRequest/{Guid.NewGuid()}")));

        Assert.All(waiting, w => Assert.Equal(HttpStatusCode.ServiceUnavailable, w.Answer.StatusCode));
        Assert.InRange(waiting.Max(w => w.Took), TimeSpan.Zero, Longest);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, (await gp.GetAsync(At("/fhir/Task"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Beyond_the_number_at_once_the_answer_is_to_come_back_later()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        await using var intake = await AnIntake(database, "--Limiting:AtOnce=10", "--Limiting:Seconds=2");
        using var gp = intake.GpSystem();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => gp.GetAsync(At("/fhir/Task"))));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var locked = new NpgsqlCommand("LOCK TABLE \"Tasks\" IN ACCESS EXCLUSIVE MODE", connection, transaction);
        await locked.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Timed(() => gp.GetAsync(At("/fhir/Task")))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.ServiceUnavailable, a.Answer.StatusCode));
        Assert.InRange(answers.Count(a => a.Took < TimeSpan.FromSeconds(1.5)), 20, 30);
    }

    [Fact]
    public async Task A_slow_line_is_no_reason_to_refuse()
    {
        await using var intake = new IntakeHost { Settings = ["--Limiting:Seconds=3"] };
        await intake.InitializeAsync();
        using var gp = intake.GpSystem();
        using var content = new InTwoPieces(ReferralMessage.Bundle("S1").ToJsonString(), TimeSpan.FromSeconds(4));

        var answer = await gp.PostAsync(At("/fhir"), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task<IntakeHost> AnIntake(string database, params string[] more)
    {
        var intake = new IntakeHost { Settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}", "--Limiting:Seconds=5", .. more] };
        await intake.InitializeAsync();
        return intake;
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static async Task<(HttpResponseMessage Answer, TimeSpan Took)> Timed(Func<Task<HttpResponseMessage>> ask)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await ask();
        return (answer, Stopwatch.GetElapsedTime(start));
    }

    private sealed class InTwoPieces : HttpContent
    {
        private readonly byte[] _whole;
        private readonly TimeSpan _between;

        internal InTwoPieces(string text, TimeSpan between)
        {
            (_whole, _between) = (System.Text.Encoding.UTF8.GetBytes(text), between);
            Headers.ContentType = new("application/fhir+json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_whole.AsMemory(0, 1000));
            await stream.FlushAsync();
            await Task.Delay(_between, TimeProvider.System);
            await stream.WriteAsync(_whole.AsMemory(1000));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _whole.Length;
            return true;
        }
    }
}
