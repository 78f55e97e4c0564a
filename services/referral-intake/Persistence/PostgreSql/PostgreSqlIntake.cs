using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.ReferralIntake.Persistence;

internal sealed class PostgreSqlIntake(DbContextOptions<PostgreSqlIntake> options) : IntakeDbContext(options)
{
    internal override Task Insert(IReadOnlyList<object> rows, CancellationToken ct) =>
        SaveBy(() => UnnestInsert.Run(this, rows, ct), [.. rows.OfType<OutboxMessage>()]);
}
