using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Printing;

/// <summary>What is at hand when somebody asks for a letter on a page.</summary>
internal sealed record Desk(FeedbackDbContext Db, AdviceSurroundings Surroundings, Masthead Masthead, TimeProvider Clock);
