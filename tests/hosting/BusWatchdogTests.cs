using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Hosting.Tests;

/// <summary>A bus that does not come back by itself while the broker is there is a reason to start afresh, and the only one.</summary>
public sealed class BusWatchdogTests
{
    private readonly FakeTimeProvider _clock = new();
    private int _ended;
    private bool _isWell = true;
    private bool _answers = true;

    [Fact]
    public async Task Ends_the_process_when_the_broker_answers_and_the_bus_stays_away()
    {
        using var watchdog = Watching();
        _isWell = false;

        await Pass(watchdog, BusWatchdog.Patience - BusWatchdog.Every);
        Assert.Equal(0, _ended);
        await Pass(watchdog, BusWatchdog.Every * 2);

        Assert.Equal(1, _ended);
    }

    [Fact]
    public async Task Waits_for_a_broker_that_is_away_however_long()
    {
        using var watchdog = Watching();
        (_isWell, _answers) = (false, false);

        await Pass(watchdog, TimeSpan.FromHours(1));

        Assert.Equal(0, _ended);
    }

    [Fact]
    public async Task Gives_the_bus_its_whole_time_from_the_moment_the_broker_is_back()
    {
        using var watchdog = Watching();
        (_isWell, _answers) = (false, false);
        await Pass(watchdog, TimeSpan.FromHours(1));
        _answers = true;
        await Pass(watchdog, BusWatchdog.Patience - BusWatchdog.Every);
        _isWell = true;
        await Pass(watchdog, BusWatchdog.Every);
        _isWell = false;

        await Pass(watchdog, BusWatchdog.Patience - BusWatchdog.Every);

        Assert.Equal(0, _ended);
    }

    [Fact]
    public async Task Asks_the_broker_itself()
    {
        var broker = await RabbitMqServer.Shared;

        Assert.True(await BusWatchdog.Answers(await broker.CreateVirtualHost(), TestContext.Current.CancellationToken));
        Assert.False(await BusWatchdog.Answers(new Uri($"amqp://127.0.0.1:{Sandbox.FreePort()}"), TestContext.Current.CancellationToken));
    }

    private BusWatchdog Watching() =>
        new(() => _isWell, _ => Task.FromResult(_answers), () => _ended++, _clock, NullLogger<BusWatchdog>.Instance);

    private async Task Pass(BusWatchdog watchdog, TimeSpan time)
    {
        var ended = false;
        for (var passed = TimeSpan.Zero; passed < time && !ended; passed += BusWatchdog.Every)
        {
            _clock.Advance(BusWatchdog.Every);
            ended = await watchdog.Look(TestContext.Current.CancellationToken);
        }
    }
}
