using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Hosting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>Plans the whole waiting list as a proposal, to accept whole or in part.</summary>
[Authorize(Policy = Web.Registration.PlannersOnly)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WholeListModel(PlanList plans, FreeMoments moments, KnownRegion known, TimeProvider clock) : PageModel
{
    private Region _region = null!;

    public ListProposal? Proposal { get; private set; }
    public IReadOnlyList<string> NotDone { get; private set; } = [];
    public int? Accepted { get; private set; }
    public string? Fault { get; private set; }
    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public int Norm => moments.NormWorkingDays;

    public async Task OnPostMake(CancellationToken ct) => await Make(ct);

    /// <param name="rows">Each as it was shown: referral, revision and candidate, with colons between.</param>
    public async Task OnPostAccept(IReadOnlyList<string> rows, CancellationToken ct)
    {
        var accepted = rows.Select(Read).OfType<AcceptedRow>().DistinctBy(r => r.ReferralId).Take(PlanList.AtMost).ToList();
        if (accepted.Count == 0)
        {
            Fault = "Zet een vinkje bij de verwijzingen waarvoor u het voorstel overneemt.";
        }
        else
        {
            var refused = await plans.Accept(accepted, User.Who(), ct);
            (Accepted, NotDone) = (accepted.Count - refused.Count, [.. refused.Select(ReferralJourney.CodeOf)]);
        }

        await Make(ct);
    }

    public string Who(Candidate candidate) =>
        $"{_region.Professionals[candidate.MentalHealthProfessionalId].Name} en {_region.Professionals[candidate.SocialDomainProfessionalId].Name}";

    public string Place(Guid locationId) => _region.Locations.TryGetValue(locationId, out var place) ? place.Name : "";

    internal static string Row(ListRow row) => $"{row.Journey.ReferralId}:{row.Journey.Revision}:{row.Planned!.Key}";

    private async Task Make(CancellationToken ct) => (_region, Proposal) = (await known.Get(ct), await plans.Make(ct));

    private static AcceptedRow? Read(string row) =>
        row.Split(':') is [var id, var seen, { Length: < 200 } key] && Guid.TryParse(id, out var referral) && int.TryParse(seen, out var revision)
            ? new AcceptedRow(referral, revision, key)
            : null;
}
