using VGIntegration.Planning.Conversing;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Scheduling;

/// <summary>What stands around a referral on its page: the resident as intake tells it now, the norm, and who can step in.</summary>
internal sealed class ReferralDetails(
    ReferralIntakeClient intake, KnownRegion known, Replacements replacements, PlannerRules rules, ConversingRules conversing, TimeProvider clock)
{
    internal bool MayBeEarly => conversing.MayBeEarly;

    internal IReadOnlyList<string> ClosingReasons => rules.ClosingReasons;

    internal ValueTask<Region> Region(CancellationToken ct) => known.Get(ct);

    internal WaitingTime WaitingOf(ReferralJourney journey, Conversation? conversation) => WaitingTime.Of(journey, conversation, rules, clock.GetUtcNow());

    internal async Task<(ResidentContact?, IReadOnlyList<Attachment>)> Resident(Guid referralId, CancellationToken ct)
    {
        var contact = await intake.Contact(referralId, ct);
        return (contact, (contact is null ? null : await intake.Attachments(referralId, ct)) ?? []);
    }

    internal async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Replacement>>> Replacements(Conversation booked, CancellationToken ct) =>
        new Dictionary<Guid, IReadOnlyList<Replacement>>
        {
            [booked.MentalHealthProfessionalId] = await replacements.For(booked, booked.MentalHealthProfessionalId, ct),
            [booked.SocialDomainProfessionalId] = await replacements.For(booked, booked.SocialDomainProfessionalId, ct),
        };
}
