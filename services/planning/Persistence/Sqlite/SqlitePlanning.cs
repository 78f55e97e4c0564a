using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Planning.Persistence;

internal sealed class SqlitePlanning(DbContextOptions<SqlitePlanning> options) : PlanningDbContext(options);
