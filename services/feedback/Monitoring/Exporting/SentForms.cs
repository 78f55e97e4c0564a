using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;

namespace VGIntegration.Feedback.Monitoring.Exporting;

/// <summary>The forms that were sent in, in the order of that; a corrected one comes again, at the end.</summary>
internal static class SentForms
{
    private const int AtATime = 500;

    internal static Task<List<MonitoringForm>> SentAfter(this FeedbackDbContext db, int position, int count, CancellationToken ct, int last = int.MaxValue) =>
        db.MonitoringForms.AsNoTracking().Where(f => f.Position > position && f.Position <= last).OrderBy(f => f.Position).Take(count).ToListAsync(ct);

    /// <summary>All of them, never all at once in memory.</summary>
    internal static async IAsyncEnumerable<IReadOnlyList<ExportedForm>> AllSent(
        this FeedbackDbContext db, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var position = 0; await db.SentAfter(position, AtATime, ct) is { Count: > 0 } forms; position = forms[^1].Position!.Value)
        {
            yield return [.. forms.Select(ExportedForm.Of)];
        }
    }
}
