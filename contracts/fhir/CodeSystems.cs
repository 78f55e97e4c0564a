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

    /// <summary>DocumentReference.category of the advice.</summary>
    public const string DocumentCategory = $"{Base}/CodeSystem/documentsoort";

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
