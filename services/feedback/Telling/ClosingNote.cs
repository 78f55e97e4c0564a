using Hl7.Fhir.Model;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Returning;
using static VGIntegration.Feedback.Printing.LetterHead;

namespace VGIntegration.Feedback.Telling;

/// <summary>Tells the huisarts that there is no advice and why: by the reason's code, with nothing of what anybody said.</summary>
internal static class ClosingNote
{
    internal const string Title = "Afsluiting zonder verkennend gesprek";
    internal const string Category = "afsluiting-verwijzing";
    private const string Sender = "Planning verkennend gesprek";

    /// <summary>Whether this end asks for a letter. Who withdrew before work began, or in error, knows it already.</summary>
    public static bool IsFor(string taskStatus, string? businessStatus) => (taskStatus, businessStatus) switch
    {
        ("rejected" or "failed", _) => true,
        ("cancelled", "geannuleerd" or "ingetrokken-door-inwoner") => true,
        _ => false,
    };

    /// <summary>What happened, and what the huisarts can do; null when this end asks for no letter.</summary>
    public static (string What, string Then)? TextFor(Ending ending) => (ending.BusinessStatus, ending.Reason) switch
    {
        ("afgewezen", ClosingReason.OutsideRegion) => (
            "De inwoner woont buiten het gebied waarvoor wij verkennende gesprekken plannen. Daarom is de verwijzing afgewezen.",
            "Verwijs de inwoner naar de regio waar hij of zij woont."),
        ("afgewezen", ClosingReason.Duplicate) => (
            "Voor deze inwoner is er al een andere verwijzing voor een verkennend gesprek. Daarmee gaan wij verder.",
            "U hoeft niets te doen."),
        ("afgewezen", ClosingReason.Deceased) => (
            "Wij hebben gehoord dat de inwoner is overleden. Er wordt geen gesprek gepland.",
            "U hoeft niets te doen. Klopt dit niet? Neem dan direct contact op met de planner."),
        ("afgewezen", _) => (
            "De planner heeft de verwijzing afgewezen.",
            "De planner licht de reden graag aan u toe. Neem contact op als u die nog niet hebt gehoord."),
        ("geen-gesprek", ClosingReason.NotAttended) => (
            "De inwoner is niet naar de afspraak gekomen. Er is geen gesprek geweest.",
            "Wil de inwoner toch een gesprek? Dan kunt u opnieuw verwijzen."),
        ("geen-gesprek", _) => (
            "Wij hebben de inwoner niet kunnen bereiken. Er is geen gesprek geweest.",
            "Spreekt u de inwoner en is er nog behoefte aan een gesprek? Controleer dan het telefoonnummer en verwijs opnieuw."),
        ("ingetrokken-door-inwoner", _) => (
            "De inwoner ziet af van het verkennend gesprek. Dat is een vrije keuze.",
            "Bespreek met de inwoner wat nu past. Opnieuw verwijzen kan altijd."),
        ("geannuleerd", _) => (
            "U hebt gevraagd de verwijzing te annuleren. De afspraak met de inwoner is afgezegd.",
            "U hoeft niets te doen."),
        _ => null,
    };

    public static byte[] Write(
        Masthead masthead, (Guid Id, Recipient Recipient) referral, Ending ending, (string What, string Then) text)
    {
        using var paper = new Paper(Title, ending.At);
        var reference = Reference(referral.Id, referral.Recipient);
        Top(paper, masthead, Title, LetterHead.Title);
        Addresses(paper, referral.Recipient, withBsn: !referral.Recipient.Practice.IsReachedByPerson,
            ("KENMERK VAN UW VERWIJZING", reference, []), ("AFGESLOTEN OP", ending.At.DayInDutch(), []));
        paper.Write("Er komt geen advies", Heading);
        paper.Write(text.What, Body);
        paper.Skip(10);
        paper.Write("Wat kunt u doen?", Heading);
        paper.Write(text.Then, Body);
        paper.Skip(10);
        paper.Write("Vragen? Neem contact op met de planning van het verkennend gesprek in uw regio.", Body);
        return paper.Finish($"{Title}, kenmerk {reference}", Small);
    }

    public static DocumentReference WithSender(DocumentReference letter)
    {
        letter.Contained = [new Organization { Id = "sender", Name = Sender }];
        letter.Author = [new ResourceReference("#sender", Sender)];
        letter.Custodian = new ResourceReference("#sender", Sender);
        return letter;
    }
}
