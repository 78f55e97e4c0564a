using System.Text;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Telling;

/// <summary>A handshake or an event for the endpoint of a subscription, which intake has judged.</summary>
internal sealed class NotifySubscriber(Recipients recipients)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        var question = Parcel.Ask(
            () => recipients.Notification(delivery.SubjectId!.Value, delivery.EventNumber, delivery.PracticeId!, ct), ct);
        if (await question is not { } notification)
        {
            return Parcel.Without(Hindrance.IntakeUnavailable);
        }

        return notification switch
        {
            { Resource: null } => Parcel.NotNeeded(notification.Practice),
            { Endpoint: { } url, Resource: { } resource } when Uri.TryCreate(url, UriKind.Absolute, out var endpoint) =>
                Parcel.OfNotification(
                    notification.Practice, endpoint, notification.Authorization, Encoding.UTF8.GetBytes(resource.GetRawText())),
            _ => Parcel.Without(Hindrance.NoAddress, notification.Practice), // no longer an address of this practice
        };
    }
}
