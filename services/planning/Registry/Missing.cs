namespace VGIntegration.Planning.Registry;

/// <summary>What is still to be done before somebody can be planned, or planned well.</summary>
internal enum Missing
{
    ELearning,
    Training,
    Registration,
    Stopped,
    Role,
    Agreement,
    OnePerson,
    DuoStopped,
    Duo,
    Moments,
    Met,
    SupportStaff,
    Research,
    Evaluation,
    Counting,
}

/// <summary>Something missing; of a professional, or of the duo as a whole.</summary>
internal sealed record MissingItem(Missing What, Guid? ProfessionalId = null)
{
    /// <summary>The first ones forbid planning; the others are for the project office to see to.</summary>
    internal bool Forbids => What <= Missing.DuoStopped;
}
