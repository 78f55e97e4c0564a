using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Persistence;

internal sealed class SqlServerPlanning(DbContextOptions<SqlServerPlanning> options) : PlanningDbContext(options)
{
    /// <summary>Serialisable whatever transaction it is in: what was read, and the gaps between, stay as they are until the commit.</summary>
    internal override IQueryable<Conversation> Between(DateTimeOffset from, DateTimeOffset until) => Conversations.FromSql(
        $"SELECT * FROM [Conversations] WITH (UPDLOCK, HOLDLOCK) WHERE [StartsAt] > {from} AND [StartsAt] < {until}");
}
