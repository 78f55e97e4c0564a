using VGIntegration.Fhir;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>
/// Every rule by its name. Refused is only what nobody could act on (domain.md, "When a huisarts refers"); everything else
/// is a warning. The same table stands in contracts/fhir/README.md with an example for each; a test holds them together.
/// </summary>
internal static class Rules
{
    // The message as a whole
    internal static readonly Rule BundleTypeMissing = Refuse("bundle-type-missing", IssueType.Required, "Bundle.type",
        "Bundle.type ontbreekt. Stuur een Bundle van het type transaction, message of document.");
    internal static readonly Rule BundleTypeUnsupported = Refuse("bundle-type-unsupported", IssueType.NotSupported, "Bundle.type",
        "Dit type Bundle is geen verwijzing. Stuur een Bundle van het type transaction, message of document.");
    internal static readonly Rule EntryTooMany = Refuse("entry-too-many", IssueType.TooLong, "*",
        "Dit zijn te veel onderdelen voor één verwijzing (hoogstens 200). Stuur alleen wat bij deze verwijzing hoort.");
    internal static readonly Rule EntryEmpty = Refuse("entry-empty", IssueType.Required, "Bundle.entry.resource",
        "Dit onderdeel van de Bundle is leeg. Vul resource, of haal het onderdeel weg.");
    internal static readonly Rule EntryMethod = Refuse("entry-method", IssueType.NotSupported, "Bundle.entry.request.method",
        "Een nieuwe verwijzing komt met POST; wat erbij hoort met POST of PUT. Verander request.method.");
    internal static readonly Rule EntryRequestMissing = Tell("entry-request-missing", IssueType.Required, "Bundle.entry.request",
        "In een transaction hoort bij elk onderdeel een request. Het is gelezen als POST; vul request.method en request.url.");
    internal static readonly Rule FullUrlDuplicate = Tell("full-url-duplicate", IssueType.Invariant, "Bundle.entry.fullUrl",
        "Deze fullUrl komt twee keer voor; voor verwijzingen ernaar is het eerste onderdeel genomen. Geef elk onderdeel een eigen fullUrl.");
    internal static readonly Rule RequestMissing = Refuse("request-missing", IssueType.Required, "*",
        "Er is geen ServiceRequest. Een verwijzing is een ServiceRequest, met de Patient en de verwijzer erbij.");
    internal static readonly Rule RequestMoreThanOne = Refuse("request-more-than-one", IssueType.Invariant, "*",
        "Er zijn meer ServiceRequests. Stuur één verwijzing per bericht.");
    internal static readonly Rule MessageHeaderFirst = Refuse("message-header-first", IssueType.Structure, "Bundle.entry",
        "Een message begint met een MessageHeader. Zet die als eerste in de Bundle.");
    internal static readonly Rule MessageIsAnswer = Refuse("message-is-answer", IssueType.NotSupported, "MessageHeader.response",
        "Dit is een antwoord op een ander bericht. Hier komen alleen nieuwe verwijzingen binnen; haal response weg.");
    internal static readonly Rule CompositionFirst = Refuse("composition-first", IssueType.Structure, "Bundle.entry",
        "Een document begint met een Composition. Zet die als eerste in de Bundle.");
    internal static readonly Rule DocumentKeyMissing = Refuse("document-key-missing", IssueType.Required, "Bundle.identifier",
        "Het document heeft geen eigen nummer. Vul Bundle.identifier (of Bundle.id), zodat het nooit dubbel wordt verwerkt.");
    internal static readonly Rule DocumentKindUnknown = Refuse("document-kind-unknown", IssueType.CodeInvalid, "Composition.type",
        "Deze soort document wordt hier niet verwerkt. Kies een soort uit de lijst van dit kanaal.");
    internal static readonly Rule DocumentNumberMissing = Refuse("document-number-missing", IssueType.Required, "Composition.identifier",
        "Het is niet duidelijk bij welke verwijzing dit document hoort. Zet het verwijsnummer, met het systeem van het kanaal, in Composition.identifier.");
    internal static readonly Rule DocumentEmpty = Refuse("document-empty", IssueType.Required, "Composition.section",
        "In dit document staat niets om bij de verwijzing te bewaren. Vul een section met tekst, of stuur een DocumentReference mee.");

    // Links between what was sent
    internal static readonly Rule ReferenceAmbiguous = Refuse("reference-ambiguous", IssueType.MultipleMatches, "*",
        "Meer dan één onderdeel kan hier bedoeld zijn. Geef elk onderdeel een eigen fullUrl, en gebruik die in reference.");
    internal static readonly Rule ReferenceUnresolved = Tell("reference-unresolved", IssueType.NotFound, "*",
        "Wat hier bedoeld is, zit niet in het bericht. Stuur het mee, of haal deze reference weg.");

