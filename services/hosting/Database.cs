using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Hosting;

/// <summary>The database of a service: one model, three kinds of database.</summary>
public static class Database
{
    /// <summary>
    /// Adds the DbContext on the database of the settings Database:Provider (Sqlite, SqlServer or PostgreSql) and
    /// Database:ConnectionString, and brings its tables up to date before the service takes its first request.
    /// </summary>
    /// <exception cref="SettingException">The provider is unknown, or the connection string is missing.</exception>
    public static void AddDatabase<TContext, TSqlite, TSqlServer, TPostgreSql>(this WebApplicationBuilder builder)
        where TContext : ServiceDbContext
        where TSqlite : TContext
        where TSqlServer : TContext
        where TPostgreSql : TContext
    {
        var services = builder.Services;
        services.AddSingleton<OutboxQueue>();
        if (EF.IsDesignTime)
        {
            services.AddDbContext<TSqlite>(o => o.UseSqlite("Data Source=design.db"));
            services.AddDbContext<TSqlServer>(o => o.UseSqlServer("Server=design"));
            services.AddDbContext<TPostgreSql>(o => o.UseNpgsql("Host=design"));
            services.AddScoped<TContext>(s => s.GetRequiredService<TSqlite>());
            return;
        }

        switch (builder.Configuration["Database:Provider"] ?? "Sqlite")
        {
            case "Sqlite":
                var file = SqliteFile(builder);
                services.AddDbContextPool<TContext, TSqlite>((s, o) => Observe(s, o.UseSqlite(file)).AddInterceptors(DurableSqlite.Instance));
                break;
            case "SqlServer":
                var server = ConnectionString<SqlConnectionStringBuilder>(builder.Configuration);
                services.AddDbContextPool<TContext, TSqlServer>((s, o) => Observe(s, o.UseSqlServer(server)));
                break;
            case "PostgreSql":
                var postgres = Tuned(ConnectionString<NpgsqlConnectionStringBuilder>(builder.Configuration));
                services.AddDbContextPool<TContext, TPostgreSql>((s, o) => Observe(s, o.UseNpgsql(postgres)));
                break;
            case var other:
                throw new SettingException($"Database:Provider is '{other}'. Use Sqlite, SqlServer or PostgreSql.");
        }

        services.AddDataProtection().SetApplicationName(builder.ServiceName()).PersistKeysToDbContext<TContext>();
        services.AddHostedService<UpToDate<TContext>>();
        services.AddHealthChecks().AddDbContextCheck<TContext>("database", tags: ["ready"]);
        services.PostConfigure<HealthCheckServiceOptions>(health => // a database that hangs is told too
            health.Registrations.Where(check => check.Timeout <= TimeSpan.Zero).ToList().ForEach(check => check.Timeout = TimeSpan.FromSeconds(3)));
    }

