using Microsoft.EntityFrameworkCore;

namespace VGIntegration.ReferralIntake.Persistence;

internal sealed class SqlServerIntake(DbContextOptions<SqlServerIntake> options) : IntakeDbContext(options);
