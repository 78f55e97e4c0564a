using System.Text;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;

namespace VGIntegration.Feedback.Advising;

/// <summary>
/// A short text for the file that each professional keeps in the own organisation; this system keeps none. It holds no BSN
/// and no name of the resident: in the own file it stands under that person already.
/// </summary>
internal static class DossierNote
{
    public static void MapDossierNote(this IEndpointRouteBuilder app) =>
        app.MapGet("/feedback/advices/{id:guid}/dossier.txt", Download).RequireAuthorization("professional");

    internal static string Of(Advice advice, HeldConversation? conversation)
    {
        var place = conversation is null ? "" : $", {conversation.Location.Name}";
        List<string> lines = [$"Verkennend gesprek op {advice.StartsAt.InDutch()}{place}."];
        var people = advice.Authors.Select(a => conversation?.Professional(a.ProfessionalId)).OfType<HeldConversation.Colleague>()
            .Select(p => $"{p.Name} ({p.Profession}, {p.Organisation})").ToList();
        if (people.Count > 0)
        {
            lines.Add($"Gevoerd door {string.Join(" en ", people)}.");
        }

        lines.Add("Het gesprek is geen behandeling en geen diagnose. Het verandert niets aan een plaats op een wachtlijst van de GGZ.");
        foreach (var part in advice.Text.Written)
        {
            lines.AddRange(["", $"{part.Heading()}:", advice.Text[part]]);
        }

        if (advice.Resident is { Opinion: not null, Words.Length: > 0 } resident)
        {
            lines.AddRange(["", resident.Opinion is Opinion.Agrees ? "De inwoner zegt erbij:" : "De inwoner ziet het anders:", resident.Words]);
        }

        lines.AddRange(["", Outcome(advice), $"Kenmerk: {advice.ReferralId.ReferralCode()}"]);
        return string.Join('\n', lines);
    }

    private static string Outcome(Advice advice) => advice switch
    {
        { FinalAt: null } => "Dit advies is nog niet definitief.",
        { Resident.SharesWithGp: true, FinalAt: { } at } => $"Het advies is ondertekend op {at.DayInDutch()} en gaat naar de huisarts. De inwoner vindt dat goed.",
        { FinalAt: { } at } => $"Het advies is ondertekend op {at.DayInDutch()}. De inwoner wil niet dat de huisarts het leest.",
    };

    private static async Task<IResult> Download(Guid id, HttpContext http, FeedbackDbContext db, AdviceSurroundings surroundings, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        var advice = await db.Advices.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (advice is null || !advice.IsWrittenBy(http.User.Who()))
        {
            return Results.NotFound();
        }

        var (_, conversation) = await surroundings.Of(advice.ReferralId, ct);
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Advice/{id}", "own-dossier", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(
            Encoding.UTF8.GetBytes(Of(advice, conversation)), "text/plain; charset=utf-8", $"verkennend-gesprek-{advice.ReferralId.ReferralCode()}.txt");
    }
}
