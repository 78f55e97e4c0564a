using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Fhir;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Informing;

/// <summary>Gives feedback a version of the Task, in the words of the practice it goes to.</summary>
internal static class InformOfTask
{
    public static void MapInformOfTask(this IEndpointRouteBuilder app) => app.MapGet("/internal/tasks/{id:guid}", Handle)
        .RequireAuthorization(Hosting.Authentication.ServiceWith("referral.recipient"));

    private static async Task<IResult> Handle(
        Guid id, int? version, HttpContext http, IntakeDbContext db, PublicAddress address, TimeProvider clock, CancellationToken ct)
    {
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
        if (task is null)
        {
            return Results.NotFound();
        }

        var referral = await db.Referrals.AsNoTracking().SingleAsync(r => r.Id == task.ReferralId, ct);
        var practice = await db.Practices.AsNoTracking().SingleAsync(p => p.Id == task.PracticeId, ct);
        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Task/{id}", "update-task", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        var asked = version < task.Version ? await db.Set<TaskVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.TaskId == id && v.Version == version, ct) : null;
        var shown = asked ?? task.Current();
        var document = ForPractice(TaskDocument.Of(task, shown, TaskPart.Coordination)!, referral, address.Base);
        return Results.Json(new ToldTask(ToldPractice.Of(practice), shown.Version, JsonSerializer.SerializeToElement<Base>(document, FhirJson.Options)));
    }

    // Elsewhere our ids say nothing: the referral is named by the practice's own number, and by a whole address of ours.
    private static Hl7.Fhir.Model.Task ForPractice(Hl7.Fhir.Model.Task task, Referral referral, string? ours)
    {
        task.Meta = new Meta { LastUpdated = task.Meta?.LastUpdated };
        task.Focus = new ResourceReference
        {
            Type = "ServiceRequest",
            Reference = ours is null ? null : $"{ours}/ServiceRequest/{referral.Id}",
            Identifier = new Identifier(referral.SourceSystem, referral.SourceValue),
        };
        return task;
    }

    private sealed record ToldTask(ToldPractice Practice, int Version, JsonElement Resource);
}
