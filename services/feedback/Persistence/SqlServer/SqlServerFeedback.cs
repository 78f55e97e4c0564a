using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Feedback.Persistence.SqlServer;

internal sealed class SqlServerFeedback(DbContextOptions<SqlServerFeedback> options) : FeedbackDbContext(options);
