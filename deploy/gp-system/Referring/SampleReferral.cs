namespace VGIntegration.GpSystem.Referring;

/// <summary>A referral to try with. The persons are invented; the numbers are the ones that are set apart for testing.</summary>
internal sealed record SampleReferral(
    string Key, string Given, string? Prefix, string Family, string BirthDate, string? Bsn, string? Telephone,
    string Street, string PostalCode, string City, string Icpc, string Complaint, string[] Criteria, string Reason)
{
    public string? Language { get; private init; }
    public bool IsUrgent { get; private init; }
    public string Name => string.Join(' ', new[] { Given, Prefix, Family }.OfType<string>());

    public static IReadOnlyList<SampleReferral> All { get; } =
    [
        new("annelies", "Annelies", null, "Voorbeeld", "1984-03-12", "999911120", "06 00000001",
            "Proefstraat 1", "1181 AB", "Amstelveen", "P76", "Depressie", ["sociale-problematiek", "twijfel"],
            "Sinds een half jaar somber. Schulden en een aflopend huurcontract spelen mee. Wil weten welke hulp past."),
        new("bram", "Bram", null, "Proefman", "1961-11-02", "999990019", "06 00000002",
            "Testlaan 22", "1421 CD", "Uithoorn", "P02", "Crisis / voorbijgaande stressreactie", ["basiszorg-onvoldoende"],
            "Slaapt al weken niet na het overlijden van zijn broer. Graag snel een gesprek; geen acuut gevaar.")
        { IsUrgent = true },
        new("cor", "Cor", "de", "Tester", "1997-06-30", "999990007", "06 00000003",
            "Voorbeeldplein 3", "1431 EF", "Aalsmeer", "Z05", "Probleem met werksituatie", ["behandelwens-wijkt-af"],
            "Vastgelopen op het werk. Vraagt om therapie, maar lijkt vooral ritme en contacten te missen."),
        new("dina", "Dina", "van", "Verzonnen", "2001-01-15", "999990020", "06 00000004",
            "Modelkade 40", "1191 GH", "Ouderkerk aan de Amstel", "P74", "Angststoornis / angsttoestand",
            ["twijfel-ggz-of-eerder-onvoldoende"],
            "Eerder behandeld, klachten komen terug. Twijfel tussen de basis-ggz en steun dichtbij."),
        new("emine", "Emine", null, "Fictief", "1975-09-08", "999900006", "06 00000005",
            "Schetsweg 5", "1112 JK", "Diemen", "P78", "Surmenage / burn-out", ["sociale-problematiek"],
            "Zorgt alleen voor haar moeder en is op. Spreekt liever Turks; haar dochter gaat graag mee.")
        { Language = "tr" },
        new("farid", "Farid", null, "Bedacht", "1990-04-21", null, null,
            "Denkbeeldstraat 66", "1185 LM", "Amstelveen", "P29", "Andere psychische symptomen / klachten", ["twijfel"],
            "Ik twijfel wat past. Heeft geen telefoon; schrijf hem een brief of kom langs."),
    ];
}
