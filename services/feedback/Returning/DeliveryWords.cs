using System.Globalization;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Returning;

/// <summary>How people read what is on its way and where it is.</summary>
internal static partial class DeliveryWords
{
    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");

    internal const string Everything = "alles";

    /// <summary>The parts of the manager's page; letters are what it opens with.</summary>
    public static IReadOnlyList<(string? Part, string Label)> Parts { get; } =
        [(null, "Brieven"), ("standen", "Standen"), ("meldingen", "Meldingen"), (Everything, "Alles")];

    public static Expression<Func<Delivery, bool>> IsIn(string? part) => part switch
    {
        "standen" => d => d.Kind == ParcelKind.TaskUpdate,
        "meldingen" => d => d.Kind == ParcelKind.Handshake || d.Kind == ParcelKind.Notification,
        Everything => d => true,
        _ => d => d.Kind != ParcelKind.TaskUpdate && d.Kind != ParcelKind.Handshake && d.Kind != ParcelKind.Notification,
    };

    /// <summary>The six characters of a reference as people type it, in lower case; null when it is none.</summary>
    public static string? CodeIn(string? typed) =>
        typed is not null && Reference().Match(typed) is { Success: true } match ? match.Groups[1].Value.ToLower(CultureInfo.InvariantCulture) : null;

    public static string Nothing(DeliveriesModel page) => page switch
    {
        { IsSearch: true, IsCode: false } => "Er is niet gezocht.",
        { IsSearch: true } => "Voor dit kenmerk is nog niets verstuurd. Kijk of u het goed hebt overgenomen van de brief of de werklijst.",
        { Part: "standen" } => "Hier is nog niets. Een stand komt hier zodra er iets verandert aan een verwijzing van een praktijk die dat wil weten.",
        { Part: "meldingen" } => "Hier is nog niets. Een melding komt hier zodra een praktijk een abonnement heeft.",
        _ => "Hier is nog niets. Een brief komt hier zodra beide professionals een advies hebben ondertekend.",
    };

    public static string Outcome(DeliveryAttempt attempt)
    {
        var status = attempt.Status is { } number ? $" (HTTP {number})" : "";
        return attempt.Hindrance is { } hindrance ? $"{Briefly(hindrance)}{status}" : $"aangekomen{status}";
    }

    public static string Took(DeliveryAttempt attempt) => attempt.Milliseconds < 1000
        ? $"{attempt.Milliseconds} ms"
        : string.Create(Dutch, $"{attempt.Milliseconds / 1000.0:0.0} s");

    public static string What(Delivery delivery) => delivery.Kind switch
    {
        ParcelKind.Advice when delivery.Number > 1 => $"Brief met het advies (versie {delivery.Number})",
        ParcelKind.Advice => "Brief met het advies",
        ParcelKind.Retraction => $"Bericht dat de brief (versie {delivery.Number}) is teruggenomen",
        ParcelKind.Supersession => "Bericht dat een eerdere brief is vervangen",
        ParcelKind.Draft => "Concept-verwijzing bij het advies",
        ParcelKind.DraftRevocation => "Bericht dat een concept-verwijzing is vervallen",
        ParcelKind.ClosingNote => "Brief: afgesloten zonder gesprek",
        ParcelKind.TaskUpdate when delivery.IsRepetition =>
            $"Stand van de verwijzing (versie {delivery.Number}), voor de zekerheid nog een keer",
        ParcelKind.TaskUpdate => $"Stand van de verwijzing (versie {delivery.Number})",
        ParcelKind.Handshake => "Begin van een abonnement",
        _ => $"Melding {delivery.EventNumber} van een abonnement",
    };

    public static string Badge(Delivery? delivery) => delivery?.State switch
    {
        DeliveryState.Delivered => "success",
        DeliveryState.Refused => "danger",
        _ when delivery?.IsWarned is true => "warning",
        _ => "neutral",
    };

