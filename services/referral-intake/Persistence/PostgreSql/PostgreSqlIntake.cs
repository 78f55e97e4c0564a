using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.ReferralIntake.Persistence;

internal sealed class PostgreSqlIntake(DbContextOptions<PostgreSqlIntake> options) : IntakeDbContext(options)
{
    // PostgreSQL's own way of packing long values (pglz) was a quarter of its work for a referral; lz4 takes a fraction of
    // that. A server that was built without it goes on as it was, and what is stored already stays readable.
    private const string PackQuickly = """
        DO $$ BEGIN
            IF EXISTS (SELECT 1 FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals))
                AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = '"Referrals"'::regclass AND attname = 'Content' AND attcompression <> 'l')
            THEN
                ALTER TABLE "Referrals" ALTER COLUMN "Content" SET COMPRESSION lz4;
            END IF;
        END $$
        """;

    public override Task Complete(CancellationToken ct) => Database.ExecuteSqlRawAsync(PackQuickly, ct);

    internal override Task Insert(IReadOnlyList<object> rows, CancellationToken ct) =>
        SaveBy(() => UnnestInsert.Run(this, rows, ct), [.. rows.OfType<OutboxMessage>()]);
}
