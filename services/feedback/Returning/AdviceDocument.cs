using Hl7.Fhir.Model;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Returning;

/// <summary>The advice as the FHIR R4 DocumentReference of interface section 5, with the PDF inside.</summary>
internal static class AdviceDocument
{
    private const string ConversationSystem = $"{CodeSystems.Base}/NamingSystem/verkennend-gesprek";
    private const string ProfessionalSystem = $"{CodeSystems.Base}/NamingSystem/verkenner";
    private const string LetterTitle = "Advies verkennend gesprek";
    private const string CorrectedTitle = $"{LetterTitle}, gecorrigeerd";

    /// <param name="replaced">The letter that it replaces, and where known the id it has at the practice.</param>
    public static DocumentReference Of(Guid id, AdviceLetter content, (Guid Id, string? IdThere)? replaced = null)
    {
        var (advice, recipient, conversation) = (content.Advice, content.Recipient, content.Conversation);
        var signedAt = content.Edition.FinalAt ?? throw new RuleBrokenException("Only an advice with its three marks goes to the huisarts.");
        var people = advice.Authors.Select((a, i) => Professional(i + 1, a, conversation)).ToList();
        var letter = LetterDocument.Of(id, advice.ReferralId, recipient, (replaced is null ? LetterTitle : CorrectedTitle, "advies-verkennend-gesprek", signedAt), AdvicePdf.Write(content));
        letter.Contained = [.. people.SelectMany(p => p.Contained)];
        letter.Author = [.. people.SelectMany(p => p.Authors)];
        letter.Custodian = people[0].Authors[1];
        letter.RelatesTo = replaced is { } old ? [Replaces(old.Id, old.IdThere)] : [];
        letter.Context!.Encounter =
        [
            new ResourceReference
            {
                Type = "Encounter",
                Identifier = new Identifier(ConversationSystem, advice.ConversationId.ToString()),
                Display = "Verkennend gesprek",
            },
        ];
        letter.Context.Period = new Period(new FhirDateTime(advice.StartsAt), new FhirDateTime(advice.EndsAt));
        return letter;
    }

    private static DocumentReference.RelatesToComponent Replaces(Guid id, string? idThere) => new()
    {
        Code = DocumentRelationshipType.Replaces,
        Target = new ResourceReference
        {
            Type = "DocumentReference",
            Reference = idThere is null ? null : $"DocumentReference/{idThere}",
            Identifier = new Identifier(LetterDocument.LetterSystem, id.ToString()),
        },
    };

    // FHIR R4: an author is a PractitionerRole or an Organization; contained, for the GP system knows neither.
    private static (List<Resource> Contained, List<ResourceReference> Authors) Professional(
        int number, Author author, HeldConversation conversation)
    {
        var colleague = conversation.Professional(author.ProfessionalId);
        var (name, organisationName) = (colleague?.Name ?? "Onbekend", colleague?.Organisation ?? "Onbekend");
        var (person, organisation, role) = ($"professional-{number}", $"organisation-{number}", $"role-{number}");
        List<ContactPoint> telecom = colleague?.Telephone is { Length: > 0 } telephone
            ? [new ContactPoint(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Work, telephone)]
            : [];
        return (
            [
                new Practitioner
                {
                    Id = person,
                    Identifier = [new Identifier(ProfessionalSystem, author.ProfessionalId.ToString())],
                    Name = [new HumanName { Text = name }],
                },
                new Organization { Id = organisation, Name = organisationName },
                new PractitionerRole
                {
                    Id = role,
                    Practitioner = new ResourceReference($"#{person}", name),
                    Organization = new ResourceReference($"#{organisation}", organisationName),
                    Code = colleague?.Profession is { Length: > 0 } profession ? [new CodeableConcept { Text = profession }] : [],
                    Telecom = telecom,
                },
            ],
            [new ResourceReference($"#{role}", name), new ResourceReference($"#{organisation}", organisationName)]);
    }
}
