using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using Task = Hl7.Fhir.Model.Task;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>Which Task of a referral: the coordination itself, what each professional does, or the huisarts's own question to cancel.</summary>
internal enum TaskPart
{
    Coordination,
    MentalHealth,
    SocialDomain,
    Cancellation,
}

/// <summary>The Tasks of a referral, as a GP system reads them. All but the first live in the first, and have its versions.</summary>
internal static class TaskDocument
{
    private static readonly Dictionary<string, TaskPart> Suffixes = new()
    {
        [""] = TaskPart.Coordination,
        [".ggz"] = TaskPart.MentalHealth,
        [".sociaal"] = TaskPart.SocialDomain,
        [".annulering"] = TaskPart.Cancellation,
    };

    /// <summary>Our id of the coordination Task, and which part of it is meant.</summary>
    internal static (Guid Task, TaskPart Part)? Address(string id) =>
        id.Length >= 36 && Guid.TryParseExact(id[..36], "D", out var task) && Suffixes.TryGetValue(id[36..], out var part) ? (task, part) : null;

    internal static string IdOf(Guid task, TaskPart part) => task + Suffixes.Single(s => s.Value == part).Key;

    internal static Task Of(ReferralTask task) => Of(task, task.Current(), TaskPart.Coordination)!;

    /// <summary>The professionals' own Tasks, once there is a duo.</summary>
    internal static IEnumerable<Task> PartsOf(ReferralTask task) => new[] { TaskPart.MentalHealth, TaskPart.SocialDomain }
        .Select(part => Of(task, task.Current(), part)).OfType<Task>();

    /// <summary>Null when this version has no such part.</summary>
    internal static Task? Of(ReferralTask task, TaskVersion version, TaskPart part) => part switch
    {
        TaskPart.MentalHealth => Professional(task, version, part, version.MentalHealthProfessionalId, "GGZ"),
        TaskPart.SocialDomain => Professional(task, version, part, version.SocialDomainProfessionalId, "sociaal domein"),
        TaskPart.Cancellation => Cancellation(task, version),
        _ => Coordination(task, version),
    };

    private static Task Coordination(ReferralTask task, TaskVersion version)
    {
        var (_, status, business, display) = ReferralStatus.Of(version.State);
        var document = Begin(task, version, TaskPart.Coordination, status, "fulfill");
        document.BusinessStatus = business is null ? null : new CodeableConcept(CodeSystems.BusinessStatus, business, display, display);
        document.StatusReason = ClosingReasons.Told(version.ClosedBecause);
        document.Focus = new ResourceReference($"ServiceRequest/{task.ReferralId}");
        document.Owner = new ResourceReference { Display = "Planning verkennend gesprek" };
        document.Extension.AddRange(NextActions.Of(version.State));
        if (version.DocumentReferenceId is { } letter)
        {
            document.Output.Add(new Task.OutputComponent
            {
                Type = new CodeableConcept(CodeSystems.DocumentCategory, "advies-verkennend-gesprek", "Advies verkennend gesprek", null),
                Value = new ResourceReference($"DocumentReference/{letter}"),
            });
        }

        return document;
    }

    private static Task? Professional(ReferralTask task, TaskVersion version, TaskPart part, Guid? professional, string side)
    {
        if (professional is not { } id)
        {
            return null;
        }

        var status = ReferralStatus.Of(version.State).Task;
        var isAhead = status is Task.TaskStatus.InProgress && version.State is not (ReferralState.ConversationHeld or ReferralState.AdviceInPreparation);
        var document = Begin(task, version, part, isAhead ? Task.TaskStatus.Accepted : status is Task.TaskStatus.Rejected ? Task.TaskStatus.Cancelled : status, "fulfill");
        document.PartOf = [new ResourceReference($"Task/{task.Id}")];
        document.BasedOn = [new ResourceReference($"ServiceRequest/{task.ReferralId}")];
        document.Owner = new ResourceReference
        {
            Identifier = new Identifier(CodeSystems.Professional, id.ToString()),
            Display = $"Verkenner {side}",
        };
        return document;
    }

    private static Task? Cancellation(ReferralTask task, TaskVersion version)
    {
        var asked = task.Events.LastOrDefault(e => e.Event is ReferralEvent.CancellationRequested or ReferralEvent.WithdrawnByReferrer);
        if (asked is null)
        {
            return null;
        }

        var status = version.State switch
        {
            ReferralState.CancellationRequested => Task.TaskStatus.InProgress,
            ReferralState.Cancelled or ReferralState.WithdrawnByReferrer => Task.TaskStatus.Completed,
            ReferralState.EnteredInError => Task.TaskStatus.EnteredInError,
            _ => Task.TaskStatus.Failed, // it crossed with the conversation: the advice still follows
        };
        var document = Begin(task, version, TaskPart.Cancellation, status, "abort");
        document.Focus = new ResourceReference($"Task/{task.Id}");
        document.AuthoredOnElement = new FhirDateTime(asked.OccurredAt);
        document.StatusReason = status is Task.TaskStatus.Failed
            ? new CodeableConcept { Text = "Het gesprek was al gevoerd. Het advies volgt nog." }
            : null;
        return document;
    }

    private static Task Begin(ReferralTask task, TaskVersion version, TaskPart part, Task.TaskStatus status, string code) => new()
    {
        Id = IdOf(task.Id, part),
        Meta = new Meta { VersionId = $"{version.Version}", LastUpdated = version.UpdatedAt },
        Status = status,
        Intent = Task.TaskIntent.Order,
        Code = new CodeableConcept(CodeSystems.TaskCode, code),
        AuthoredOnElement = new FhirDateTime(task.AuthoredAt),
        LastModifiedElement = new FhirDateTime(version.UpdatedAt),
    };
}
