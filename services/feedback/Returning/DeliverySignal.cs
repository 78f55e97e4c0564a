using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace VGIntegration.Feedback.Returning;

/// <summary>Wakes the worker the moment a parcel can go; what nobody told of is found by looking once a second.</summary>
internal sealed class DeliverySignal
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    public async Task Wait(CancellationToken ct) => await _wake.Reader.ReadAsync(ct);
}

/// <summary>What a consumer put in the delivery table can go as soon as its transaction is committed.</summary>
internal sealed class WakeOnCommit(DeliverySignal signal) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => signal.Wake();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        signal.Wake();
        return Task.CompletedTask;
    }
}
