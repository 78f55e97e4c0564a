using System.Text;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Telling;

/// <summary>The Task of a referral for the practice's own system: each version once, and never an older one after a newer.</summary>
internal sealed class UpdateTask(FeedbackDbContext db, Recipients recipients)
{
    public async Task<Parcel> Pack(Delivery delivery, CancellationToken ct)
    {
        var newest = await db.Deliveries.Where(d => d.SubjectId == delivery.SubjectId && d.State == DeliveryState.Delivered)
            .MaxAsync(d => (int?)d.Number, ct) ?? 0;
        if (newest > delivery.Number && delivery.Attempts == 0)
        {
            return Parcel.NotNeeded(); // it came late, and newer news was told already
        }

        var version = Math.Max(newest, delivery.Number);
        if (await Parcel.Ask(() => recipients.Task(delivery.SubjectId!.Value, version, ct), ct) is not { } task)
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
