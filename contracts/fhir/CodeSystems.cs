namespace VGIntegration.Fhir;

/// <summary>Code systems of the agreement with GP systems (interface section 7).</summary>
public static class CodeSystems
{
    /// <summary>The base of our own canonicals.</summary>
    public const string Base = "https://vgintegration.nl/fhir";

    /// <summary>The service asked for: welzijn (category) and verkennend-gesprek (code).</summary>
    public const string RequestedService = $"{Base}/CodeSystem/zorgvraag";

    /// <summary>Why the huisarts refers; see <see cref="Criteria"/>.</summary>
    public const string Criterion = $"{Base}/CodeSystem/verwijscriterium";

    /// <summary>Task.businessStatus: where in our process a referral stands.</summary>
    public const string BusinessStatus = $"{Base}/CodeSystem/verwijsstatus";

    /// <summary>Task.extension: what the reader of the Task may do now.</summary>
    public const string NextAction = $"{Base}/StructureDefinition/volgende-actie";

    /// <summary>The actions of <see cref="NextAction"/>: wijzigen, aanvullen, intrekken, annuleren, foutief-ingevoerd.</summary>
    public const string Action = $"{Base}/CodeSystem/verwijsactie";

    /// <summary>The identifier of a professional, as planning knows them.</summary>
    public const string Professional = $"{Base}/NamingSystem/verkenner";

    /// <summary>Task.statusReason: why a referral ended without an advice.</summary>
    public const string ClosingReason = $"{Base}/CodeSystem/afsluitreden";

    /// <summary>DocumentReference.category of the advice.</summary>
    public const string DocumentCategory = $"{Base}/CodeSystem/documentsoort";

    /// <summary>ServiceRequest.code of a referral that the advice proposes: basis-ggz, gespecialiseerde-ggz, anders.</summary>
    public const string ProposedCare = $"{Base}/CodeSystem/verwijsvoorstel";

    /// <summary>OperationOutcome.issue.details: the rule of the judgement that a finding comes from.</summary>
    public const string Finding = $"{Base}/CodeSystem/bevinding";

    /// <summary>The Questionnaire that is filled in after each conversation.</summary>
    public const string MonitoringQuestionnaire = $"{Base}/Questionnaire/monitoringsformulier";

    /// <summary>The version of <see cref="MonitoringQuestionnaire"/>.</summary>
    public const string MonitoringVersion = "1";

    /// <summary>Monitoring form: how the resident's turn ended.</summary>
    public const string ResidentTurn = $"{Base}/CodeSystem/inwonerbeurt";

    /// <summary>Monitoring form: what kind of place the conversation was held in.</summary>
    public const string ConversationPlace = $"{Base}/CodeSystem/gespreksplek";

    /// <summary>Monitoring form: how the duo and the resident spoke with each other.</summary>
    public const string ConversationSetting = $"{Base}/CodeSystem/gespreksvorm";

    /// <summary>Monitoring form: who were there besides.</summary>
    public const string ConversationCompany = $"{Base}/CodeSystem/gespreksgezelschap";

    /// <summary>Monitoring form: how the resident goes on.</summary>
    public const string NextStep = $"{Base}/CodeSystem/vervolgstap";

    /// <summary>ZorgDomein's kinds of documents, in Composition.type; see <see cref="DocumentKinds"/>.</summary>
    public const string DocumentKind = "http://zorgdomein.nl/terminology/code-system/document-type";

    /// <summary>ICPC-1-NL: the complaint.</summary>
    public const string Icpc = "http://hl7.org/fhir/sid/icpc-1-nl";

    /// <summary>LOINC.</summary>
    public const string Loinc = "http://loinc.org";

    /// <summary>SNOMED CT.</summary>
    public const string Snomed = "http://snomed.info/sct";

    /// <summary>HL7 v3 Confidentiality.</summary>
    public const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    /// <summary>FHIR R4 task-code.</summary>
    public const string TaskCode = "http://hl7.org/fhir/CodeSystem/task-code";

    /// <summary>The category of the service asked for.</summary>
    public const string Welzijn = "welzijn";

    /// <summary>The code of the service asked for.</summary>
    public const string VerkennendGesprek = "verkennend-gesprek";

    /// <summary>The criteria a huisarts can tick; none is needed, for doubt is a reason too.</summary>
    public static IReadOnlySet<string> Criteria { get; } = new HashSet<string>
    {
        "basiszorg-onvoldoende", "sociale-problematiek", "twijfel-ggz-of-eerder-onvoldoende", "behandelwens-wijkt-af", "twijfel",
    };
}
