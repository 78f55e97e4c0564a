using System.Globalization;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Matching;

/// <summary>What planners read about matching: wishes, reasons, points, and what would help.</summary>
internal static class MatchingWords
{
    private static readonly CultureInfo Netherlands = CultureInfo.GetCultureInfo("nl-NL");

    internal static string Number(double points) => points.ToString("0.0#", Netherlands);

    internal static string Day(DayOfWeek day) => Netherlands.DateTimeFormat.GetDayName(day);

    internal static string Part(string part) => part switch
    {
        "morning" => "ochtend",
        "afternoon" => "middag",
        _ => "avond",
    };

    internal static string Of(WishedPlace place) => place switch
    {
        WishedPlace.Anywhere => "Dat maakt niet uit",
        WishedPlace.AtLocation => "Op een locatie in de buurt",
        WishedPlace.AtHome => "Thuis bij de inwoner",
        WishedPlace.Online => "Online",
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };

    internal static string Of(ResidentWishes said, Func<Guid, string> nameOf)
    {
        string[] all =
        [
            .. said.NotPossible.Length == 0 ? [] : new[] { $"niet op {string.Join(", ", ResidentWishes.Days.Select(d => NotOn(said, d)).OfType<string>())}" },
            .. said.Place is WishedPlace.Anywhere ? [] : new[] { Of(said.Place).ToLower(Netherlands) },
            .. said.NeedsAccess ? new[] { "toegankelijk met een rolstoel" } : [],
            .. said.Language is { } language ? new[] { $"in het {Dutch.LanguageName(language)}" } : [],
            .. said.HasInterpreter ? new[] { "met een tolk" } : [],
            .. said.WithoutIds.Select(id => $"liever niet {nameOf(id)}"),
        ];
        return all.Length == 0 ? "geen" : string.Join("; ", all);
    }

    internal static string Of(BindingRule rule, Wishes wishes, int weeks) => rule switch
    {
        BindingRule.NoDuos => "Er zijn nog geen duo's in het register.",
        BindingRule.NobodyReady => "Geen duo is klaar om te starten: de e-learning of de training ontbreekt.",
        BindingRule.NoAgreement => "Tussen de organisaties is geen afspraak over geheimhouding van kracht.",
        BindingRule.NoMoments => $"Geen duo heeft in de komende {Weeks(weeks)} een vast moment. Vraag duo's om een dagdeel.",
        BindingRule.AllMomentsTaken => $"Alle momenten van de komende {Weeks(weeks)} zijn vol. Vraag duo's om een extra dagdeel.",
        BindingRule.Language =>
            $"Geen duo spreekt de taal van de inwoner ({Dutch.LanguageName(wishes.Said.Language ?? wishes.Language)}) op een moment dat vrij is. Regel een tolk, of vraag een ander duo.",
        BindingRule.DayParts => "Op de dagen dat de inwoner kan, is geen duo vrij.",
        BindingRule.Access => "Er is geen vrij moment op een plek die toegankelijk is met een rolstoel.",
        BindingRule.Place => "Waar de inwoner het gesprek wil, is geen duo vrij.",
        BindingRule.Persons => "Alleen bij wie de inwoner liever niet ziet, is nog een moment vrij.",
        BindingRule.Together => "Er is geen moment dat bij alle wensen van de inwoner samen past.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    internal static string Of(Relaxation helps) => $"{If(helps.Code, helps.Day is { } day ? Day(day) : null, helps.Weeks)}: {Moments(helps.Moments)}.";

    /// <summary>As it is kept with the referral; see Relaxation.Text.</summary>
    internal static string? WhatHelps(string? kept)
    {
        if (kept?.Split('=') is not [var what, var moments] || !int.TryParse(moments, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var (code, value) = what.Split(':') is [var before, var after] ? (before, after) : (what, "");
        var day = Enum.TryParse<DayOfWeek>(value, out var known) && code == Relaxation.AllowDay ? Day(known) : null;
        return $"{If(code, day, int.TryParse(value, CultureInfo.InvariantCulture, out var weeks) ? weeks : 0)}: {Moments(count)}.";
    }

    internal static string Of(SoftRule rule, int norm) => rule switch
    {
        SoftRule.Waiting => "Dagen wachten",
        SoftRule.OverNorm => $"Later dan de norm van {norm} werkdagen",
        SoftRule.Distance => "Reis van de inwoner",
        SoftRule.Duo => "Nog geen vast duo, of nog niet kennisgemaakt",
        SoftRule.HalfDay => "Begint een nieuw dagdeel",
        SoftRule.Load => "Gesprekken die dit duo al heeft",
        SoftRule.Language => "Maar één van de twee spreekt de taal",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    internal static string Of(Reason reason) => reason.Code switch
    {
        Reason.Soon => reason.Value is 1 ? "Morgen al" : $"Over {reason.Value} dagen",
        Reason.Near when reason.Value < 1 => "Minder dan 1 km van de inwoner",
        Reason.Near => $"{reason.Value?.ToString("0.0", Netherlands)} km van de inwoner",
        Reason.DistanceUnknown => "Afstand onbekend: de postcode ontbreekt",
        Reason.Online => "Online: niemand hoeft te reizen",
        Reason.FillsHalfDay => "Vult een dagdeel dat al is begonnen",
        Reason.SpeaksLanguage => "Spreekt de taal van de inwoner",
        Reason.LowLoad => "Dit duo heeft nu weinig gesprekken",
        Reason.NewDuo => "Nieuw duo: deze twee vormen nog geen vast duo",
        _ => reason.Code,
    };

    private static string If(string code, string? day, int weeks) => code switch
    {
        Relaxation.AllowDay => $"Als {day} ook mag",
        Relaxation.LookFurther => $"Als het ook binnen {weeks} weken mag",
        Relaxation.Interpreter => "Als er een tolk bij komt",
        Relaxation.AnyPlace => "Als de plek niet uitmaakt",
        Relaxation.NoAccess => "Als de plek niet toegankelijk hoeft te zijn met een rolstoel",
        Relaxation.Training => "Als iedereen de e-learning en de training heeft gedaan, en met een geldige registratie en rol werkt",
        Relaxation.Agreement => "Als tussen alle organisaties de afspraak over geheimhouding geldt",
        Relaxation.AnyPerson => "Als het ook mag met wie de inwoner liever niet ziet",
        _ => "Zonder alle wensen",
    };

    private static string Moments(int count) => count == 1 ? "1 moment" : $"{count} momenten";

    private static string? NotOn(ResidentWishes said, DayOfWeek day)
    {
        var parts = ResidentWishes.Parts.Where(p => said.NotPossibleParts.Contains(ResidentWishes.PartOf(day, p))).ToList();
        return parts.Count == 0 ? null : parts.Count == ResidentWishes.Parts.Count ? Day(day) : $"{Day(day)} ({string.Join(" en ", parts.Select(Part))})";
    }

    private static string Weeks(int weeks) => weeks == 1 ? "week" : $"{weeks} weken";
}
