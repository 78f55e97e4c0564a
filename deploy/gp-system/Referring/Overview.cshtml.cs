using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.GpSystem.Filing;

namespace VGIntegration.GpSystem.Referring;

/// <summary>The desk of the huisarts: what was sent, how it fares, and what came back.</summary>
[AllowAnonymous]
internal sealed class Overview(Cabinet cabinet, Intake intake, TimeProvider clock) : PageModel
{
    private const int Shown = 50;

    public IReadOnlyList<Line> Referrals { get; private set; } = [];
    public IReadOnlyList<DocumentReference> Letters { get; private set; } = [];

    /// <summary>Referrals that an advice proposes, for the huisarts to sign; also those that no longer count.</summary>
    public IReadOnlyList<ServiceRequest> Drafts { get; private set; } = [];
    public SentReferral? Latest { get; private set; }
    public bool IsIntakeSilent { get; private set; }

    [TempData]
    public Guid? JustSent { get; set; }

    public async System.Threading.Tasks.Task OnGet(CancellationToken ct)
    {
        var sent = cabinet.Notes<SentReferral>().OrderByDescending(r => r.WrittenAt).Take(Shown).ToList();
        Latest = sent.Find(r => r.Number == $"{JustSent}");
        Referrals = await System.Threading.Tasks.Task.WhenAll(sent.Select(r => Follow(r, ct)));
        IsIntakeSilent = Referrals.Any(l => l.Referral.IsAccepted && l.Task is null);
        Drafts = [.. cabinet.All<ServiceRequest>().OrderByDescending(d => d.Meta?.LastUpdated).Take(Shown)];
        Letters = [.. cabinet.All<DocumentReference>().OrderByDescending(d => d.Date ?? d.Meta?.LastUpdated).Take(Shown)];
    }

    /// <summary>A new referral with a new number, kept before it is sent.</summary>
    public Task<IActionResult> OnPostSend(string sample, CancellationToken ct) =>
        SampleReferral.All.Any(s => s.Key == sample)
            ? Send(new SentReferral(Guid.NewGuid().ToString(), sample, clock.GetUtcNow()), ct)
            : System.Threading.Tasks.Task.FromResult<IActionResult>(BadRequest());

    /// <summary>The same referral with the same number once more.</summary>
    public Task<IActionResult> OnPostAgain(Guid number, CancellationToken ct) =>
        cabinet.FindNote<SentReferral>($"{number}") is { CanBeSentAgain: true } referral
            ? Send(referral, ct)
            : System.Threading.Tasks.Task.FromResult<IActionResult>(RedirectToPage());

    private async Task<IActionResult> Send(SentReferral referral, CancellationToken ct)
    {
        cabinet.KeepNote(referral.Number, referral);
        cabinet.KeepNote(referral.Number, await intake.Send(referral, ct));
        JustSent = Guid.Parse(referral.Number);
        return RedirectToPage();
    }

    private async Task<Line> Follow(SentReferral referral, CancellationToken ct)
    {
        var (request, task) = referral.ServiceRequestId is { } id ? await intake.Follow(id, ct) : default;
        return new Line(referral, SampleReferral.All.Single(s => s.Key == referral.Sample), request, task);
    }

    internal sealed record Line(SentReferral Referral, SampleReferral Sample, RequestStatus? Request, Hl7.Fhir.Model.Task? Task)
    {
        /// <summary>What planners and professionals call it, so that people mean the same one on both sides.</summary>
        public string Code => Referral.ServiceRequestId is { Length: > 6 } id ? $"VG-{id[..6].ToUpperInvariant()}" : "";

        public (string Text, string Kind) Badge => Referral switch
        {
            { IsAccepted: true } => Wording.Badge(Request, Task),
            { CanBeSentAgain: true } => ("nog niet verstuurd", "warning"),
            _ => ("niet aangenomen", "danger"),
        };

        public string Stand => Referral.IsAccepted
            ? Wording.Of(Task?.BusinessStatus?.Coding.FirstOrDefault()?.Code, Task?.BusinessStatus?.Text)
            : Wording.Answer(Referral);
    }
}
