using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Planning.Persistence;

internal sealed class SqlServerPlanning(DbContextOptions<SqlServerPlanning> options) : PlanningDbContext(options);
