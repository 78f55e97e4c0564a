using System.Text;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Telling;

/// <summary>The Task of a referral as it is now, for the practice's own system.</summary>
internal sealed class UpdateTask(Recipients recipients)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        if (await Parcel.Ask(() => recipients.Task(delivery.SubjectId!.Value, ct), ct) is not { } task)
        {
            return Parcel.Without(Hindrance.IntakeUnavailable);
        }

        var practice = task.Practice;
        if (!practice.WantsTasks)
        {
            return Parcel.NotNeeded(practice); // it asks for itself, or subscribed
        }

        return practice.Address() is { } address
            ? Parcel.OfTask(practice, address, task.Version, Encoding.UTF8.GetBytes(task.Resource.GetRawText()))
            : Parcel.Without(Hindrance.NoAddress, practice);
    }
}
