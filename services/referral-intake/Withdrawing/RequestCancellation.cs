using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Withdrawing;

/// <summary>
/// POST Task with code abort (HL7 Clinical Order Workflows): the huisarts asks to cancel what is being done. Before a
/// conversation was booked it is a withdrawal at once; after that planning confirms.
/// </summary>
internal static class RequestCancellation
{
    public static void MapRequestCancellation(this IEndpointRouteBuilder fhir) => fhir.MapPost("/Task", Handle).Needs("Task", 'c');

    private static async Task<IResult> Handle(FhirBody body, HttpContext http, IntakeDbContext db, ReferralChanges changes, CancellationToken ct)
    {
        if (body.Resource is null)
        {
            return FhirResult.Refused(body.RefusedWith, body.Findings);
        }

        if (body.Resource is not Hl7.Fhir.Model.Task asked)
        {
            return FhirResult.Refused(400, Finding.Error(IssueType.Value, body.Resource.TypeName, "Stuur hier een Task."));
        }

        var wrong = Judge(asked).ToList();
        if (wrong.Count > 0)
        {
            return FhirResult.Refused(422, wrong);
        }

        var isNew = false;
        return await changes.Apply(http, await ReferralOf(asked, http, db, ct), null, Decide, stored => Answer(http, stored, isNew ? 201 : 200));

        Decision Decide(StoredReferral stored)
        {
            var decision = RequestCancellation.Decide(stored);
            isNew = decision.Action is not null;
            return decision;
        }
    }

    private static IEnumerable<Finding> Judge(Hl7.Fhir.Model.Task asked)
    {
        if (!(asked.Code?.Coding.Any(c => c.Code == "abort" && c.System is CodeSystems.TaskCode or null) ?? false))
        {
            yield return Finding.Error(asked.Code is null ? IssueType.Required : IssueType.CodeInvalid, "Task.code",
                $"Met een Task kunt u alleen annulering vragen: zet in code 'abort' uit {CodeSystems.TaskCode}.");
        }

        if (Target(asked) is null)
        {
            yield return Finding.Error(IssueType.Required, "Task.focus", "Zet in focus de Task die u wilt annuleren: Task/{id}.");
        }
    }

    private static (string Type, string Id)? Target(Hl7.Fhir.Model.Task asked) =>
        asked.Focus?.Reference?.Split('/') is [.., "Task" or "ServiceRequest", { Length: > 0 }] parts ? (parts[^2], parts[^1]) : null;

    private static async Task<Guid?> ReferralOf(Hl7.Fhir.Model.Task asked, HttpContext http, IntakeDbContext db, CancellationToken ct)
    {
        var (type, id) = Target(asked)!.Value;
        return type == "ServiceRequest"
            ? Guid.TryParse(id, out var referral) ? referral : null
            : await OwnTask.Find(db, id, http.PracticeId(), ct) is (var task, TaskPart.Coordination) ? task.ReferralId : null;
    }

    internal static Decision Decide(StoredReferral stored)
    {
        var state = stored.Task.State;
        return state is ReferralState.CancellationRequested or ReferralState.Cancelled or ReferralState.WithdrawnByReferrer ? Decision.Nothing
            : StateTable.Next(state, ReferralEvent.CancellationRequested, Role.GpSystem) is not null ? new(Action: ReferralEvent.CancellationRequested)
            : StateTable.Next(state, ReferralEvent.WithdrawnByReferrer, Role.GpSystem) is not null ? new(Action: ReferralEvent.WithdrawnByReferrer)
            : new(FhirResult.Refused(422, Finding.Error(IssueType.BusinessRule, "Task.focus", NextActions.Refusal(state, "annulering-gevraagd"))));
    }

    private static FhirResult Answer(HttpContext http, StoredReferral stored, int status)
    {
        var task = TaskDocument.Of(stored.Task, stored.Task.Current(), TaskPart.Cancellation)!;
        var isMinimal = http.Request.Headers["Prefer"].ToString().Contains("return=minimal", StringComparison.OrdinalIgnoreCase);
        return new FhirResult(status, isMinimal ? null : task)
        {
            Location = $"{http.Request.Scheme}://{http.Request.Host}/fhir/Task/{task.Id}",
            VersionId = $"{stored.Task.Version}",
            LastModified = stored.Task.UpdatedAt,
        };
    }
}
