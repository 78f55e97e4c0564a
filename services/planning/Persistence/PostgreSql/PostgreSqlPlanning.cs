using System.Data;
using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Planning.Persistence;

internal sealed class PostgreSqlPlanning(DbContextOptions<PostgreSqlPlanning> options) : PlanningDbContext(options)
{
    // Nobody is in two conversations at once, and no room holds two. A range of one uuid says "the same" without an extension.
    private const string Constraints = """
        DO $$ BEGIN
          IF to_regtype('uuid_range') IS NULL THEN
            CREATE TYPE uuid_range AS RANGE (subtype = uuid);
          END IF;
          IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'NobodyTwice_MentalHealth') THEN
            ALTER TABLE "Conversations"
              ADD CONSTRAINT "NobodyTwice_MentalHealth" EXCLUDE USING gist (
                uuid_range("MentalHealthProfessionalId", "MentalHealthProfessionalId", '[]') WITH &&, tstzrange("StartsAt", "FreeAt") WITH &&),
              ADD CONSTRAINT "NobodyTwice_SocialDomain" EXCLUDE USING gist (
                uuid_range("SocialDomainProfessionalId", "SocialDomainProfessionalId", '[]') WITH &&, tstzrange("StartsAt", "FreeAt") WITH &&),
              ADD CONSTRAINT "NoRoomTwice" EXCLUDE USING gist (
                uuid_range("LocationId", "LocationId", '[]') WITH &&, int4range("Room", "Room", '[]') WITH &&,
                tstzrange("StartsAt", "FreeAt") WITH &&);
          END IF;
        END $$;
        """;

    // The constraints judge; a stricter level would only make those fail who do not clash.
    protected override IsolationLevel Isolation => IsolationLevel.ReadCommitted;

    // No constraint knows how long somebody travels. Always in the same order, so that nobody waits for who waits for him.
    protected override Task Reserve(IReadOnlyCollection<Guid> professionals, CancellationToken ct)
    {
        var keys = professionals.Select(id => BitConverter.ToInt64(id.ToByteArray())).Order().ToArray();
        return Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(k) FROM unnest({keys}) AS k", ct);
    }

    public override Task Complete(CancellationToken ct) => Database.ExecuteSqlRawAsync(Constraints, ct);
}
