using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;
using VGIntegration.ReferralIntake.Subscribing;
using VGIntegration.ReferralIntake.Supplementing;
using TaskStatus = Hl7.Fhir.Model.Task.TaskStatus;

namespace VGIntegration.ReferralIntake.Informing;

/// <summary>
/// Tells our own services what they need of a resident at the moment they show or print it. The look is in the audit before
/// the answer leaves. What goes to whom is decided in <see cref="Disclosure"/>.
/// </summary>
internal static class InformServices
{
    public static void MapInformServices(this IEndpointRouteBuilder app)
    {
        var asked = app.MapGroup("/internal/referrals/{id:guid}");
        asked.MapGet("/contact", Contact).RequireAuthorization(Hosting.Authentication.ServiceWith("referral.contact"));
        asked.MapGet("/question", Question).RequireAuthorization(Hosting.Authentication.ServiceWith("referral.attachment"));
        asked.MapGet("/recipient", Recipient).RequireAuthorization(Hosting.Authentication.ServiceWith("referral.recipient"));
        asked.MapGet("/research-contact", ResearchContact).RequireAuthorization(Hosting.Authentication.ServiceWith("referral.research"));
        app.MapShareWithSocialDomain();
        app.MapInformOfTask();
        app.MapInformOfNotification();
        app.MapInformPlanner();
    }

    private static async Task<IResult> Contact(Guid id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (await Find(id, "call-resident", http, db, clock, ct) is not var (referral, practice))
        {
            return Results.NotFound();
        }

        var resident = referral.Resident;
        var text = await http.MayReadFromGp(db, id, ct) ? referral.Reason : null;
        return Results.Json(new ResidentContact(
            resident.Name, resident.BirthDate, resident.TelephoneNumbers, resident.Email, resident.Address, referral.Priority,
            text, referral.CriterionCodes, referral.Referrer, practice.Name));
    }

    // What the huisarts asks and why, for who may read it: without the resident, whom the conversation itself introduces.
    private static async Task<IResult> Question(Guid id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!await http.MayReadFromGp(db, id, ct))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var why = http.WhoLooks() is Onlooker.Planner ? "plan-conversation" : "hold-conversation";
        return await Find(id, why, http, db, clock, ct) is var (referral, _)
            ? Results.Json(new AskedByGp(referral.Reason, referral.CriterionCodes))
            : Results.NotFound();
    }

    private static async Task<IResult> Recipient(Guid id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (await Find(id, "return-advice", http, db, clock, ct) is not var (referral, practice))
        {
            return Results.NotFound();
        }

        var task = await db.Tasks.AsNoTracking().SingleAsync(t => t.ReferralId == id, ct);
        var resident = referral.Resident;
        return Results.Json(new LetterRecipient(
            referral.Id, referral.SourceSystem, referral.SourceValue, ToldPractice.Of(practice), referral.Referrer,
            new(resident.Name, Disclosure.Bsn(http.WhoLooks(), practice) ? resident.Bsn : null, resident.BirthDate, resident.PatientReference), EndOf(task)));
    }

    // For who takes part in the study, which feedback knows: how to reach them, and nothing of care.
    private static async Task<IResult> ResearchContact(Guid id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (await Find(id, "research-contact", http, db, clock, ct) is not var (referral, _))
        {
            return Results.NotFound();
        }

        var resident = referral.Resident;
        return Results.Json(new ReachedForResearch(resident.Name, resident.TelephoneNumbers, resident.Email, resident.Address));
    }

    private static End? EndOf(ReferralTask task) => ReferralStatus.Of(task.State) switch
    {
        { Task: TaskStatus.Rejected or TaskStatus.Cancelled or TaskStatus.Failed, Business: { } code } =>
            new(code, task.ClosedBecause, task.UpdatedAt),
        _ => null,
    };

    private static async Task<(Referral Referral, Practice Practice)?> Find(
        Guid id, string why, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var referral = await db.Referrals.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (referral is null)
        {
            return null;
        }

        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == referral.PracticeId, ct);
        var person = http.Request.Headers["X-On-Behalf-Of"].ToString() is { Length: > 0 and <= 200 } name ? name : null;
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Referral/{id}", why, clock.GetUtcNow(), person));
        await db.SaveChangesAsync(ct);
        return (referral, practice);
    }

    private sealed record ResidentContact(
        string Name, DateOnly BirthDate, IReadOnlyList<string> Telephones, string? Email, string? Address, string Priority,
        string? Reason, IReadOnlyList<string> Criteria, string Referrer, string Practice);

    private sealed record AskedByGp(string? Reason, IReadOnlyList<string> Criteria);

    private sealed record LetterRecipient(
        Guid ReferralId, string IdentifierSystem, string IdentifierValue, ToldPractice Practice, string Referrer, LetterResident Resident,
        End? Ended);

    private sealed record ReachedForResearch(string Name, IReadOnlyList<string> Telephones, string? Email, string? Address);

    private sealed record End(string BusinessStatus, string? Reason, DateTimeOffset At);

    private sealed record LetterResident(string Name, string? Bsn, DateOnly BirthDate, string? PatientReference);
}

/// <summary>Where what is sent to a practice goes.</summary>
internal sealed record ToldPractice(
    Guid Id, string Name, string? Agb, string? Ura, string? FhirBase, string Delivery, bool TakesTransactions, bool WantsTasks)
{
    internal static ToldPractice Of(Practice practice) => new(
        practice.Id, practice.Name, practice.Agb, practice.Ura, practice.FhirBase, practice.Delivery.ToString(), practice.TakesTransactions,
        practice is { TakesTaskUpdates: true, FhirBase: not null });
}
