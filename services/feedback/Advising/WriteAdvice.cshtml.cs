using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Advising;

/// <summary>The page of one advice: writing while nobody has marked it, and after that who has and who has not yet.</summary>
[Authorize(Policy = "professional")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class WriteAdviceModel(
    FeedbackDbContext db, AdviceSurroundings surroundings, FinishAdvice finish, DeliverySignal signal, TimeProvider clock) : PageModel
{
    private const int Attempts = 5;

    [BindProperty]
    public AdviceForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    /// <summary>Writing goes on although there are marks, which then end.</summary>
    [BindProperty(SupportsGet = true, Name = "edit")]
    public bool IsEditing { get; set; }

    public Advice Advice { get; private set; } = null!;
    public Delivery? Delivery { get; private set; }
    public Recipient? Recipient { get; private set; }
    public HeldConversation? Conversation { get; private set; }

    /// <summary>The parts that the other one changed too while this one typed: both texts are shown and nothing is lost.</summary>
    public IReadOnlyList<AdvicePart> Contested { get; private set; } = [];

    /// <summary>The choice of a referral or of whom to call was changed by the other one too.</summary>
    public bool IsChoiceContested { get; private set; }

    /// <summary>What was typed on a page that came too late; shown, so that nothing is lost.</summary>
    public IReadOnlyList<AdvicePart> Unsaved =>
        Advice.IsFinal ? [.. AdvicePartWords.All.Where(p => Form.Typed(p).Length > 0 && Form.Typed(p) != Advice.Text[p])] : [];

    public bool IsWriting => !Advice.IsFinal && (!Advice.HasMarks || IsEditing);
    public Author Me => Advice.Authors.First(a => a.Is(User.Who()));

    public static string Then(Advice advice) => advice.Resident.SharesWithGp is true
        ? "Het gaat nu vanzelf naar de huisarts."
        : "De huisarts hoort alleen dat het gesprek heeft plaatsgevonden.";

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

    public async Task<IActionResult> OnPost(Guid id, [FromForm(Name = "Next")] string? next, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!await Load(id, ct))
            {
                return NotFound();
            }

            if (Write(next) is { } answer)
            {
                return await answer(ct);
            }

            await finish.Run(Advice, ct);
            db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Advice/{id}", next is "sign" ? "sign-advice" : "write-advice", clock.GetUtcNow()));
            try
            {
                await db.SaveChangesAsync(ct);
                break;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear(); // the other one saved at this moment: put together anew
            }
        }

        signal.Wake();
        return next is "read" ? Redirect($"/feedback/advices/{id}/reading") : RedirectToPage(new { id, done = next is "sign" ? "signed" : "saved" });
    }

    /// <summary>Signs what stands there, without changing it.</summary>
    public async Task<IActionResult> OnPostSign(Guid id, int version, CancellationToken ct)
    {
        if (!await Load(id, ct))
        {
            return NotFound();
        }

        Form = AdviceForm.Of(Advice);
        if (version != Advice.Version)
        {
            ModelState.AddModelError("", "Het advies is net veranderd. Lees het hieronder nog eens en onderteken dan.");
        }
        else if (Advice.IsFinal || Me.HasSigned)
        {
            return RedirectToPage(new { id, done = "signed" });
        }
        else
        {
            CheckBeforeMark();
        }

        if (!ModelState.IsValid)
        {
            return await Show(ct);
        }

        Advice.Sign(User.Who(), clock.GetUtcNow());
        await finish.Run(Advice, ct);
        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Advice/{id}", "sign-advice", clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await OnPostSign(id, version, ct); // now the version differs, or the advice is final
        }

        signal.Wake();
        return RedirectToPage(new { id, done = "signed" });
    }

    // Null when it may be saved; else what the professional sees instead.
    private Func<CancellationToken, Task<IActionResult>>? Write(string? next)
    {
        ModelState.Clear();
        if (Advice.IsFinal)
        {
            ModelState.AddModelError("", "Dit advies is definitief en kan niet meer worden veranderd. Wilt u iets verbeteren? Kies dan ‘Corrigeren’.");
            return Show;
        }

        foreach (var part in AdvicePartWords.All.Where(p => Form.Typed(p).Length > AdviceText.Longest))
        {
            ModelState.AddModelError($"Form.Text[{part}]", "Deze tekst is te lang. Maak er minder dan 20.000 tekens van.");
        }

        if (AdviceText.Clean(Form.Reason).Length > AdviceText.Longest)
        {
            ModelState.AddModelError("Form.Reason", "Deze tekst is te lang. Maak er minder dan 20.000 tekens van.");
        }

        if (Form.Contact is { } contact && Advice.Authors.All(a => a.ProfessionalId != contact))
        {
            ModelState.AddModelError("Form.Contact", "Kies een van de twee verkenners van dit gesprek.");
        }

        if (!ModelState.IsValid)
        {
            return Show;
        }

        (var text, Contested) = Form.On(Advice.Text);
        var choices = Form.ChoicesOn(Advice);
        IsChoiceContested = choices is null;
        var (proposed, contactId) = choices ?? (Advice.Proposed, Advice.ContactId);
        var isMarkLost = Advice.HasMarks && !IsEditing && (text, proposed, contactId) != (Advice.Text, Advice.Proposed, Advice.ContactId);
        if (isMarkLost)
        {
            ModelState.AddModelError("", "Iemand heeft de tekst net gelezen of ondertekend. Uw tekst is nog niet opgeslagen, maar staat nog in de velden. Slaat u toch op? Dan vervalt wat er al is ondertekend.");
            IsEditing = true;
            return Show;
        }

        BeginAdvice.Write(db, Advice, text, (proposed, contactId), clock.GetUtcNow());
        if (Contested.Count > 0 || IsChoiceContested)
        {
            return SaveAndShow; // what nobody contests is kept already
        }

        if (next is "sign" or "read")
        {
            CheckBeforeMark();
        }

        if (next is "sign" && (AdvicePartWords.All.Any(p => Form.Text.ContainsKey(p) && Form.Typed(p) != text[p]) || (proposed, contactId) != (Form.Proposed, Form.Contact)))
        {
            ModelState.AddModelError("", "Uw duopartner heeft net een ander deel veranderd. Alles is opgeslagen. Lees het advies nog eens en onderteken dan.");
        }

        if (next is "sign" && ModelState.IsValid && !Me.HasSigned)
        {
            Advice.Sign(User.Who(), clock.GetUtcNow());
        }

        return ModelState.IsValid ? null : SaveAndShow;
    }

    private void CheckBeforeMark()
    {
        if (Advice.Resident.SharesWithGp is not false && Advice.Text.IsEmpty)
        {
            ModelState.AddModelError("Form.Text[Situation]", "Schrijf eerst het advies. Vul ten minste één deel in.");
        }

        if (Advice.Resident.SharesWithGp is not false && Advice.ContactId is null)
        {
            ModelState.AddModelError("Form.Contact", "Kies bij wie de inwoner terecht kan met vragen.");
        }

        if (Advice.Proposed.Care is ProposedCare.None && (Advice.Text[AdvicePart.BasicCare].Length > 0 || Advice.Text[AdvicePart.SpecialisedCare].Length > 0))
        {
            ModelState.AddModelError("Form.Care", "U schreef iets bij de GGZ. Kies of de huisarts daarvoor een verwijzing moet schrijven.");
        }

        if (Advice.Proposed is { IsAsked: true, Reason.Length: 0 })
        {
            ModelState.AddModelError("Form.Reason", "Schrijf waarom u om deze verwijzing vraagt.");
        }
    }

    private async Task<IActionResult> SaveAndShow(CancellationToken ct)
    {
        db.Audit.Add(AuditEntry.Of("U", User.Who(), $"Advice/{Advice.Id}", "write-advice", clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            var id = Advice.Id;
            db.ChangeTracker.Clear();
            await Load(id, ct); // the typed text is still in the fields, and the next save puts it together
        }

        foreach (var part in AdvicePartWords.All.Where(p => !Contested.Contains(p)))
        {
            Form.Text[part] = Advice.Text[part];
        }

        foreach (var part in AdvicePartWords.All)
        {
            Form.Base[part] = AdviceText.SignOf(Advice.Text[part]);
        }

        Form.Choices = AdviceForm.Of(Advice).Choices;
        return await Show(ct);
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        var advice = await db.Advices.SingleOrDefaultAsync(a => a.Id == id, ct);
        Advice = advice!;
        return advice?.IsWrittenBy(User.Who()) is true;
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        Delivery = await db.Deliveries.AsNoTracking().Where(d => d.AdviceId == Advice.Id && d.Kind == ParcelKind.Advice)
            .OrderByDescending(d => d.Number).FirstOrDefaultAsync(ct);
        (Recipient, Conversation) = await surroundings.Of(Advice.ReferralId, ct);
        return Page();
    }
}
