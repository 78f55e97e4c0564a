using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Requesting;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Receiving;

public sealed class StoreReferralsTests : IAsyncLifetime
{
    private readonly IntakeHost _intake = new();
    private Guid _practice;

    public async ValueTask InitializeAsync()
    {
        await _intake.InitializeAsync();
        _practice = await Practice(_intake);
    }

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    [Fact]
    public async Task A_referral_that_cannot_be_stored_leaves_its_neighbours_alone()
    {
        Task<StoringOutcome>[] outcomes;
        await using (await TheDatabaseBusy())
        {
            var first = Store("0"); // the writer is busy with it: the others wait, and go together
            outcomes = [first, Store("1", "id"), Store("2", "id"), Store("3")];
        }

        var settled = await Task.WhenAll(outcomes);
        Assert.Equal([StoringOutcome.Stored, StoringOutcome.Stored, StoringOutcome.Refused, StoringOutcome.Stored], settled);
        var stored = await Numbers();
        Assert.Equal(["0", "1", "3"], stored);
    }

    [Fact]
    public async Task Everything_of_a_referral_is_stored_or_nothing()
    {
        await Store("1", "id");

        await Store("2", "id");

        var rows = await _intake.InDatabase(async db => new[]
        {
            await db.Referrals.CountAsync(), await db.Tasks.CountAsync(), await db.Outbox.CountAsync(),
            await db.Audit.CountAsync(), await db.Set<SeenRequest>().CountAsync(),
        });
        Assert.Equal([1, 1, 1, 1, 1], rows);
    }

    [Fact]
    public async Task A_sender_that_goes_away_changes_nothing_for_the_others()
    {
        using var gone = new CancellationTokenSource();
        Task<StoringOutcome>[] outcomes;
        await using (await TheDatabaseBusy())
        {
            outcomes = [Store("0"), Store("1", ct: gone.Token), Store("2")];
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outcomes[1]);
        }

