using Hl7.Fhir.Model;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Correcting;
using VGIntegration.Feedback.Explaining;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Telling;

namespace VGIntegration.Feedback.Tests.Printing;

/// <summary>One of each letter that leaves the system, about invented people.</summary>
internal static class Letters
{
    private static readonly ProposedReferral Referral = new()
    {
        Care = ProposedCare.BasicCare,
        Reason = "Wilhelmina denkt zelf aan gesprekken over de scheiding. Zij slaapt al een half jaar slecht en heeft eerder goed gereageerd op zes gesprekken bij de POH-GGZ.",
    };

    private static readonly AdviceText Everything = Examples.Text with
    {
        Network = "Haar zus Żaneta komt elke zondag. De buurvrouw drinkt op dinsdag koffie mee.",
        BasicCare = "Zes tot acht gesprekken over de scheiding en het slapen.",
        SpecialisedCare = "Nu niet.",
        Bridging = "Zolang het wachten duurt belt Özgür elke twee weken.",
    };

    public static Masthead Region { get; } = new("Netwerk Amstelland", Logo.Of(Path.Combine(Folder, "logo.png")));

    public static string Folder => Path.Combine(Surroundings.Repository.Root, "tests", "feedback", "Printing", "golden");

    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } = new Dictionary<string, Func<byte[]>>
    {
        ["letter"] = () => AdvicePdf.Write(Letter(Otherwise)),
        ["letter-without-logo"] = () => AdvicePdf.Write(Letter(Agreed) with { Masthead = Masthead.None }),
        ["letter-not-shared"] = () => AdvicePdf.Write(Letter(Agreed with { SharesWithGp = false })),
        ["letter-corrected"] = () => AdvicePdf.Write(Letter(Agreed) with { Replaces = Examples.Day.AddDays(-6) }),
        ["letter-concept"] = () => AdvicePdf.Write(Letter(new())),
        ["letter-long"] = () => AdvicePdf.Write(Letter(Otherwise, Long())),
        ["copy"] = () => AdvicePdf.WriteCopy(Letter(Otherwise with { SharesWithGp = false })),
        ["leaflet"] = () => Leaflet.Write(new Explanation("Netwerk Amstelland", "020 123 45 67"), Region),
        ["closing-note"] = ClosingNoteOf,
        ["letter-retracted"] = () => Notice(advice =>
        {
            advice.Retract("Dit ging over iemand anders.", Examples.Day.AddDays(1));
            return CorrectionNotice.OfRetraction(Region, Guid.Empty, advice.Editions[0], advice.ReferralId, Examples.ARecipient());
        }),
        ["letter-replaced"] = () => Notice(advice =>
        {
            advice.ChangeSharing(false, ResidentMark.ByLink, Examples.Day.AddDays(1));
            return CorrectionNotice.OfSupersession(Region, Guid.Empty, advice.Editions[0], advice.Editions[1], advice.ReferralId, Examples.ARecipient());
        }),
    };

    private static ResidentMark Otherwise => new()
    {
        Opinion = Opinion.Disagrees,
        DisagreesOn = AdvicePart.SocialDomain,
        Words = "De tuingroep is niets voor mij. Ik wil liever wandelen met iemand die ook gescheiden is.",
        SharesWithGp = true,
    };

    private static ResidentMark Agreed => new() { Opinion = Opinion.Agrees, Words = "Fijn dat er naar mij is geluisterd.", SharesWithGp = true };

    /// <summary>A letter in which every part says much, in paragraphs of every length.</summary>
    public static AdviceText Long() => AdvicePartWords.All.Aggregate(new AdviceText(), (text, part) => text.With(part, string.Join("\n\n",
        Enumerable.Range(1, 9).Select(i => string.Concat(Enumerable.Repeat($"Dit is zin nummer {i} over dit onderwerp. ", 1 + (((int)part + i) * 7 % 13)))))));

    /// <summary>As it is final with this answer, or a concept when there is none.</summary>
    private static AdviceLetter Letter(ResidentMark mark, AdviceText? text = null)
    {
        var advice = Examples.AnAdvice(text ?? Everything, sharesWithGp: null, isSigned: false, Referral);
        if (mark.IsSet)
        {
            advice.Answer(mark, Examples.Day.AddHours(3));
            advice.Sign("ggz", Examples.Day.AddHours(4));
            advice.Sign("sociaal", Examples.Day.AddHours(5));
        }

        var edition = advice.IsFinal ? advice.Editions[^1] : advice.Concept();
        return new(advice, edition, Examples.ARecipient(), Examples.AConversation()) { WithBsn = true, Masthead = Region };
    }

    /// <summary>What stands in the place of a letter after this happened to it.</summary>
    private static byte[] Notice(Func<Advice, DocumentReference> after) => after(Examples.AnAdvice(Everything)).Content[0].Attachment!.Data!;

    private static byte[] ClosingNoteOf()
    {
        var ending = new Ending { BusinessStatus = "geen-gesprek", Reason = ClosingReason.NotAttended, At = Examples.Day };
        return ClosingNote.Write(Region, (Guid.Empty, Examples.ARecipient()), ending, ClosingNote.TextFor(ending)!.Value);
    }
}
