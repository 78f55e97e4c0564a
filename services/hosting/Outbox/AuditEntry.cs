namespace VGIntegration.Hosting.Outbox;

/// <summary>
/// One look at or change of personal data: who, what, when and why. The content follows NEN 7513 and the FHIR R4
/// AuditEvent; it names no resident, only the id of what was seen.
/// </summary>
public sealed class AuditEntry
{
    private AuditEntry() { }

    public Guid Id { get; private set; }

    /// <summary>When; UTC. FHIR R4 AuditEvent.recorded.</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>C, R, U, D or E. FHIR R4 AuditEvent.action.</summary>
    public string Action { get; private set; } = "";

    /// <summary>The client or the log-in that asked. FHIR R4 AuditEvent.agent.who.</summary>
    public string Who { get; private set; } = "";

    /// <summary>The person for whom another service asked, where there is one.</summary>
    public string? OnBehalfOf { get; private set; }

    /// <summary>Type and id, such as Referral/3f… . FHIR R4 AuditEvent.entity.what.</summary>
    public string What { get; private set; } = "";

    /// <summary>A code for the reason, such as call-resident. FHIR R4 AuditEvent.purposeOfEvent.</summary>
    public string Why { get; private set; } = "";

    /// <summary>An entry, to be added in the same save as the change, or saved before what was asked for is shown.</summary>
    public static AuditEntry Of(
        string action, string who, string what, string why, DateTimeOffset now, string? onBehalfOf = null) => new()
        {
            Id = Guid.CreateVersion7(now),
            RecordedAt = now,
            Action = action,
            Who = who,
            OnBehalfOf = onBehalfOf,
            What = what,
            Why = why,
        };
}