    public static string State(Delivery? delivery) => delivery switch
    {
        { State: DeliveryState.Delivered, DeliveredAt: { } at } => $"ontvangen door de huisarts op {at.InDutch()}",
        { State: DeliveryState.Refused } => "niet aangenomen; een medewerker kijkt ernaar",
        { State: DeliveryState.NotNeeded } => "gaat niet meer weg",
        { Attempts: > 0 } => "onderweg; de praktijk is nog niet bereikt",
        _ => "onderweg naar de huisarts",
    };

    public static string Short(Delivery? delivery) => delivery?.State switch
    {
        DeliveryState.Delivered => "aangekomen",
        DeliveryState.Refused => "niet aangenomen",
        DeliveryState.NotNeeded => "niet meer nodig",
        _ => "wacht",
    };

    private static string Briefly(Hindrance hindrance) => hindrance switch
    {
        Returning.Hindrance.IntakeUnavailable => "gegevens van de verwijzing niet te krijgen",
        Returning.Hindrance.PlanningUnavailable => "gegevens van het gesprek niet te krijgen",
        Returning.Hindrance.NoAddress => "geen veilig adres bekend",
        Returning.Hindrance.Unreachable => "niet bereikbaar",
        Returning.Hindrance.TimedOut => "geen antwoord op tijd",
        Returning.Hindrance.Busy => "praktijk vroeg om te wachten",
        Returning.Hindrance.ServerError => "storing bij de praktijk",
        Returning.Hindrance.NoReceipt => "geen ontvangstbewijs",
        Returning.Hindrance.Redirected => "verwezen naar een ander adres",
        Returning.Hindrance.Unauthorised => "niet toegelaten",
        Returning.Hindrance.Refused => "niet aangenomen",
        Returning.Hindrance.CannotTell => "niet te zien of de brief er al is",
        _ => "fout bij ons",
    };

    [GeneratedRegex(@"^\s*(?:VG[-\s]?)?([0-9a-f]{6})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    public static string Hindrance(Hindrance hindrance) => hindrance switch
    {
        Returning.Hindrance.IntakeUnavailable => "De gegevens van de verwijzing waren niet op te halen. Het gaat vanzelf opnieuw.",
        Returning.Hindrance.PlanningUnavailable => "De gegevens van het gesprek waren niet op te halen. Het gaat vanzelf opnieuw.",
        Returning.Hindrance.NoAddress => "Van deze praktijk is geen toegestaan (https-)adres bekend. Geef de brief zelf door (zie Brieven doorgeven), of vul het adres in het register van praktijken in.",
        Returning.Hindrance.Unreachable => "Het systeem van de praktijk was niet bereikbaar. Het gaat vanzelf opnieuw.",
        Returning.Hindrance.TimedOut => "Het systeem van de praktijk gaf niet op tijd antwoord. Het gaat vanzelf opnieuw.",
        Returning.Hindrance.Busy => "Het systeem van de praktijk vroeg om te wachten. Het gaat vanzelf opnieuw.",
        Returning.Hindrance.ServerError => "Het systeem van de praktijk had een storing. Het gaat vanzelf opnieuw.",
        Returning.Hindrance.NoReceipt => "Er kwam een antwoord zonder ontvangstbewijs. Het gaat vanzelf opnieuw.",
        Returning.Hindrance.Redirected => "De praktijk verwees door naar een ander adres. Pas het adres in het register aan.",
        Returning.Hindrance.Unauthorised => "De praktijk laat ons niet toe. Vraag de praktijk om toegang.",
        Returning.Hindrance.Refused => "Het systeem van de praktijk nam dit niet aan. Neem contact op met de praktijk.",
        Returning.Hindrance.CannotTell =>
            "Misschien is de brief er al, maar het systeem van de praktijk kan dat niet zeggen. Vraag het aan de praktijk. "
            + "Verstuur alleen opnieuw als de brief er niet is.",
        _ => "Er ging bij ons iets mis. Het gaat vanzelf opnieuw.",
    };
}
