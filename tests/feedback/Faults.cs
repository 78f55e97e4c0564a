using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Tests;

/// <summary>Lets the save of a receipt fail, as a process that is killed at that moment would.</summary>
internal sealed class Faults : SaveChangesInterceptor
{
    private int _receipts;

    public int Lost { get; private set; }

    public void LoseReceipts(int count) => _receipts = count;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var isReceipt = eventData.Context!.ChangeTracker.Entries<Delivery>()
            .Any(e => e is { State: EntityState.Modified, Entity.State: DeliveryState.Delivered });
        if (isReceipt && Interlocked.Decrement(ref _receipts) >= 0)
        {
            Lost++;
            throw new DbUpdateException("The disk is gone for a moment.");
        }

        return new(result);
    }
}
