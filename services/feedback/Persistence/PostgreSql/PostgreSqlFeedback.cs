using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Feedback.Persistence.PostgreSql;

internal sealed class PostgreSqlFeedback(DbContextOptions<PostgreSqlFeedback> options) : FeedbackDbContext(options);
