using Hl7.Fhir.Model;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Telling;
using static VGIntegration.Feedback.Printing.LetterHead;

namespace VGIntegration.Feedback.Correcting;

/// <summary>The one page that stands in the place of a letter that no longer counts: nothing of the advice is in it.</summary>
internal static class CorrectionNotice
{
    private const string Retracted = "Teruggenomen: advies verkennend gesprek";
    private const string Replaced = "Vervangen: advies verkennend gesprek";
    private const string Category = "advies-verkennend-gesprek";

    /// <summary>The letter should never have existed.</summary>
    public static DocumentReference OfRetraction(Masthead masthead, Guid letterId, AdviceEdition edition, Guid referralId, Recipient recipient)
    {
        var at = edition.RetractedAt ?? throw new RuleBrokenException("Only a letter that was taken back is marked so.");
        var pdf = Write(masthead, Retracted, at, referralId, recipient,
            $"De brief van {edition.DatedAt.DayInDutch()} is teruggenomen. Deze brief had er nooit mogen zijn.",
            "Gebruik de brief niet en verwijder hem uit het dossier. Hebt u de brief al gelezen? Handel er dan niet naar.");
        var document = Of(letterId, referralId, recipient, (Retracted, at), pdf);
        (document.Status, document.DocStatus) = (DocumentReferenceStatus.EnteredInError, CompositionStatus.EnteredInError);
        return document;
    }

    /// <summary>Another letter came in its place, and the text of this one is no longer for the huisarts.</summary>
    public static DocumentReference OfSupersession(Masthead masthead, Guid letterId, AdviceEdition edition, AdviceEdition newer, Guid referralId, Recipient recipient)
    {
        var pdf = Write(masthead, Replaced, newer.DatedAt, referralId, recipient,
            $"De brief van {edition.DatedAt.DayInDutch()} is vervangen door de brief van {newer.DatedAt.DayInDutch()}.",
            "Gebruik alleen de nieuwe brief.");
        var document = Of(letterId, referralId, recipient, (Replaced, newer.DatedAt), pdf);
        document.Status = DocumentReferenceStatus.Superseded;
        return document;
    }

    private static DocumentReference Of(
        Guid letterId, Guid referralId, Recipient recipient, (string Title, DateTimeOffset At) kind, byte[] pdf) =>
        ClosingNote.WithSender(LetterDocument.Of(letterId, referralId, recipient, (kind.Title, Category, kind.At), pdf));

    private static byte[] Write(Masthead masthead, string title, DateTimeOffset at, Guid referralId, Recipient recipient, string what, string then)
    {
        using var paper = new Paper(title, at);
        var reference = Reference(referralId, recipient);
        Top(paper, masthead, title, Title);
        Addresses(paper, recipient, withBsn: !recipient.Practice.IsReachedByPerson,
            ("KENMERK VAN UW VERWIJZING", reference, []), ("DATUM", at.DayInDutch(), []));
        paper.Write("Deze brief telt niet meer", Heading);
        paper.Write(what, Body);
        paper.Skip(10);
        paper.Write("Wat moet u doen?", Heading);
        paper.Write(then, Body);
        paper.Skip(10);
        paper.Write("Vragen? Neem contact op met de planning van het verkennend gesprek in uw regio.", Body);
        return paper.Finish($"{title}, kenmerk {reference}", Small);
    }
}
