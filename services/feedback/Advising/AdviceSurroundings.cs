using System.Text.Json;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Advising;

/// <summary>What belongs to an advice and only others know, for a page; each half may be missing, and writing goes on.</summary>
internal sealed class AdviceSurroundings(Recipients recipients, Conversations conversations)
{
    public async Task<(Recipient? Recipient, HeldConversation? Conversation)> Of(Guid referralId, CancellationToken ct)
    {
        var recipient = Ask(recipients.Of(referralId, ct), ct);
        var conversation = Ask(conversations.Of(referralId, ct), ct);
        return (await recipient, await conversation);
    }

    private static async Task<T?> Ask<T>(Task<T?> question, CancellationToken ct)
        where T : class
    {
        try
        {
            return await question;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
