using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;

namespace VGIntegration.Feedback.Returning;

/// <summary>What the letter says part by part, as the sections of a document: the same as in the PDF.</summary>
internal static class AdviceSections
{
    public static IReadOnlyList<(string Heading, string Text)> Of(AdviceLetter letter)
    {
        var edition = letter.Edition;
        return edition.TextForGp is not { } text
            ? [("Verkennend gesprek", AdvicePdf.TookPlace), WaitingList]
            : [.. text.Written.Select(part => (part.Heading(), text[part])), .. Proposed(edition), .. Resident(edition.Resident), WaitingList];
    }

    private static (string, string) WaitingList => ("Wachtlijst", AdvicePdf.WaitingListSentence);

    private static IEnumerable<(string, string)> Proposed(AdviceEdition edition) =>
        edition.ProposedToGp is { } proposed ? [(proposed.Care.InDutch(), proposed.Reason)] : [];

    private static IEnumerable<(string, string)> Resident(ResidentMark resident)
    {
        yield return ("De inwoner", AdviceParts.Answer(resident));
        if (resident is { Opinion: not null, Words.Length: > 0 })
        {
            yield return (AdviceParts.VoiceHeading(resident, toResident: false), resident.Words);
        }
    }
}