    // The order
    internal static readonly Rule StatusMissing = Refuse("status-missing", IssueType.Required, "ServiceRequest.status",
        "De status ontbreekt of bestaat niet. Zet status op 'active' en stuur de verwijzing opnieuw.");
    internal static readonly Rule StatusNotActive = Refuse("status-not-active", IssueType.Value, "ServiceRequest.status",
        "De verwijzing is niet actief. Zet status op 'active' en stuur haar opnieuw.");
    internal static readonly Rule IntentMissing = Refuse("intent-missing", IssueType.Required, "ServiceRequest.intent",
        "De intent ontbreekt of bestaat niet. Zet intent op 'order' en stuur de verwijzing opnieuw.");
    internal static readonly Rule IntentNotOrder = Refuse("intent-not-order", IssueType.Value, "ServiceRequest.intent",
        "Dit is geen opdracht. Zet intent op 'order' en stuur de verwijzing opnieuw.");
    internal static readonly Rule DoNotPerform = Refuse("do-not-perform", IssueType.Invariant, "ServiceRequest.doNotPerform",
        "De verwijzing zegt dat het gesprek niet moet. Haal doNotPerform weg.");
    internal static readonly Rule ServiceMissing = Refuse("service-missing", IssueType.Required, "ServiceRequest.code",
        $"Er staat niet wat u vraagt. Zet in code 'verkennend-gesprek' uit {CodeSystems.RequestedService}, of als tekst 'Verkennend gesprek'.");
    internal static readonly Rule ServiceOther = Refuse("service-other", IssueType.CodeInvalid, "ServiceRequest.code",
        $"Hier kunt u alleen een verkennend gesprek (Welzijn) vragen. Zet in code 'verkennend-gesprek' uit {CodeSystems.RequestedService}, of als tekst 'Verkennend gesprek'.");
    internal static readonly Rule IdentifierMissing = Tell("identifier-missing", IssueType.Required, "ServiceRequest.identifier",
        "De verwijzing heeft geen eigen nummer. Vul identifier (system en value), zodat zij nooit dubbel binnenkomt.");
    internal static readonly Rule IdentifierTooLong = Refuse("identifier-too-long", IssueType.TooLong, "ServiceRequest.identifier",
        "Het nummer van de verwijzing is te lang. Gebruik voor system en value elk hoogstens 200 tekens.");
    internal static readonly Rule ZorgDomeinNumberInvalid = Tell("zorgdomein-number-invalid", IssueType.Value, "ServiceRequest.identifier",
        "Dit is geen ZorgDomein-nummer (ZD of ZP en 9 cijfers). Het is bewaard zoals het is; controleer het.");
    internal static readonly Rule PriorityUrgent = Tell("priority-urgent", IssueType.BusinessRule, "ServiceRequest.priority",
        "LET OP: bij gevaar of acute nood is de crisisdienst de weg, niet een verkennend gesprek. De verwijzing is aangenomen en staat bovenaan.");

    // The resident
    internal static readonly Rule ResidentMissing = Refuse("resident-missing", IssueType.Required, "ServiceRequest.subject",
        "Er is geen inwoner. Stuur de Patient mee en verwijs ernaar in subject.");
    internal static readonly Rule ResidentNotAPatient = Refuse("resident-not-a-patient", IssueType.Value, "ServiceRequest.subject",
        "De inwoner moet een Patient zijn. Stuur de Patient mee en verwijs ernaar in subject.");
    internal static readonly Rule ResidentUnknown = Refuse("resident-unknown", IssueType.NotFound, "ServiceRequest.subject",
        "Deze inwoner zit niet in het bericht en is niet bekend van een eerdere verwijzing van uw praktijk. Stuur de Patient mee.");
    internal static readonly Rule ResidentDeceased = Tell("resident-deceased", IssueType.BusinessRule, "Patient.deceased",
        "Volgens dit bericht is de inwoner overleden. De verwijzing is aangenomen; trek haar in als dit klopt.");
    internal static readonly Rule NameMissing = Refuse("name-missing", IssueType.Required, "Patient.name",
        "De naam van de inwoner ontbreekt. Vul in name de achternaam en de voornaam in.");
    internal static readonly Rule BirthDateMissing = Refuse("birth-date-missing", IssueType.Required, "Patient.birthDate",
        "De geboortedatum van de inwoner ontbreekt. Vul birthDate in (jjjj-mm-dd).");
    internal static readonly Rule BirthDateInvalid = Refuse("birth-date-invalid", IssueType.Value, "Patient.birthDate",
        "Deze geboortedatum bestaat niet. Vul birthDate in als jjjj-mm-dd.");
    internal static readonly Rule BirthDateIncomplete = Tell("birth-date-incomplete", IssueType.Value, "Patient.birthDate",
        "De geboortedatum is niet volledig. De planner vraagt de inwoner ernaar; vul birthDate volledig in als u haar weet.");
    internal static readonly Rule ResidentUnreachable = Refuse("resident-unreachable", IssueType.Required, "Patient.telecom",
        "De planner kan de inwoner niet bereiken. Vul een telefoonnummer in, of een adres.");
    internal static readonly Rule TelephoneNotDialable = Tell("telephone-not-dialable", IssueType.Value, "Patient.telecom.value",
        "Dit telefoonnummer bestaat niet in deze vorm. De verwijzing is aangenomen; controleer het nummer.");
    internal static readonly Rule PostcodeInvalid = Tell("postcode-invalid", IssueType.Value, "Patient.address.postalCode",
        "Dit is geen Nederlandse postcode (1234 AB). De planner vraagt de inwoner zelf waar hij woont.");
    internal static readonly Rule BsnMissing = Tell("bsn-missing", IssueType.Required, "Patient.identifier",
        "Er is geen BSN. De verwijzing is aangenomen; stuur het BSN mee als u het heeft.");
    internal static readonly Rule BsnInvalid = Tell("bsn-invalid", IssueType.Value, "Patient.identifier.value",
        "Dit BSN klopt niet (elfproef). De verwijzing is aangenomen zonder BSN; controleer het.");
    internal static readonly Rule BsnZeroes = Refuse("bsn-zeroes", IssueType.Value, "Patient.identifier.value",
        "Negen nullen is geen BSN. Vul het juiste BSN in, of laat het weg.");
    internal static readonly Rule BsnAmbiguous = Tell("bsn-ambiguous", IssueType.Invariant, "Patient.identifier",
        "Er staan verschillende BSN's bij de inwoner. De verwijzing is aangenomen zonder BSN; stuur alleen het juiste.");

