namespace VGIntegration.Planning.Registry;

/// <summary>Where professionals work.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
}

/// <summary>Confidentiality and information sharing between two organisations, while it is in force.</summary>
internal sealed class Agreement
{
    public required Guid Id { get; init; }
    public required Guid OneOrganisationId { get; init; }
    public required Guid OtherOrganisationId { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? Until { get; init; }

    internal bool IsInForce(DateOnly day) => From <= day && !(day > Until);
}
