using System.Text.Json;
using Hl7.Fhir.Model;
using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Returning;

/// <summary>A printed letter and where it goes, or why there is none.</summary>
internal sealed record Letter(Practice? Practice, Uri? Address, DocumentReference? Document, Failure? Failure)
{
    public static Letter Without(Hindrance hindrance, Practice? practice = null) =>
        new(practice, null, null, new Failure(hindrance));
}

/// <summary>Fetches what only others know, and prints the letter with it.</summary>
internal sealed class PrintLetter(Recipients recipients, Conversations conversations)
{
    public async Task<Letter> Run(Guid id, Advice advice, CancellationToken ct)
    {
        if (await Ask(() => recipients.Of(advice.ReferralId, ct), ct) is not { } recipient)
        {
            return Letter.Without(Hindrance.IntakeUnavailable);
        }

        if (recipient.Practice.Address() is not { } address)
        {
            return Letter.Without(Hindrance.NoAddress, recipient.Practice);
        }

        if (await Ask(() => conversations.Of(advice.ReferralId, ct), ct) is not { } conversation)
        {
            return Letter.Without(Hindrance.PlanningUnavailable, recipient.Practice);
        }

        var pdf = AdvicePdf.Write(advice, recipient, conversation, withBsn: true);
        return new Letter(recipient.Practice, address, AdviceDocument.Of(id, advice, recipient, conversation, pdf), null);
    }

    // The other service is down, or does not know the referral any more: for the letter it is the same, it waits.
    private static async Task<T?> Ask<T>(Func<Task<T?>> question, CancellationToken ct)
        where T : class
    {
        try
        {
            return await question();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
