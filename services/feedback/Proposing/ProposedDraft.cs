using System.Security.Cryptography;
using Hl7.Fhir.Model;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Proposing;

/// <summary>
/// The referral that the advice proposes, as a FHIR R4 ServiceRequest that the huisarts need only sign: a proposal, still a
/// draft. It has no priority: a conversation is no way round a waiting list.
/// </summary>
internal static class ProposedDraft
{
    internal const string DraftSystem = $"{CodeSystems.Base}/NamingSystem/verwijsvoorstel";

    /// <summary>The draft of a letter: the same over all retries, in whichever way it goes.</summary>
    public static Guid IdOf(Guid letterId)
    {
        var bytes = SHA256.HashData([.. letterId.ToByteArray(bigEndian: true), .. "draft"u8])[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x80), (byte)((bytes[8] & 0x3F) | 0x80)); // RFC 9562 section 5.8
        return new Guid(bytes, bigEndian: true);
    }

    /// <param name="letter">The reference to the letter that explains it, as the practice can follow it.</param>
    /// <param name="replaced">The letter whose draft it replaces.</param>
    public static ServiceRequest Of(Guid letterId, AdviceEdition edition, Guid referralId, Recipient recipient, string letter, Guid? replaced)
    {
        var (id, proposed) = (IdOf(letterId), edition.ProposedToGp ?? throw new RuleBrokenException("This advice proposes no referral."));
        var (code, text) = CodeOf(proposed.Care);
        return new ServiceRequest
        {
            Id = id.ToString(),
            Identifier = [new Identifier(DraftSystem, id.ToString())],
            BasedOn = [LetterDocument.Referral(referralId, recipient)],
            Replaces = replaced is { } old ? [Reference(IdOf(old))] : [],
            Status = RequestStatus.Draft,
            Intent = RequestIntent.Proposal,
            Category = [new CodeableConcept(CodeSystems.Snomed, "3457005", "Patient referral", null)],
            Code = new CodeableConcept(CodeSystems.ProposedCare, code, text, text),
            Subject = LetterDocument.Subject(recipient),
            AuthoredOnElement = new FhirDateTime(edition.DatedAt),
            Requester = Requester(recipient),
            ReasonCode = [new CodeableConcept { Text = proposed.Reason }],
            SupportingInfo = [new ResourceReference(letter, "Advies verkennend gesprek")],
        };
    }

    /// <summary>The same draft, when it no longer counts: nothing of the reason is in it.</summary>
    public static ServiceRequest Ended(string? id, Guid letterId, (RequestStatus Status, DateTimeOffset At) end, Guid referralId, Recipient recipient, ProposedCare care)
    {
        var (code, text) = CodeOf(care);
        return new ServiceRequest
        {
            Id = id,
            Identifier = [new Identifier(DraftSystem, IdOf(letterId).ToString())],
            BasedOn = [LetterDocument.Referral(referralId, recipient)],
            Status = end.Status,
            Intent = RequestIntent.Proposal,
            Code = new CodeableConcept(CodeSystems.ProposedCare, code, text, text),
            Subject = LetterDocument.Subject(recipient),
            AuthoredOnElement = new FhirDateTime(end.At),
        };
    }

    private static ResourceReference Reference(Guid draft) => new()
    {
        Type = "ServiceRequest",
        Identifier = new Identifier(DraftSystem, draft.ToString()),
    };

    // Who signs is the huisarts: the one who referred where that is known, and else the practice.
    private static ResourceReference Requester(Recipient recipient) => recipient.Referrer is { Length: > 0 } referrer
        ? new ResourceReference { Type = "Practitioner", Display = referrer }
        : new ResourceReference
        {
            Type = "Organization",
            Identifier = recipient.Practice.Agb is { Length: > 0 } agb ? new Identifier(IdentifierSystems.Agb, agb) : null,
            Display = recipient.Practice.Name,
        };

    private static (string Code, string Text) CodeOf(ProposedCare care) => care switch
    {
        ProposedCare.BasicCare => ("basis-ggz", care.InDutch()),
        ProposedCare.SpecialisedCare => ("gespecialiseerde-ggz", care.InDutch()),
        _ => ("anders", ProposedCare.Other.InDutch()),
    };
}
