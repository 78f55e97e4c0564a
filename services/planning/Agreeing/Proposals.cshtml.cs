using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Planning.Persistence;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Agreeing;

/// <summary>What is proposed to somebody who is logged in and not booked yet: code, moment, place and partner, nothing of the resident.</summary>
[Authorize(Policy = Web.Registration.Professionals)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ProposalsModel(PlanningDbContext db, KnownRegion known, AnswerProposal answer, TimeProvider clock) : PageModel
{
    private Region _region = null!;
    private List<Guid> _me = [];

    public IReadOnlyList<Conversation> Proposals { get; private set; } = [];
    public string? Fault { get; private set; }
    public ProposalAnswer? Given { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    /// <param name="id">The proposal.</param>
    /// <param name="version">As it was seen.</param>
    /// <param name="what">A name of ProposalAnswer.</param>
    public async Task<IActionResult> OnPost(Guid id, int version, string? what, CancellationToken ct)
    {
        await Load(ct);
        if (Proposals.FirstOrDefault(p => p.Id == id) is not { } proposal || !Enum.TryParse<ProposalAnswer>(what, out var given) || !Enum.IsDefined(given))
        {
            Fault = AnswerProposal.Changed;
            return Page();
        }

        db.ChangeTracker.Clear();
        Fault = await answer.Run(id, version, _me.First(proposal.IsOf), given, User.Who(), ct);
        Given = Fault is null ? given : null;
        db.ChangeTracker.Clear();
        await Load(ct);
        return Page();
    }

    public bool SaidYes(Conversation proposal) => _me.Exists(proposal.HasAgreed);

    public string PlaceOf(Conversation proposal) => _region.Locations[proposal.LocationId].Name;

    public string PartnerOf(Conversation proposal) => NameOf(
        _me.Contains(proposal.MentalHealthProfessionalId) ? proposal.SocialDomainProfessionalId : proposal.MentalHealthProfessionalId);

    public bool PartnerSaidYes(Conversation proposal) => proposal.HasAgreed(
        _me.Contains(proposal.MentalHealthProfessionalId) ? proposal.SocialDomainProfessionalId : proposal.MentalHealthProfessionalId);

    private string NameOf(Guid id) => _region.Professionals[id].Name;

    private async Task Load(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        _region = await known.Get(ct);
        _me = [.. _region.IdsOf(User.Who())];
        Proposals = await db.Conversations.AsNoTracking()
            .Where(c => c.Status == ConversationStatus.Proposed && c.StartsAt > now && (_me.Contains(c.MentalHealthProfessionalId) || _me.Contains(c.SocialDomainProfessionalId)))
            .OrderBy(c => c.StartsAt).Take(100).ToListAsync(ct);
    }
}
