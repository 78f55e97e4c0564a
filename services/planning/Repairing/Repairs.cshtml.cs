using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Hosting;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Repairing;

/// <summary>All bookings that cannot go on, with for each what disturbs least; to accept whole or in part.</summary>
[Authorize(Policy = Web.Registration.PlannersOnly)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RepairsModel(RepairBookings repairs, FreeMoments moments, KnownRegion known) : PageModel
{
    private Region _region = null!;

    public IReadOnlyList<RepairRow> Rows { get; private set; } = [];
    public IReadOnlyList<string> NotDone { get; private set; } = [];
    public int? Accepted { get; private set; }
    public string? Fault { get; private set; }
    public int Norm => moments.NormWorkingDays;

    public Task OnGet(CancellationToken ct) => Make(ct);

    /// <param name="rows">Each as it was shown: referral, revision and candidate, with colons between.</param>
    public async Task OnPost(IReadOnlyList<string> rows, CancellationToken ct)
    {
        var accepted = rows.Select(Read).OfType<AcceptedRepair>().DistinctBy(r => r.ReferralId).Take(RepairBookings.AtMost).ToList();
        if (accepted.Count == 0)
        {
            Fault = "Zet een vinkje bij de afspraken die u zo wilt herstellen.";
        }
        else
        {
            var refused = await repairs.Accept(accepted, User.Who(), ct);
            (Accepted, NotDone) = (accepted.Count - refused.Count, [.. refused.Select(ReferralJourney.CodeOf)]);
        }

        await Make(ct);
    }

    public string Who(Guid one, Guid other) => $"{NameOf(one)} en {NameOf(other)}";

    public string Place(Guid locationId) => _region.Locations.TryGetValue(locationId, out var place) ? place.Name : "";

    /// <summary>What the planner does with it, in a sentence or two.</summary>
    public string Told(RepairRow row)
    {
        var (repair, booked) = (row.Repair, row.Booked);
        if (repair.To is not { } to)
        {
            return "Er is niets dat past. Open de verwijzing om te zien wat helpt.";
        }

        if (!repair.KeepsTimeAndPlace)
        {
            return $"Verzet naar {Web.Dutch.Moment(to.StartsAt)}, {Place(to.LocationId)}, met {Who(to.MentalHealthProfessionalId, to.SocialDomainProfessionalId)}. Bel de inwoner eerst.";
        }

        var (before, after) = (new[] { booked.MentalHealthProfessionalId, booked.SocialDomainProfessionalId }, new[] { to.MentalHealthProfessionalId, to.SocialDomainProfessionalId });
        var swaps = before.Except(after).Zip(after.Except(before), (gone, comes) => $"{NameOf(comes)} komt in de plaats van {NameOf(gone)}.");
        return $"Tijd en plek blijven. {string.Join(" ", swaps)}{(repair.ComesSpecially ? " Dit is buiten de vaste momenten: bel eerst." : "")}";
    }

    internal static string Row(RepairRow row) => $"{row.Journey.ReferralId}:{row.Journey.Revision}:{row.Repair.To!.Key}";

    private string NameOf(Guid id) => _region.Professionals.TryGetValue(id, out var who) ? who.Name : "een verkenner die niet meer in het register staat";

    private async Task Make(CancellationToken ct) => (_region, Rows) = (await known.Get(ct), await repairs.Make(ct));

    private static AcceptedRepair? Read(string row) =>
        row.Split(':') is [var id, var seen, { Length: < 200 } key] && Guid.TryParse(id, out var referral) && int.TryParse(seen, out var revision)
            ? new AcceptedRepair(referral, revision, key)
            : null;
}
