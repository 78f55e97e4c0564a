using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace VGIntegration.Architecture.Tests;

/// <summary>
/// No SQL Server runs on these machines. The migration scripts are held against Microsoft's own parser and schema model:
/// that proves syntax and a consistent schema, not behaviour. With VG_SQLSERVER set, the migrations run for real.
/// </summary>
public sealed class SqlServerTests
{
    public static TheoryData<string> Contexts => new(Code.Contexts("SqlServer").Select(c => c.FullName!));

    private static ServiceContext Open(string context) => new(Code.Contexts("SqlServer").Single(c => c.FullName == context));

    [Theory]
    [MemberData(nameof(Contexts))]
    public void The_migration_script_is_T_SQL(string context)
    {
        using var db = Open(context);
        var script = db.Script(MigrationsSqlGenerationOptions.Idempotent);

        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);

        Assert.Contains("CREATE TABLE [Outbox]", script, StringComparison.Ordinal);
        Assert.Empty(errors.Select(e => $"line {e.Line}: {e.Message}"));
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void The_migration_script_makes_a_consistent_schema(string context)
    {
        using var db = Open(context);
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());

        foreach (var batch in db.Script(MigrationsSqlGenerationOptions.NoTransactions).Split("GO\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(b => !b.Contains("__EFMigrationsHistory", StringComparison.Ordinal)))
        {
            model.AddObjects(batch);
        }

        Assert.Empty(model.Validate().Where(m => m.MessageType is DacMessageType.Error).Select(m => m.Message));
        Assert.NotEmpty(model.GetObjects(DacQueryScopes.UserDefined, ModelSchema.Table));
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task The_migrations_run_on_a_real_server(string context)
    {
        var server = Environment.GetEnvironmentVariable("VG_SQLSERVER");
        Assert.SkipWhen(server is null, "VG_SQLSERVER is not set: there is no SQL Server to run the migrations on.");
        var name = $"vg_{Guid.NewGuid():N}";
        using var db = new ServiceContext(Code.Contexts("SqlServer").Single(c => c.FullName == context));
        db.Context.Database.SetConnectionString($"{server};Database={name}");

        await db.Context.Database.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await db.Context.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        await db.Context.Database.EnsureDeletedAsync(TestContext.Current.CancellationToken);
    }

    private sealed class ServiceContext(Type type) : IDisposable
    {
        internal DbContext Context { get; } = Code.Open(type);

        internal string Script(MigrationsSqlGenerationOptions options) => Context.GetService<IMigrator>()
            .GenerateScript(options: options).Replace("\r\n", "\n", StringComparison.Ordinal);

        public void Dispose() => Context.Dispose();
    }
}