    // The referrer
    internal static readonly Rule ReferrerMissing = Refuse("referrer-missing", IssueType.Required, "ServiceRequest.requester",
        "Het is niet duidelijk wie verwijst. Zet in requester de verwijzer (PractitionerRole) met zijn praktijk (Organization).");
    internal static readonly Rule PracticeNumberMissing = Refuse("practice-number-missing", IssueType.Required, "Organization.identifier",
        "Het is niet duidelijk wie verwijst en welke praktijk antwoord krijgt. Stuur de verwijzer mee, en de praktijk (Organization) met een AGB-code of URA-nummer.");
    internal static readonly Rule PracticeNumberFromRegistration = Tell("practice-number-from-registration", IssueType.Required, "Organization.identifier",
        "De praktijk heeft in dit bericht geen AGB-code of URA-nummer. Het antwoord gaat naar de praktijk van uw aansluiting; vul het nummer aan.");
    internal static readonly Rule PracticeNumberInvalid = Refuse("practice-number-invalid", IssueType.Value, "Organization.identifier",
        "De AGB-code of het URA-nummer van de praktijk moet 8 cijfers hebben. Verbeter het nummer.");
    internal static readonly Rule ProfessionalNumberInvalid = Tell("professional-number-invalid", IssueType.Value, "Practitioner.identifier.value",
        "Dit nummer van de verwijzer klopt niet (AGB 8, UZI 9, BIG 11 cijfers). De verwijzing is aangenomen; controleer het.");

    // Why
    internal static readonly Rule CriterionMissing = Tell("criterion-missing", IssueType.Informational, "ServiceRequest.reasonCode",
        "Er is geen verwijscriterium aangevinkt. Dat hoeft niet: bij twijfel mag u altijd verwijzen.");
    internal static readonly Rule CriterionUnknown = Tell("criterion-unknown", IssueType.CodeInvalid, "ServiceRequest.reasonCode.coding.code",
        $"Dit verwijscriterium bestaat niet. De verwijzing is aangenomen zonder dit criterium; kies een code uit {CodeSystems.Criterion}.");
    internal static readonly Rule IcpcUnknown = Tell("icpc-unknown", IssueType.CodeInvalid, "*",
        "Deze ICPC-code is niet bekend. De verwijzing is aangenomen zonder deze code; kies een code uit ICPC-1-NL.");

    // What was tolerated in reading
    internal static readonly Rule NarrativeStripped = Tell("narrative-stripped", IssueType.Informational, "*",
        "De opgemaakte tekst (text) is niet overgenomen. Zet wat de planner moet weten in note, of stuur een brief mee.");
    internal static readonly Rule ElementUnknown = Tell("element-unknown", IssueType.Value, "*",
        "Dit element kent FHIR R4 niet; het is overgeslagen. Haal het weg, of gebruik een extension.");
    internal static readonly Rule CodeNotInList = Tell("code-not-in-list", IssueType.CodeInvalid, "*",
        "Deze code staat niet in de codelijst van FHIR R4; zij is overgeslagen. Kies een code uit die lijst.");
    internal static readonly Rule ListExpected = Tell("list-expected", IssueType.Value, "*",
        "FHIR verwacht hier een lijst; de ene waarde is gelezen. Zet er [ ] omheen.");
    internal static readonly Rule ValueForm = Tell("value-form", IssueType.Value, "*",
        "De waarde heeft niet de vorm die FHIR R4 voorschrijft. Zij is gelezen zover dat kon; verbeter de waarde.");

    private static Rule Refuse(string name, IssueType code, string element, string text) => new(name, IssueSeverity.Error, code, element, text);

    private static Rule Tell(string name, IssueType code, string element, string text) => new(name, IssueSeverity.Warning, code, element, text);
}
