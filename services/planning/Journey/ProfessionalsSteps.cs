using VGIntegration.Planning.Matching;

namespace VGIntegration.Planning.Journey;

/// <summary>What the two professionals say to a proposal, before a planner books.</summary>
internal sealed partial class ReferralJourney
{
    /// <summary>Who said no, to a day or at all: as <see cref="Matching.Declined"/> writes it, with spaces between.</summary>
    public string? Declined { get; private set; }

    internal void Agreed(bool both, string by, DateTimeOffset now)
    {
        Add(Step.ProfessionalAgreed, now, by);
        if (both)
        {
            Add(Step.AssignmentAccepted, now);
        }
    }

    internal void Decline(Declined declined, string by, DateTimeOffset now)
    {
        Declined = string.Join(' ', Matching.Declined.Read(Declined).Append(declined).Distinct().TakeLast(40));
        Add(Step.ProfessionalDeclined, now, by, note: declined.Day is null ? "Liever een ander voor deze inwoner" : "Kan die dag niet");
    }

    private void Add(Step step, DateTimeOffset at) => Add(new JourneyStep(_steps.Count + 1, step, at));
}
