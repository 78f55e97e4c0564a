using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>
/// Group commit: the referrals that arrive while the database is busy are stored together in one transaction. A referral
/// that cannot be stored is set apart from its neighbours, and each sender waits for the outcome of its own.
/// </summary>
internal sealed class StoreReferrals(IServiceScopeFactory scopes, CountReferrals counted, TimeProvider clock, ILogger<StoreReferrals> log) : BackgroundService
{
    private const int InOneCommit = 128;
    private const int InLine = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan CopyPatience = TimeSpan.FromSeconds(2);

    private readonly Channel<Arrival> _line = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(InLine) { SingleReader = true });
    private readonly ConcurrentDictionary<(Guid, string, string), Arrival> _inHand = new();

    /// <summary>Waits until it is certain; a sender that goes away changes nothing for the others.</summary>
    internal async Task<StoringOutcome> Store(Arrival arrival, CancellationToken ct)
    {
        var first = _inHand.GetOrAdd(arrival.Key, arrival);
        if (first != arrival)
        {
            var outcome = await Within(first, CopyPatience, StoringOutcome.InHand, ct);
            return outcome is StoringOutcome.Stored ? StoringOutcome.Refused : outcome; // the first is the answer
        }

        if (!_line.Writer.TryWrite(arrival))
        {
            Settle(arrival, StoringOutcome.Unavailable);
        }

        return await Within(arrival, Patience, StoringOutcome.Unavailable, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _line.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Yield(); // who is ready at this moment comes along
            var together = new List<Arrival>();
            while (together.Count < InOneCommit && _line.Reader.TryRead(out var arrival))
            {
                together.Add(arrival);
            }

            // In one order everywhere, so that two instances never wait for each other.
            together.Sort((one, other) => string.CompareOrdinal(one.Stored.Referral.SourceValue, other.Stored.Referral.SourceValue));
            await Store(together);
        }
    }

    private async Task Store(List<Arrival> together)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        var outcome = await Commit(together, patience.Token);
        if (outcome is not StoringOutcome.Stored && together.Count > 1)
        {
            foreach (var one in together)
            {
                Settle(one, patience.IsCancellationRequested ? StoringOutcome.Unavailable : await Commit([one], patience.Token));
            }
        }
        else
        {
            together.ForEach(one => Settle(one, outcome));
        }
    }

    private async Task<StoringOutcome> Commit(List<Arrival> together, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IntakeDbContext>();
            // When one of them was erased before, none is stored: alone each finds out whether it is the one.
            var isStored = await db.Insert([.. together.SelectMany(one => one.Rows)], [.. together.Select(one => one.KeyHash)], ct);
            return isStored ? StoringOutcome.Stored : StoringOutcome.Refused;
        }
        catch (Exception e) when (e.IsRefusal())
        {
            return StoringOutcome.Refused;
        }
        catch (Exception e) // the host's edge: who waits is told, and the next may fare better
        {
            log.LogWarning("{Count} referrals could not be stored: {Failure}", together.Count, e.GetType().Name);
            return StoringOutcome.Unavailable;
        }
    }

    private void Settle(Arrival arrival, StoringOutcome outcome)
    {
        _inHand.TryRemove(new(arrival.Key, arrival));
        if (outcome is StoringOutcome.Stored)
        {
            counted.Add(arrival.Stored.Referral);
        }

        arrival.Settle(outcome);
    }

    private async Task<StoringOutcome> Within(Arrival arrival, TimeSpan patience, StoringOutcome otherwise, CancellationToken ct)
    {
        try
        {
            return await arrival.Outcome.WaitAsync(patience, clock, ct);
        }
        catch (TimeoutException)
        {
            return otherwise;
        }
    }
}