        Assert.Equal((StoringOutcome.Stored, StoringOutcome.Stored), (await outcomes[0], await outcomes[2]));
        var stored = await Numbers();
        Assert.Equal(["0", "1", "2"], stored);
    }

    [Fact]
    public async Task A_copy_of_what_is_still_being_processed_is_asked_to_come_again()
    {
        var bundle = ReferralMessage.Bundle("slow");
        using var gp = _intake.GpSystem();
        await gp.GetAsync(new Uri("/fhir/Task", UriKind.Relative), TestContext.Current.CancellationToken);
        await using var busy = await TheDatabaseBusy();
        _ = Store("slow", system: "http://his.example/verwijzing");

        var copy = gp.PostFhir("/fhir", bundle);
        await TimePasses(copy);

        Assert.Equal(425, (int)(await copy).StatusCode);
        Assert.Equal("1", (await copy).Headers.GetValues("Retry-After").Single());
        Assert.Equal(["error transient "], await (await copy).Issues());
    }

    [Fact]
    public async Task A_database_that_hangs_is_told_within_five_seconds_and_a_full_line_at_once()
    {
        using var gp = _intake.GpSystem();
        await gp.GetAsync(new Uri("/fhir/Task", UriKind.Relative), TestContext.Current.CancellationToken);
        await using var busy = await TheDatabaseBusy();
        var start = _intake.Clock.GetUtcNow();

        var answer = gp.PostFhir("/fhir", ReferralMessage.Bundle("hangs"));
        await TimePasses(answer);
        var line = Enumerable.Range(0, 1_200).Select(i => Store($"{i}")).ToList();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), ((await answer).StatusCode, (await answer).Headers.GetValues("Retry-After").Single()));
        Assert.InRange(_intake.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Assert.Contains(line, one => one is { IsCompletedSuccessfully: true, Result: StoringOutcome.Unavailable });
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_and_leaves_nothing_half()
    {
        var server = await PostgreSqlServer.StartNew();
        await using var intake = new IntakeHost
        {
            Settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={await server.CreateDatabase()}"],
        };
        await intake.InitializeAsync();
        using var gp = intake.GpSystem();
        var statuses = new List<HttpResponseMessage> { await gp.PostFhir("/fhir", ReferralMessage.Bundle("before")) };

        server.Kill9();
        statuses.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gp.PostFhir("/fhir", ReferralMessage.Bundle("during")))));
        await server.Restart();
        statuses.Add(await gp.PostFhir("/fhir", ReferralMessage.Bundle("during")));

        Assert.Equal([201, .. Enumerable.Repeat(503, 20), 201], statuses.Select(a => (int)a.StatusCode));
        Assert.All(statuses[1..21], a => Assert.Equal("5", a.Headers.GetValues("Retry-After").Single()));
        Assert.Equal((2, 2), await intake.InDatabase(async db => (await db.Referrals.CountAsync(), await db.Tasks.CountAsync())));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task What_was_erased_does_not_come_back_and_leaves_its_neighbours_alone(string provider)
    {
        await using var intake = new IntakeHost
        {
            Settings = provider is "PostgreSql" ? ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={await (await PostgreSqlServer.Shared).CreateDatabase()}"] : [],
        };
        await intake.InitializeAsync();
        var practice = await Practice(intake);
        await intake.InDatabase(db =>
        {
            db.Add(Erasure.Of(Guid.NewGuid(), Erasure.HashOf(practice, "test", "gone"), ErasureReason.AskedByResident, "test", 1, intake.Clock.GetUtcNow()));
            return db.SaveChangesAsync();
        });

        var outcomes = await Task.WhenAll(new[] { "1", "gone", "2" }.Select(number => Store(intake, practice, number)));

        Assert.Equal([StoringOutcome.Stored, StoringOutcome.Refused, StoringOutcome.Stored], outcomes);
        var rows = await intake.InDatabase(async db => new[] { await db.Referrals.CountAsync(), await db.Tasks.CountAsync(), await db.Outbox.CountAsync(), await db.Audit.CountAsync() });
        Assert.Equal([2, 2, 2, 2], rows);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task What_comes_again_while_it_is_erased_does_not_come_back(string provider)
    {
        await using var intake = new IntakeHost
        {
            Settings = provider is "PostgreSql" ? ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={await (await PostgreSqlServer.Shared).CreateDatabase()}"] : [],
        };
        await intake.InitializeAsync();
        var practice = await Practice(intake);
        await Store(intake, practice, "gone");

        var again = await intake.InDatabase(async db =>
        {
            await using var erasing = await db.Database.BeginTransactionAsync();
            await db.Tasks.ExecuteDeleteAsync();
            await db.Referrals.ExecuteDeleteAsync();
            db.Add(Erasure.Of(Guid.NewGuid(), Erasure.HashOf(practice, "test", "gone"), ErasureReason.AskedByResident, "test", 1, intake.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
            var sentAgain = Store(intake, practice, "gone");
            await Task.WhenAny(sentAgain, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System)); // it waits for this transaction
            Assert.False(sentAgain.IsCompleted);
            await erasing.CommitAsync();
            return await sentAgain;
        });

        Assert.Equal(StoringOutcome.Refused, again);
        Assert.Equal(0, await intake.InDatabase(db => db.Referrals.CountAsync()));
    }

    private Task<StoringOutcome> Store(
        string number, string? requestId = null, string system = "test", CancellationToken ct = default) =>
        Store(_intake, _practice, number, requestId, system, ct);

    private static Task<StoringOutcome> Store(
        IntakeHost intake, Guid practice, string number, string? requestId = null, string system = "test", CancellationToken ct = default) =>
        intake.App.Services.GetRequiredService<StoreReferrals>().Store(
            Arrival.Of(
                practice,
                new(system, number, "routine", null, [], null, "De Brug", new() { Name = "Tess", BirthDate = new(1980, 5, 17) }, "{}", number),
                requestId, "test", intake.Clock.GetUtcNow()),
            ct);

    private static Task<Guid> Practice(IntakeHost intake) =>
        intake.InDatabase(db => db.Practices.Where(p => p.ClientId == IntakeHost.Bridge).Select(p => p.Id).SingleAsync());

    private Task<List<string>> Numbers() => _intake.InDatabase(db => db.Referrals.Select(r => r.SourceValue).OrderBy(v => v).ToListAsync());

    private Task TimePasses(Task until) => Eventually.Is(() =>
    {
        if (!until.IsCompleted)
        {
            _intake.Clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        return until.IsCompleted;
    });

    /// <summary>Somebody else is writing, until it is disposed.</summary>
    private async Task<IAsyncDisposable> TheDatabaseBusy()
    {
        var connection = new SqliteConnection(await _intake.InDatabase(db => Task.FromResult($"{db.Database.GetConnectionString()};Pooling=false")));
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }
}
