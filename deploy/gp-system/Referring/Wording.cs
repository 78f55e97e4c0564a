using Hl7.Fhir.Model;

namespace VGIntegration.GpSystem.Referring;

/// <summary>Where a referral stands, as a huisarts reads it.</summary>
internal static class Wording
{
    /// <summary>What the codes of verwijsstatus (interface section 3) mean for the huisarts.</summary>
    public static string Of(string? code, string? display) => code switch
    {
        "aangemeld" => "Aangekomen. De planner heeft de verwijzing nog niet opgepakt.",
        "ontvangen" => "De planner heeft de verwijzing ontvangen.",
        "wacht-op-informatie" => "De planner mist informatie en neemt contact met u op.",
        "in-planning" => "De planner is bezig met een afspraak.",
        "duo-voorgesteld" => "Er is een duo voorgesteld. De planner belt de inwoner.",
        "duo-bevestigd" => "Het duo staat vast. De planner belt de inwoner.",
        "inwoner-niet-bereikt" => "De planner heeft gebeld en kreeg geen gehoor.",
        "inwoner-gesproken" => "De planner heeft de inwoner gesproken.",
        "afspraak-gepland" => "De afspraak is gemaakt.",
        "afspraak-verzet" => "De afspraak is verzet.",
        "duo-hersteld" => "Een van de verkenners is vervangen. De afspraak gaat door.",
        "niet-verschenen" => "De inwoner was er niet. De planner zoekt contact.",
        "gesprek-gevoerd" => "Het gesprek is gevoerd. Het advies volgt.",
        "advies-in-afstemming" => "Het advies is klaar en komt naar u toe.",
        "advies-teruggekoppeld" => "Klaar: u heeft het advies ontvangen.",
        "afgewezen" => "De verwijzing is afgewezen. Lees de brief voor de reden.",
        "ingetrokken-door-verwijzer" => "U heeft de verwijzing ingetrokken.",
        "ingetrokken-door-inwoner" => "De inwoner ziet ervan af.",
        "geen-gesprek" => "Er is geen gesprek geweest. Lees de brief voor de reden.",
        "gepauzeerd" => "De verwijzing staat even stil.",
        null => "De stand is nu niet op te vragen.",
        _ => display ?? code,
    };

    /// <summary>The badge: its words and its colour.</summary>
    public static (string Text, string Kind) Badge(RequestStatus? request, Hl7.Fhir.Model.Task? task) => (request, task?.Status) switch
    {
        (RequestStatus.Completed, _) or (_, Hl7.Fhir.Model.Task.TaskStatus.Completed) => ("afgerond", "success"),
        (RequestStatus.Revoked, _) or (_, Hl7.Fhir.Model.Task.TaskStatus.Cancelled) => ("ingetrokken", "neutral"),
        (_, Hl7.Fhir.Model.Task.TaskStatus.Rejected) => ("afgewezen", "danger"),
        (_, Hl7.Fhir.Model.Task.TaskStatus.Failed) => ("geen gesprek", "warning"),
        (_, Hl7.Fhir.Model.Task.TaskStatus.OnHold) => ("staat stil", "warning"),
        (_, Hl7.Fhir.Model.Task.TaskStatus.InProgress) => ("loopt", "active"),
        (_, Hl7.Fhir.Model.Task.TaskStatus.Requested) => ("verstuurd", "neutral"),
        (_, null) => ("onbekend", "neutral"),
        _ => ("in behandeling", "active"),
    };

    /// <summary>What a letter is worth; null when it is simply a letter.</summary>
    public static (string Text, string Kind)? Badge(DocumentReference letter) => letter.Status switch
    {
        DocumentReferenceStatus.Superseded => ("vervangen", "neutral"),
        DocumentReferenceStatus.EnteredInError => ("teruggenomen", "danger"),
        _ when letter.RelatesTo.Any(r => r.Code is DocumentRelationshipType.Replaces) => ("gecorrigeerd", "warning"),
        _ => null,
    };

    /// <summary>What the answer to sending means.</summary>
    public static string Answer(SentReferral referral) => referral.Status switch
    {
        0 => "De ontvanger is nu niet te bereiken. De verwijzing staat hier nog; probeer het zo opnieuw. Ze krijgt hetzelfde nummer en komt dus niet dubbel aan.",
        200 => "Deze verwijzing was al aangekomen.",
        201 => "De verwijzing is aangekomen.",
        401 or 403 => "De ontvanger herkent dit systeem (nog) niet. Probeer het zo opnieuw.",
        409 => "Met dit nummer is al een andere verwijzing gestuurd.",
        < 500 => "De verwijzing is niet aangenomen. Dit moet anders:",
        _ => "De ontvanger heeft een storing. Probeer het zo opnieuw.",
    };

    /// <summary>A moment as people write it, in Dutch time.</summary>
    public static string Moment(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Amsterdam).ToString("dddd d MMMM yyyy, HH:mm 'uur'", Dutch);

    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private static readonly System.Globalization.CultureInfo Dutch = System.Globalization.CultureInfo.GetCultureInfo("nl-NL");
}
