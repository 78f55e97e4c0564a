using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VGIntegration.Surroundings;

namespace VGIntegration.Keeping.Tests;

internal sealed class Thing
{
    public Guid Id { get; init; } = Guid.NewGuid();
    public long MadeOn { get; init; }
}

internal sealed class Things(DbContextOptions<Things> options) : DbContext(options)
{
    public DbSet<Thing> All => Set<Thing>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Thing>();
        modelBuilder.ApplyConfiguration(new CleanUpRunMapping());
    }
}

public sealed class CleanUpTests : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string _file = Path.Combine(Sandbox.Folder("keeping"), "things.db");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 30, 2, 30, 0, TimeSpan.Zero));
    private ServiceProvider _services = null!;
    private bool _isBroken;

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection().AddDbContext<Things>(o => o.UseSqlite($"Data Source={_file}")).BuildServiceProvider();
        await In(db => db.Database.EnsureCreatedAsync(Ct));
        await In(async db =>
        {
            db.AddRange(Enumerable.Range(0, 2_500).Select(_ => new Thing { MadeOn = DayOf(-31) }).Append(new Thing { MadeOn = DayOf(-29) }));
            return await db.SaveChangesAsync(Ct);
        });
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task What_is_old_goes_in_batches_and_the_report_counts_it()
    {
        Assert.True(await CleanUp().Run(Ct));

        Assert.Equal(1, await In(db => db.All.CountAsync(Ct)));
        var report = await Report("Things");
        Assert.Equal((2_500, true, (string?)null), (report.Removed, report.IsDone, report.Failure));
        Assert.Equal(_clock.GetUtcNow().AddDays(-30), report.UpTo);
    }

    [Fact]
    public async Task Two_instances_at_once_and_once_more_count_it_once()
    {
        await Task.WhenAll(CleanUp().Run(Ct), CleanUp().Run(Ct));
        await CleanUp().Run(Ct);

        Assert.Equal(1, await In(db => db.All.CountAsync(Ct)));
        Assert.Equal(2_500, (await Report("Things")).Removed);
    }

    [Fact]
    public async Task A_kind_that_fails_is_in_the_report_does_not_hinder_the_next_and_is_tried_again()
    {
        _isBroken = true;

        var first = await CleanUp().Run(Ct);
        var failed = await Report("Broken");
        _isBroken = false;
        _clock.Advance(TimeSpan.FromMinutes(15));
        var second = await CleanUp().Run(Ct);

        Assert.Equal((false, true), (first, second));
        Assert.Equal((false, nameof(TimeoutException)), (failed.IsDone, failed.Failure));
        Assert.True((await Report("Broken")).IsDone);
        Assert.Equal(2_500, (await Report("Things")).Removed);
    }

    [Fact]
    public async Task What_an_instance_left_half_when_it_died_is_taken_up_after_two_hours()
    {
        await In(async db =>
        {
            db.Add(CleanUpRun.Begin(Night.Of(_clock.GetUtcNow()), "Things", new Old(_clock.GetUtcNow().AddDays(-30), _clock.GetUtcNow())));
            return await db.SaveChangesAsync(Ct);
        });

        await CleanUp().Run(Ct);
        var before = await In(db => db.All.CountAsync(Ct));
        _clock.Advance(TimeSpan.FromMinutes(121));
        await CleanUp().Run(Ct);

        Assert.Equal((2_501, 1), (before, await In(db => db.All.CountAsync(Ct))));
    }

    [Fact]
    public async Task A_database_that_is_away_is_no_end_of_the_service()
    {
        var nowhere = new ServiceCollection().AddDbContext<Things>(o => o.UseSqlite("Data Source=/nowhere/at/all.db")).BuildServiceProvider();
        var nightly = new NightlyCleanUp<Things>(CleanUp(nowhere), _clock, NullLogger<NightlyCleanUp<Things>>.Instance);

        await nightly.StartAsync(Ct);
        _clock.Advance(TimeSpan.FromDays(1));
        _clock.Advance(TimeSpan.FromMinutes(15));

        Assert.False(nightly.ExecuteTask!.IsCompleted);
        await nightly.StopAsync(Ct);
        await nowhere.DisposeAsync();
    }

    private long DayOf(int days) => _clock.GetUtcNow().AddDays(days).UtcTicks;

    private CleanUp<Things> CleanUp(ServiceProvider? services = null) => new(
        (services ?? _services).GetRequiredService<IServiceScopeFactory>(), new KeptKinds<Things>(
        [
            new("Broken", "", Period.Days(1), Period.Days(1), "", "", (_, _, _) => _isBroken ? throw new TimeoutException() : Task.FromResult(0)),
            new("Things", "", Period.Days(30), Period.Days(1), "", "", Removal.Rows<Things, Thing>((db, before) => db.All.Where(t => t.MadeOn < before.UtcTicks).OrderBy(t => t.MadeOn))),
        ], []), _clock, NullLogger<CleanUp<Things>>.Instance);

    private Task<CleanUpRun> Report(string kind) => In(db => db.Set<CleanUpRun>().AsNoTracking().SingleAsync(r => r.Kind == kind, Ct));

    private async Task<T> In<T>(Func<Things, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Things>());
    }
}
