using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Advising;

[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class OverviewModel(FeedbackDbContext db) : PageModel
{
    private const int Shown = 100;

    public IReadOnlyList<Advice> ToWrite { get; private set; } = [];
    public IReadOnlyList<Advice> ToSign { get; private set; } = [];

    /// <summary>Signed by this one; the resident or the other is still to come.</summary>
    public IReadOnlyList<Advice> Waiting { get; private set; } = [];

    public IReadOnlyList<(Advice Advice, Delivery? Delivery)> Final { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        var login = Author.Key(User.Who());
        var own = db.Advices.AsNoTracking().Where(a => a.MentalHealth.Login == login || a.SocialDomain.Login == login);
        var open = await own.Where(a => a.FinalAt == null).OrderBy(a => a.StartsAt).ToListAsync(ct);
        Waiting = [.. open.Where(a => a.Authors.Any(x => x.Is(login) && x.HasSigned))];
        ToSign = [.. open.Except(Waiting).Where(a => a.HasMarks)];
        ToWrite = [.. open.Except(Waiting).Except(ToSign)];

        var final = await own.Where(a => a.FinalAt != null).OrderByDescending(a => a.FinalAt).Take(Shown).ToListAsync(ct);
        var ids = final.Select(a => a.Id).ToList();
        var deliveries = (await db.Deliveries.AsNoTracking().Where(d => d.AdviceId != null && ids.Contains(d.AdviceId.Value) && d.Kind == ParcelKind.Advice)
            .ToListAsync(ct)).GroupBy(d => d.AdviceId!.Value).ToDictionary(g => g.Key, g => g.MaxBy(d => d.Number));
        Final = [.. final.Select(a => (a, deliveries.GetValueOrDefault(a.Id)))];
    }

    public static string Missing(Advice advice) => string.Join(" en ", new[]
    {
        advice.Resident.Opinion is null ? "de inwoner" : null,
        advice.Authors.Any(a => !a.HasSigned) ? "uw duopartner" : null,
    }.OfType<string>());
}
