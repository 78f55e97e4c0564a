using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Advising;

[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WriteAdviceModel(
    FeedbackDbContext db, AdviceSurroundings surroundings, DeliverySignal signal, TimeProvider clock) : PageModel
{
    [BindProperty]
    public AdviceForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public Advice Advice { get; private set; } = null!;
    public Delivery? Delivery { get; private set; }
    public Recipient? Recipient { get; private set; }
    public HeldConversation? Conversation { get; private set; }

    /// <summary>The other one saved while this one typed: both texts are shown and nothing is lost.</summary>
    public bool IsOvertaken { get; private set; }

    public Author Me => Advice.Authors.First(a => a.Login == User.Who());
    public Author Other => Advice.Authors.First(a => a.Login != User.Who());

    public string NameOf(Author author) => Conversation?.Professional(author.ProfessionalId)?.Name
        ?? (author == Advice.MentalHealth ? "de professional van de GGZ" : "de professional van het sociaal domein");

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        Form = AdviceForm.Of(Advice);
        db.Audit.Add(AuditEntry.Of("R", User.Who(), $"Advice/{id}", "write-advice", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return await Show(ct);
    }

    public async Task<IActionResult> OnPost(Guid id, [FromForm(Name = "Sign")] bool isSigning, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        if (Form.Version != Advice.Version)
        {
            return await Overtaken(ct);
        }

        if (Advice.IsFinal)
        {
            ModelState.AddModelError("", "Dit advies is door beiden ondertekend en kan niet meer worden veranderd.");
        }
        else if (isSigning)
        {
            CheckBeforeSigning();
        }

        if (!ModelState.IsValid)
        {
            return await Show(ct);
        }

        Advice.Write(Form.Text(), Form.ResidentAgrees, clock.GetUtcNow());
        if (isSigning)
        {
            Sign();
        }

        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Advice/{id}", isSigning ? "sign-advice" : "write-advice", clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            await Load(id, ct);
            return await Overtaken(ct);
        }

        signal.Wake();
        return RedirectToPage(new { id, done = isSigning ? "signed" : "saved" });
    }

    private void CheckBeforeSigning()
    {
        if (Form.ResidentAgrees is null)
        {
            ModelState.AddModelError("Form.ResidentAgrees", "Kies of de inwoner wil dat het advies naar de huisarts gaat.");
        }

        if (Form.ResidentAgrees is true && Form.Text().IsEmpty)
        {
            ModelState.AddModelError("Form.Situation", "Schrijf eerst het advies. Vul ten minste één deel in.");
        }

        if (Me.HasSigned && Form.Text() == Advice.Text && Form.ResidentAgrees == Advice.ResidentAgrees)
        {
            ModelState.AddModelError("", "U hebt deze tekst al ondertekend. Het wachten is op uw duopartner.");
        }
    }

    private void Sign()
    {
        var now = clock.GetUtcNow();
        Advice.Sign(User.Who(), now);
        if (!Advice.IsFinal)
        {
            return;
        }

        db.Deliveries.Add(Delivery.Of(Advice, Activity.Current?.Id, now));
        db.PublishOnSave(new AdviceSigned { ReferralId = Advice.ReferralId, Sequence = 1, OccurredAt = now, AdviceId = Advice.Id });
    }

    private Task<IActionResult> Overtaken(CancellationToken ct)
    {
        IsOvertaken = true;
        Form.Version = Advice.Version;
        ModelState.Remove("Form.Version"); // or the page would give back the old number
        return Show(ct);
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        var advice = await db.Advices.SingleOrDefaultAsync(a => a.Id == id, ct);
        Advice = advice!;
        return advice?.IsWrittenBy(User.Who()) is true;
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        Delivery = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.AdviceId == Advice.Id, ct);
        (Recipient, Conversation) = await surroundings.Of(Advice.ReferralId, ct);
        return Page();
    }
}

/// <summary>What the professional typed, also when it could not be saved.</summary>
internal sealed class AdviceForm
{
    private const string TooLong = "Deze tekst is te lang. Maak er minder dan 20.000 tekens van.";

    public int Version { get; set; }

    [StringLength(20_000, ErrorMessage = TooLong)]
    public string? Situation { get; set; }

    [StringLength(20_000, ErrorMessage = TooLong)]
    public string? Strengths { get; set; }

    [StringLength(20_000, ErrorMessage = TooLong)]
    public string? Wishes { get; set; }

    [StringLength(20_000, ErrorMessage = TooLong)]
    public string? Support { get; set; }

    [StringLength(20_000, ErrorMessage = TooLong)]
    public string? Agreements { get; set; }

    public bool? ResidentAgrees { get; set; }

    public static AdviceForm Of(Advice advice) => new()
    {
        Version = advice.Version,
        Situation = advice.Text.Situation,
        Strengths = advice.Text.Strengths,
        Wishes = advice.Text.Wishes,
        Support = advice.Text.Support,
        Agreements = advice.Text.Agreements,
        ResidentAgrees = advice.ResidentAgrees,
    };

    public AdviceText Text() => new()
    {
        Situation = Clean(Situation),
        Strengths = Clean(Strengths),
        Wishes = Clean(Wishes),
        Support = Clean(Support),
        Agreements = Clean(Agreements),
    };

    private static string Clean(string? text) => text?.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim() ?? "";
}
