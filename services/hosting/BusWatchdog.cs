using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace VGIntegration.Hosting;

/// <summary>
/// Ends the process when RabbitMQ takes new connections while the bus of this process has not come back to it for a minute
/// and a half, so that whatever supervises the process starts it afresh. The client library can wait for ever on a
/// connection that broke while it was being made (rabbitmq-dotnet-client issue 1976; fixed after 7.2.2), and then nothing
/// inside the process ends that wait. A broker that is away is no reason to end: requests are still taken.
/// </summary>
/// <param name="isWell">Whether messages can come and go.</param>
/// <param name="answers">Whether the broker takes a new connection.</param>
/// <param name="end">Ends the process.</param>
internal sealed class BusWatchdog(
    Func<bool> isWell, Func<CancellationToken, Task<bool>> answers, Action end, TimeProvider clock, ILogger<BusWatchdog> log) : BackgroundService
{
    /// <summary>EX_TEMPFAIL of sysexits.h: try again.</summary>
    internal const int ExitCode = 75;

    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // MassTransit itself waits up to a minute between two tries.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private long _lastGood = clock.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            await Task.Delay(Every, clock, stoppingToken);
        }
        while (!await Look(stoppingToken));
    }

    /// <summary>Looks once.</summary>
    /// <returns>Whether the process was ended.</returns>
    internal async Task<bool> Look(CancellationToken ct)
    {
        if (isWell() || !await answers(ct))
        {
            _lastGood = clock.GetTimestamp();
            return false;
        }

        if (clock.GetElapsedTime(_lastGood) < Patience)
        {
            return false;
        }

        log.LogCritical("RabbitMQ answers, but the bus has not come back to it for {Seconds} s: this process ends, to be started again", Patience.TotalSeconds);
        end();
        return true;
    }

    /// <summary>A connection of its own, made and given up.</summary>
    internal static async Task<bool> Answers(Uri broker, CancellationToken ct)
    {
        try
        {
            var factory = new ConnectionFactory
            {
                Uri = new UriBuilder(broker) { Scheme = broker.Scheme.Replace("rabbitmq", "amqp", StringComparison.Ordinal) }.Uri,
                AutomaticRecoveryEnabled = false,
                ClientProvidedName = "watchdog",
                RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            };
            var connection = await factory.CreateConnectionAsync(ct).WaitAsync(TimeSpan.FromSeconds(8), ct);
            await connection.CloseAsync(ct).WaitAsync(TimeSpan.FromSeconds(8), ct);
            return true;
        }
        catch (Exception) when (!ct.IsCancellationRequested) // the edge: away, refused or silent is all the same here
        {
            return false;
        }
    }

    /// <summary>In the orderly way, and when that hangs too, at once.</summary>
    internal static void End(IHostApplicationLifetime life)
    {
        Environment.ExitCode = ExitCode;
        life.StopApplication();
        _ = Task.Delay(TimeSpan.FromSeconds(40), TimeProvider.System).ContinueWith(_ => Environment.Exit(ExitCode), TaskScheduler.Default);
    }
}
