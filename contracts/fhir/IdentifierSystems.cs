namespace VGIntegration.Fhir;

/// <summary>Identifier systems of the Dutch registers and channels.</summary>
public static class IdentifierSystems
{
    /// <summary>Burgerservicenummer: 9 digits with the elfproef; belongs to care only.</summary>
    public const string Bsn = "http://fhir.nl/fhir/NamingSystem/bsn";

    /// <summary>AGB code of a care provider or practice (Vektis): 8 digits.</summary>
    public const string Agb = "http://fhir.nl/fhir/NamingSystem/agb-z";

    /// <summary>UZI-register abonneenummer of an organisation: 8 digits.</summary>
    public const string Ura = "http://fhir.nl/fhir/NamingSystem/ura";

    /// <summary>UZI number of a person.</summary>
    public const string Uzi = "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers";

    /// <summary>Number of the BIG-register of a person: 11 digits.</summary>
    public const string Big = "http://fhir.nl/fhir/NamingSystem/big";

    /// <summary>The number ZorgDomein gives a referral: ZD or ZP, and 9 digits.</summary>
    public const string ZorgDomein = "http://zorgdomein.nl/zdnumber/";
}
