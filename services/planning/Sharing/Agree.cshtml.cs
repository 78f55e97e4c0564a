using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Persistence;

namespace VGIntegration.Planning.Sharing;

/// <summary>In the call the planner asks the resident, and records the answer; it is kept, and audited, by intake.</summary>
[Authorize(Policy = Web.Registration.PlannersOnly)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AgreeModel(PlanningDbContext db, SentByGp sent) : PageModel
{
    public Guid Id { get; private set; }

    /// <summary>Null when intake does not answer now.</summary>
    public ResidentSaid? Said { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!await db.Journeys.AnyAsync(j => j.ReferralId == id, ct))
        {
            return NotFound();
        }

        (Id, Said) = (id, (await sent.Said(id, ct)).Said);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, [FromForm] bool? agrees, CancellationToken ct)
    {
        if (!await db.Journeys.AnyAsync(j => j.ReferralId == id, ct))
        {
            return NotFound();
        }

        var refusal = "Kies een van de knoppen.";
        if (agrees is { } answer)
        {
            var (status, _) = await sent.Record(id, answer, ct);
            if (status is HttpStatusCode.OK)
            {
                return RedirectToPage(new { id });
            }

            refusal = status is HttpStatusCode.Conflict
                ? "Een collega legde op hetzelfde moment een antwoord vast. Kijk wat er nu staat."
                : "Het antwoord is niet vastgelegd: het aanmeldsysteem antwoordt niet. Probeer het over een minuut weer.";
        }

        ModelState.Clear();
        ModelState.AddModelError("", refusal);
        return await OnGet(id, ct);
    }
}
