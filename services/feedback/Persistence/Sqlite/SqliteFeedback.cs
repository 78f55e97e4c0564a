using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Feedback.Persistence.Sqlite;

internal sealed class SqliteFeedback(DbContextOptions<SqliteFeedback> options) : FeedbackDbContext(options);
