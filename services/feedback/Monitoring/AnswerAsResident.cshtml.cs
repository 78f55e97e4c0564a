using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>
/// The resident's own turn of the screen, on the log-in of who hands it over. It shows no name, no way to anybody else, and never
/// what was chosen before: neither the duo nor the next one at the screen sees that.
/// </summary>
[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class AnswerAsResidentModel(MonitoringForms forms) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool Done { get; set; }

    public Guid AdviceId { get; private set; }
    public int Version { get; private set; }
    public bool IsClosed { get; private set; }
    public int? Experience { get; private set; }
    public int? Helpfulness { get; private set; }
    public string? Fault { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (await forms.Find(id, User.Who(), ct) is not { } held)
        {
            return NotFound();
        }

        Show(held);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? experience, string? helpfulness, int version, CancellationToken ct)
    {
        if (await forms.Find(id, User.Who(), ct) is not { } held)
        {
            return NotFound();
        }

        (Experience, Helpfulness) = (Score(experience), Score(helpfulness));
        if (await forms.Change(held, "monitoring-resident", Answer, ct))
        {
            return RedirectToPage(new { id, done = true });
        }

        Show(await forms.Find(id, User.Who(), ct) ?? held);
        Fault = "Er is net al een antwoord bewaard. Is dit uw antwoord? Kies dan nog een keer Klaar.";
        return Page();

        bool Answer(MonitoringForm form, int position)
        {
            if (form.IsSent || form.TurnVersion != version)
            {
                return false;
            }

            form.Answer(Given(Experience), Given(Helpfulness));
            return true;
        }
    }

    private void Show(Held held) =>
        (AdviceId, Version, IsClosed) = (held.Advice.Id, held.Form?.TurnVersion ?? 0, held.Form?.IsSent is true);

    private static int? Score(string? given) => given is [>= '0' and <= '5' and var score] ? score - '0' : null;

    private static int? Given(int? score) => score is 0 ? null : score;
}
