using Microsoft.EntityFrameworkCore;
using Npgsql;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Persistence;

internal sealed class PostgreSqlIntake(DbContextOptions<PostgreSqlIntake> options) : IntakeDbContext(options)
{
    // Asked in the same round trip, and after the rows: who waited at a unique index for an erasure to end, sees it. There is
    // no other way to undo a batch from within than an error.
    private const string NoneWasErased = """SELECT 1 / (NOT EXISTS (SELECT FROM "Erasures" WHERE "KeyHash" = ANY ($1)))::int""";

    internal override async Task<bool> Insert(IReadOnlyList<object> rows, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var question = new NpgsqlBatchCommand(NoneWasErased) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. keys] } } };
        try
        {
            await SaveBy(() => UnnestInsert.Run(this, rows, question, ct), [.. rows.OfType<OutboxMessage>()]);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return false;
        }
    }

    // pglz, PostgreSQL's own, was the largest single cost of a referral in the database; lz4 is hardly seen there.
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Referral>().Property(r => r.Content).UseCompressionMethod("lz4");
    }
}
