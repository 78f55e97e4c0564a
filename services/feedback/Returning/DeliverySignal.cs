using System.Threading.Channels;

namespace VGIntegration.Feedback.Returning;

/// <summary>Wakes the worker the moment a letter can go; what nobody told of is found by looking once a second.</summary>
internal sealed class DeliverySignal
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    public async Task Wait(CancellationToken ct) => await _wake.Reader.ReadAsync(ct);
}
