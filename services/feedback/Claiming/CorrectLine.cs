using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Claiming;

/// <summary>What should have been counted, and why.</summary>
internal sealed record CorrectionWish((DateOnly HeldOn, Performer Performer)? Right, string Reason);

/// <summary>Puts a line right with lines of its own; what stood there stays.</summary>
internal sealed class CorrectLine(FeedbackDbContext db, TimeProvider clock)
{
    /// <summary>The lines it would add; nothing is kept.</summary>
    /// <exception cref="RuleBrokenException">It cannot be put right so; the text says why.</exception>
    internal IReadOnlyList<ClaimLine> Propose(LedgerLine line, CorrectionWish wish, string login)
    {
        var correction = new Correction(wish.Reason.Trim(), login, clock.GetUtcNow());
        return line switch
        {
            { CanBeCorrected: false } => throw new RuleBrokenException("Deze regel is al gecorrigeerd."),
            { CanCountAgain: true } => [line.Line.CountAgain(
                wish.Right?.HeldOn ?? line.Line.HeldOn, wish.Right?.Performer ?? line.Line.Performer, correction)],
            _ => line.Line.Correct(wish.Right, correction),
        };
    }

    /// <summary>Null when it is recorded; else why not.</summary>
    internal async Task<string?> Record(LedgerLine line, CorrectionWish wish, string login, CancellationToken ct)
    {
        try
        {
            var added = Propose(line, wish, login);
            db.ClaimLines.AddRange(added);
            db.Audit.Add(AuditEntry.Of("C", login, $"ClaimLine/{line.Line.Id}", "correct-claim", added[0].RecordedAt));
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (RuleBrokenException e)
        {
            return e.Message;
        }
        catch (DbUpdateException) // another one put it right at the same moment
        {
            db.ChangeTracker.Clear();
            return "Iemand anders heeft deze regel net gecorrigeerd.";
        }
    }
}
