using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.OperationOutcome;
using Task = Hl7.Fhir.Model.Task;

namespace VGIntegration.GpSystem.Filing;

/// <summary>News of a referral comes in, as a FHIR Task.</summary>
internal static class ReceiveTask
{
    public static void MapReceiveTask(this IEndpointRouteBuilder app) =>
        app.MapPut("/gp-system/fhir/Task/{id}", Handle).AllowAnonymous();

    private static IResult Handle(string id, FhirBody<Task> body, HttpRequest request, Cabinet cabinet, TimeProvider clock)
    {
        if (body.Resource is not { } task)
        {
            return body.Refusal!;
        }

        if (!ReceiveDocument.Id.IsMatch(id) || task.Id != id)
        {
            return FhirAnswer.Refused(400, IssueType.Invariant, "Task.id must be the id in the address.");
        }

        return cabinet.Locked(() =>
        {
            var (kept, isNew) = cabinet.Keep(task, clock.GetUtcNow());
            return FhirAnswer.Stored(request, kept, isNew);
        });
    }
}
