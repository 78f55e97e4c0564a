using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Printing;

/// <summary>What stands in one letter: an edition of an advice, and what only others know.</summary>
internal sealed record AdviceLetter(Advice Advice, AdviceEdition Edition, Recipient Recipient, HeldConversation Conversation)
{
    /// <summary>Only for the practice: the social domain gets no BSN, not in a preview either.</summary>
    public bool WithBsn { get; init; }

    /// <summary>When the letter was dated that this one replaces; null when it is the first.</summary>
    public DateTimeOffset? Replaces { get; init; }

    /// <summary>Who writes: the region, at the top.</summary>
    public Masthead Masthead { get; init; } = Masthead.None;

    /// <summary>Who signed, and when; null in a concept that this one has not signed.</summary>
    public IReadOnlyList<(Author Author, DateTimeOffset? SignedAt)> Signatures =>
        [(Advice.MentalHealth, Edition.MentalHealthSignedAt), (Advice.SocialDomain, Edition.SocialDomainSignedAt)];

    /// <summary>Whom to call first; both when nobody was chosen.</summary>
    public IEnumerable<(Author Author, DateTimeOffset? SignedAt)> ContactFirst => Signatures.OrderBy(s => s.Author.ProfessionalId != Edition.ContactId);
}
