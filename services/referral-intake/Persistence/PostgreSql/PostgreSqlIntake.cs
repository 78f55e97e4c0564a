using Microsoft.EntityFrameworkCore;

namespace VGIntegration.ReferralIntake.Persistence;

internal sealed class PostgreSqlIntake(DbContextOptions<PostgreSqlIntake> options) : IntakeDbContext(options);