    /// <summary>
    /// Work on the database at the start of a service, in a scope of its own. While the database is not there, or too slow, it is
    /// done again each second, for a minute: it must be safe to do again.
    /// </summary>
    /// <exception cref="DbException">The database did not come, or never took it; also inside other exceptions.</exception>
    public static async Task AtStart(this IServiceScopeFactory scopes, Func<IServiceProvider, Task> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await work(scope.ServiceProvider);
                return;
            }
            catch (Exception e) when (attempt < 60 && CauseOf(e) is { } failure)
            {
                scope.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Database))
                    .LogWarning("The database is not ready ({Failure}); next attempt in a second", failure.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), scope.ServiceProvider.GetRequiredService<TimeProvider>(), ct);
            }
        }
    }

    // EF Core wraps what may pass, and a save wraps it twice.
    private static DbException? CauseOf(Exception? failure) => failure is null ? null : failure as DbException ?? CauseOf(failure.InnerException);

    /// <summary>Whether the database is well and will not have these values: a key that is taken, a value that cannot be stored.</summary>
    public static bool IsRefusal(this Exception failure) => CauseOf(failure) switch
    {
        PostgresException e => e.SqlState is ['2', '2' or '3', ..], // PostgreSQL appendix A: data exception, integrity constraint
        SqliteException e => e.SqliteErrorCode is 18 or 19 or 20, // SQLITE_TOOBIG, _CONSTRAINT, _MISMATCH
        SqlException e => e.Number is 515 or 547 or 2601 or 2627 or 2628 or 8152,
        _ => false,
    };

    /// <summary>Two waited for each other, and the database let the other one go on.</summary>
    public static bool IsDeadlock(this Exception failure) => CauseOf(failure) switch
    {
        PostgresException e => e.SqlState == PostgresErrorCodes.DeadlockDetected,
        SqlException e => e.Number is 1205,
        _ => false,
    };

    private static DbContextOptionsBuilder Observe(IServiceProvider services, DbContextOptionsBuilder options) => options
        .AddInterceptors(services.GetRequiredService<OutboxQueue>())
        .ConfigureWarnings(w => w
            .Ignore(RelationalEventId.MultipleCollectionIncludeWarning)
            // A unique index that refuses is no fault; a failed save is thrown, and whoever catches it tells.
            .Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug)));

    private static string ConnectionString<TBuilder>(ConfigurationManager settings)
        where TBuilder : DbConnectionStringBuilder, new() =>
        settings["Database:ConnectionString"] is { Length: > 0 } given
            ? Parse<TBuilder>(given).ConnectionString
            : throw new SettingException($"Database:Provider is {settings["Database:Provider"]}, so Database:ConnectionString must be set.");

    // Commands that come back are planned once per connection. A server that hangs answers neither a new connection nor a
    // cancellation: who waits for it is told soon. What the connection string says itself, stays.
    private static string Tuned(string given)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = given };
        var postgres = new NpgsqlConnectionStringBuilder(given);
        postgres.MaxAutoPrepare = said.ContainsKey("Max Auto Prepare") ? postgres.MaxAutoPrepare : 100;
        postgres.Timeout = said.ContainsKey("Timeout") ? postgres.Timeout : 2;
        postgres.CancellationTimeout = said.ContainsKey("Cancellation Timeout") ? postgres.CancellationTimeout : 500;
        postgres.ReadBufferSize = said.ContainsKey("Read Buffer Size") ? postgres.ReadBufferSize : 65_536; // a list of bookings in few pieces
        return postgres.ConnectionString;
    }

    private static TBuilder Parse<TBuilder>(string connection)
        where TBuilder : DbConnectionStringBuilder, new()
    {
        try
        {
            return new TBuilder { ConnectionString = connection };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new SettingException("Database:ConnectionString is not a connection string of the Database:Provider."); // it may hold a password
        }
    }

    private static string SqliteFile(WebApplicationBuilder builder)
    {
        var folder = Path.GetFullPath(builder.Configuration["data"] ?? "data");
        var connection = builder.Configuration["Database:ConnectionString"]
            ?? $"Data Source={Path.Combine(folder, $"{builder.ServiceName()}.db")}";
        var path = Parse<SqliteConnectionStringBuilder>(connection).DataSource;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent && !EF.IsDesignTime)
        {
            Directory.CreateDirectory(parent);
        }

        return connection;
    }

    /// <summary>Every commit reaches the disk, and readers do not stop the writer.</summary>
    private sealed class DurableSqlite : DbConnectionInterceptor
    {
        internal static readonly DurableSqlite Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            Set(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000;";
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Migrates, and waits for a database that is not there yet.</summary>
    private sealed class UpToDate<TContext>(IServiceScopeFactory scopes) : IHostedLifecycleService
        where TContext : ServiceDbContext
    {
        public Task StartingAsync(CancellationToken cancellationToken) => scopes.AtStart(
            async services =>
            {
                var db = services.GetRequiredService<TContext>();
                if (db.Database.IsSqlite())
                {
                    await AloneAgain(db, cancellationToken);
                }

                await db.Database.MigrateAsync(cancellationToken);
                await db.Complete(cancellationToken);
            },
            cancellationToken);

        // A process killed during a migration leaves its lock, and one killed at work leaves its leases. A SQLite file has
        // one process, and that is this one.
        private static async Task AloneAgain(TContext db, CancellationToken ct)
        {
            foreach (var (table, release) in new[]
            {
                ("__EFMigrationsLock", "DELETE FROM __EFMigrationsLock"),
                ("Outbox", "UPDATE Outbox SET LeasedUntil = 0"),
            })
            {
                var exists = await db.Database
                    .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = {table}").SingleAsync(ct);
                if (exists > 0)
                {
                    await db.Database.ExecuteSqlRawAsync(release, ct);
                }
            }
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
