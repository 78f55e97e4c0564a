using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Claiming;

/// <summary>Who pays for the part of one professional.</summary>
internal enum Payer
{
    /// <summary>The health insurer, under the contract of the GGZ organisation.</summary>
    Insurer,

    /// <summary>The municipality, for the social domain.</summary>
    Municipality,
}

internal enum ClaimLineKind
{
    /// <summary>Counted because the conversation was held.</summary>
    Held,

    /// <summary>Takes another line back.</summary>
    Reversal,

    /// <summary>Counts what should have been counted.</summary>
    Right,
}

/// <summary>One professional's part: who, for which organisation, in which profession.</summary>
internal sealed record Performer(Guid ProfessionalId, Guid? OrganisationId, string? ProfessionCode);

/// <summary>Why a line is put right, by whom and when.</summary>
internal sealed record Correction(string Reason, string Login, DateTimeOffset At);

/// <summary>One line of the ledger: one professional's part in one conversation, or what puts such a line right. Nothing in it ever changes.</summary>
internal sealed class ClaimLine
{
    internal const int LongestReason = 500;

    private ClaimLine() { }

    public Guid Id { get; private set; }
    public ClaimLineKind Kind { get; private set; }

    /// <summary>The conversation that was held, or the line that this one puts right.</summary>
    public Guid OriginId { get; private set; }

    public Guid ConversationId { get; private set; }
    public Guid ReferralId { get; private set; }

    /// <summary>How the payer calls the conversation. It is drawn by lot, so that it leads nobody to the resident.</summary>
    public string ConversationNumber { get; private set; } = "";

    /// <summary>The day in the Netherlands on which it was held, wherever it was planned before.</summary>
    public DateOnly HeldOn { get; private set; }

    public Payer Payer { get; private set; }
    public Guid ProfessionalId { get; private set; }

    /// <summary>Null when the message did not tell it yet.</summary>
    public Guid? OrganisationId { get; private set; }

    /// <summary>Null when the message did not tell it yet.</summary>
    public string? ProfessionCode { get; private set; }

    /// <summary>1, or -1 for a line that takes another back: the sum is the count.</summary>
    public int Count { get; private set; }

    /// <summary>Why it was put right; null for what the conversation itself told.</summary>
    public string? Reason { get; private set; }

    /// <summary>The log-in of who put it right.</summary>
    public string? RecordedBy { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public Performer Performer => new(ProfessionalId, OrganisationId, ProfessionCode);

    /// <summary>Both lines of a conversation: the GGZ's part for the insurer and the social domain's for the municipality.</summary>
    public static IReadOnlyList<ClaimLine> Of(
        (Guid ConversationId, Guid ReferralId, DateOnly HeldOn) held, Performer mentalHealth, Performer socialDomain, DateTimeOffset now)
    {
        var number = ClaimNumber.Draw();
        return
        [
            Counted(Payer.Insurer, mentalHealth),
            Counted(Payer.Municipality, socialDomain),
        ];

        ClaimLine Counted(Payer payer, Performer performer) => new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = ClaimLineKind.Held,
            OriginId = held.ConversationId,
            ConversationId = held.ConversationId,
            ReferralId = held.ReferralId,
            ConversationNumber = number,
            HeldOn = held.HeldOn,
            Payer = payer,
            ProfessionalId = performer.ProfessionalId,
            OrganisationId = performer.OrganisationId,
            ProfessionCode = performer.ProfessionCode,
            Count = 1,
            RecordedAt = now,
        };
    }

    /// <summary>Takes this line back and, where there is one, counts the right one in its place.</summary>
    public IReadOnlyList<ClaimLine> Correct((DateOnly HeldOn, Performer Performer)? right, Correction correction)
    {
        if (Kind is ClaimLineKind.Reversal)
        {
            throw new RuleBrokenException("Deze regel haalt zelf een regel weg. U kunt het gesprek alleen opnieuw tellen.");
        }

        if (right is { } same && same.HeldOn == HeldOn && same.Performer == Performer)
        {
            throw new RuleBrokenException("Er verandert niets. Kies een andere dag, verkenner of organisatie.");
        }

        return right is { } one
            ? [Follow(ClaimLineKind.Reversal, Id, HeldOn, Performer, correction), Follow(ClaimLineKind.Right, Id, one.HeldOn, one.Performer, correction)]
            : [Follow(ClaimLineKind.Reversal, Id, HeldOn, Performer, correction)];
    }

    /// <summary>After a line was taken back that was right all the same: counts it, or what it should have been.</summary>
    public ClaimLine CountAgain(DateOnly heldOn, Performer performer, Correction correction) => Kind is ClaimLineKind.Reversal
        ? Follow(ClaimLineKind.Right, OriginId, heldOn, performer, correction)
        : throw new RuleBrokenException("Deze regel telt al.");

    private ClaimLine Follow(ClaimLineKind kind, Guid originId, DateOnly heldOn, Performer performer, Correction correction)
    {
        if (string.IsNullOrWhiteSpace(correction.Reason) || correction.Reason.Length > LongestReason)
        {
            throw new RuleBrokenException($"Schrijf op waarom, in hoogstens {LongestReason} tekens.");
        }

        var today = correction.At.LocalDay();
        if (heldOn != HeldOn && (heldOn > today || heldOn < today.AddYears(-10)))
        {
            throw new RuleBrokenException("Kies een dag in de afgelopen tien jaar.");
        }

        return new()
        {
            Id = Guid.CreateVersion7(correction.At),
            Kind = kind,
            OriginId = originId,
            ConversationId = ConversationId,
            ReferralId = ReferralId,
            ConversationNumber = ConversationNumber,
            HeldOn = heldOn,
            Payer = Payer,
            ProfessionalId = performer.ProfessionalId,
            OrganisationId = performer.OrganisationId,
            ProfessionCode = performer.ProfessionCode,
            Count = kind is ClaimLineKind.Reversal ? -1 : 1,
            Reason = correction.Reason,
            RecordedBy = correction.Login,
            RecordedAt = correction.At,
        };
    }
}
