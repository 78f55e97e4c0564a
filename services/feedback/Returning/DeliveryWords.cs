using System.Linq.Expressions;
using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Returning;

/// <summary>How people read what is on its way and where it is.</summary>
internal static class DeliveryWords
{
    /// <summary>The parts of the manager's page.</summary>
    public static IReadOnlyList<(string? Part, string Label)> Parts { get; } =
        [(null, "Alles"), ("brieven", "Brieven"), ("standen", "Standen"), ("meldingen", "Meldingen")];

    public static Expression<Func<Delivery, bool>> IsIn(string? part) => part switch
    {
        "brieven" => d => d.Kind != ParcelKind.TaskUpdate && d.Kind != ParcelKind.Handshake && d.Kind != ParcelKind.Notification,
        "standen" => d => d.Kind == ParcelKind.TaskUpdate,
        "meldingen" => d => d.Kind == ParcelKind.Handshake || d.Kind == ParcelKind.Notification,
        _ => d => true,
    };

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

    public static string Hindrance(Delivery delivery) => delivery.LastHindrance switch
    {
        null => "",
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
