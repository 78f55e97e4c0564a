using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;
using VGIntegration.Planning.Sharing;

namespace VGIntegration.Planning.Conversing;

/// <summary>One conversation for its two: what the huisarts asks, who comes along, where it is, and how it went.</summary>
[Authorize(Policy = Web.Registration.Professionals)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RecordModel(
    PlanningDbContext db, KnownRegion known, RecordConversation record, SentByGp sent, TimeProvider clock) : PageModel
{
    private Region _region = null!;

    public Conversation Conversation { get; private set; } = null!;
    public string Place => $"{_region.Locations[Conversation.LocationId].Name}, {_region.Locations[Conversation.LocationId].Address}";

    /// <summary>To a building; a home visit has no address here, for that is the resident's.</summary>
    public string? Route => _region.Locations[Conversation.LocationId] is { Kind: LocationKind.Building } place
        ? FormattableString.Invariant($"https://www.openstreetmap.org/directions?to={place.Latitude:0.#####}%2C{place.Longitude:0.#####}")
        : null;

    /// <summary>What the resident said by the own link, or in the call.</summary>
    public ResidentAnswer? Answer { get; private set; }

    /// <summary>What the huisarts asks; null when this professional may not read it, or intake does not answer now.</summary>
    public AskedByGp? Asked { get; private set; }

    public bool MayReadAsked { get; private set; } = true;

    public string Duo => $"{Name(Conversation.MentalHealthProfessionalId)} en {Name(Conversation.SocialDomainProfessionalId)}";

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Conversation/{id}", "hold-conversation", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return await Shown(ct);
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        if (Conversation.Status is not ConversationStatus.Held && await record.Held(Conversation, _region, User.Who(), ct) is { } refusal)
        {
            db.ChangeTracker.Clear();
            await Load(id, ct);
            ModelState.AddModelError("", refusal);
            return await Shown(ct);
        }

        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostMissed(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        if (await record.Missed(Conversation, User.Who(), ct) is { } refusal)
        {
            db.ChangeTracker.Clear();
            if (!await Load(id, ct))
            {
                return Redirect("/planning/conversations"); // the other of the two was a moment earlier
            }

            ModelState.AddModelError("", refusal);
            return await Shown(ct);
        }

        return Redirect("/planning/conversations?missed=true");
    }

    public async Task<IActionResult> OnPostStopped(Guid id, bool sure, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        var refusal = sure ? await record.Stopped(Conversation, User.Who(), ct) : "Vink eerst aan dat de inwoner niet verder wil.";
        if (refusal is null)
        {
            return Redirect("/planning/conversations?stopped=true");
        }

        db.ChangeTracker.Clear();
        if (!await Load(id, ct))
        {
            return Redirect("/planning/conversations"); // the other of the two was a moment earlier
        }

        ModelState.AddModelError("", refusal);
        return await Shown(ct);
    }

    // The question is asked of intake for the side of who looks, and nothing of it is kept.
    private async Task<PageResult> Shown(CancellationToken ct)
    {
        var side = OwnConversation.SideOf(Conversation, _region.IdsOf(User.Who()));
        var (status, asked) = await sent.Question(Conversation.ReferralId, side, ct);
        (MayReadAsked, Asked) = (status is not HttpStatusCode.Forbidden, asked);
        return Page();
    }

    // Only the two of this conversation; for anybody else it does not exist.
    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        _region = await known.Get(ct);
        var found = await db.Conversations.SingleOrDefaultAsync(c => c.Id == id && c.Status != ConversationStatus.Proposed, ct);
        if (found is null || !_region.IdsOf(User.Who()).Any(found.IsOf))
        {
            return false;
        }

        Conversation = found;
        Answer = await db.ResidentAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.ReferralId == found.ReferralId, ct);
        return true;
    }

    private string Name(Guid professionalId) => _region.Professionals[professionalId].Name;
}
