using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using Task = Hl7.Fhir.Model.Task;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>The coordination Task of a referral, as a GP system reads it.</summary>
internal static class TaskDocument
{
    internal static Task Of(ReferralTask task)
    {
        var (_, status, business, display) = ReferralStatus.Of(task.State);
        var document = new Task
        {
            Id = task.Id.ToString(),
            Meta = new Meta { VersionId = $"{task.Version}", LastUpdated = task.UpdatedAt },
            Status = status,
            BusinessStatus = new CodeableConcept(CodeSystems.BusinessStatus, business, display, display),
            Intent = Task.TaskIntent.Order,
            Code = new CodeableConcept(CodeSystems.TaskCode, "fulfill"),
            Focus = new ResourceReference($"ServiceRequest/{task.ReferralId}"),
            AuthoredOnElement = new FhirDateTime(task.AuthoredAt),
            LastModifiedElement = new FhirDateTime(task.UpdatedAt),
            Owner = new ResourceReference { Display = "Planning verkennend gesprek" },
        };
        if (task.DocumentReferenceId is { } letter)
        {
            document.Output.Add(new Task.OutputComponent
            {
                Type = new CodeableConcept(CodeSystems.DocumentCategory, "advies-verkennend-gesprek", "Advies verkennend gesprek", null),
                Value = new ResourceReference($"DocumentReference/{letter}"),
            });
        }

        return document;
    }
}
