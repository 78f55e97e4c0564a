using Microsoft.EntityFrameworkCore;

namespace VGIntegration.ReferralIntake.Persistence;

internal sealed class SqliteIntake(DbContextOptions<SqliteIntake> options) : IntakeDbContext(options);
