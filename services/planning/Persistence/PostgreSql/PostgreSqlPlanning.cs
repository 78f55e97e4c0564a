using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Planning.Persistence;

internal sealed class PostgreSqlPlanning(DbContextOptions<PostgreSqlPlanning> options) : PlanningDbContext(options);
