using System.Diagnostics;
using System.Net;
using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Hosting.Tests;

/// <summary>The same outbox and inbox over a real RabbitMQ.</summary>
public sealed class RabbitMqTests : IAsyncDisposable
{
    private const string Queue = "reader-read-note";

    private readonly List<NoteService> _services = [];

    [Fact]
    public async Task A_message_for_a_service_that_never_started_waits_in_its_queue()
    {
        var uri = await VirtualHost();
        var writer = await Writer(uri);
        var notes = await writer.Write(10);
        await AllDelivered(writer);
        await writer.DisposeAsync();

        var reader = await Reader(uri);

        await Eventually.Is(async () => (await reader.Readings()).Count == 10);
        Assert.Equal(notes.Order(), (await reader.Readings()).Select(r => r.NoteId).Order());
    }

    [Fact]
    public async Task A_queue_gets_one_copy_although_writer_and_reader_both_declare_it()
    {
        var uri = await VirtualHost();
        var reader = await Reader(uri);
        await reader.Write(); // stopped only once it really runs: a bus that is stopped while it starts may go on
        await Eventually.Is(async () => (await reader.Readings()).Count == 1);
        await reader.DisposeAsync();

        var writer = await Writer(uri);
        await writer.Write(10);

        await AllDelivered(writer);
        await Eventually.Is(async () => await Left(uri, Queue) >= 10);
        Assert.Equal(10u, await Left(uri, Queue));
    }

    [Fact]
    public async Task Twenty_copies_are_consumed_once_and_none_is_laid_aside()
    {
        var uri = await VirtualHost();
        var reader = await Reader(uri);
        var (bus, id) = (reader.Services.GetRequiredService<IBus>(), Guid.NewGuid());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bus.Publish(
            new NoteWritten(id), Pipe.Execute<PublishContext>(c => c.MessageId = id), Token)));
        await reader.Write();

        await Eventually.Is(async () => (await reader.Readings()).Count == 2 && await Left(uri, Queue) == 0);
        Assert.Single(await reader.Readings(), r => r.NoteId == id);
        Assert.Null(await Left(uri, $"{Queue}_skipped"));
        Assert.Equal(0u, await Left(uri, $"{Queue}_error"));
    }

    [Fact]
    public async Task A_consumer_that_fails_first_has_its_effect_once()
    {
        var reader = await Reader(await VirtualHost());
        reader.Script.Then = (_, attempt) => attempt < 3 ? throw new InvalidOperationException() : Task.CompletedTask;

        await reader.Write();

        await Eventually.Is(async () => (await reader.Readings()).Count == 1);
        Assert.Equal(3, reader.Script.Attempts(nameof(ReadNote)));
    }

    [Fact]
    public async Task What_is_no_message_waits_in_the_error_queue_and_holds_nothing_up()
    {
        var uri = await VirtualHost();
        var reader = await Reader(uri);
        await Eventually.Is(async () => await Left(uri, Queue) == 0);
        await using var connection = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.BasicPublishAsync("", Queue, Encoding.UTF8.GetBytes("{ this is not"), Token);

        await reader.Write();

        await Eventually.Is(async () => (await reader.Readings()).Count == 1 && await Left(uri, $"{Queue}_error") == 1);
    }

    [Fact]
    public async Task The_consumer_works_in_the_trace_of_the_writer()
    {
        var uri = await VirtualHost();
        var (writer, reader) = (await Writer(uri), await Reader(uri));
        using var work = new Activity("write") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        work.Start();

        await writer.Write();

        await Eventually.Is(async () => (await reader.Readings()).Count == 1);
        Assert.Equal(work.TraceId.ToString(), (await reader.Readings()).Single().TraceId);
    }

    [Fact]
    public async Task A_service_starts_and_answers_without_a_broker_and_sends_when_it_comes()
    {
        var broker = RabbitMqServer.NotRunning();
        var (writer, reader) = (await Writer(broker.ConnectionString), await Reader(broker.ConnectionString));
        using var client = writer.Client();
        var ready = await client.GetAsync("/health/ready", Token);
        await writer.Write(200);

        await broker.Restart();

        await Eventually.Is(async () => (await reader.Readings()).Count == 200, TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task A_broker_that_is_killed_in_the_middle_loses_and_doubles_nothing()
    {
        var broker = await RabbitMqServer.StartNew();
        var (writer, reader) = (await Writer(broker.ConnectionString), await Reader(broker.ConnectionString));
        var notes = new List<Guid>();
        await Write(20);
        await Eventually.Is(async () => (await reader.Readings()).Count > 100);

        broker.Kill9();
        await Write(20);
        await broker.Restart();
        await Write(20);

        await Eventually.Is(async () => (await reader.Readings()).Count >= notes.Count, TimeSpan.FromSeconds(60));
        Assert.Equal(notes.Order(), (await reader.Readings()).Select(r => r.NoteId).Order());

        async Task Write(int times)
        {
            for (var i = 0; i < times; i++)
            {
                notes.AddRange(await writer.Write(10));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<Uri> VirtualHost() => await (await RabbitMqServer.Shared).CreateVirtualHost();

    private static Task AllDelivered(NoteService service) =>
        Eventually.Is(async () => await service.Waiting() == 0, TimeSpan.FromSeconds(40));

    /// <summary>How many messages wait in a queue; null if there is no such queue.</summary>
    private static async Task<uint?> Left(Uri uri, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, Token)).MessageCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }

    private Task<NoteService> Writer(Uri uri) => Service("Writer", uri, null);

    private Task<NoteService> Reader(Uri uri) => Service("Reader", uri, c => c.Add<ReadNote>());

    private async Task<NoteService> Service(string name, Uri uri, Action<Consumers<NotesDb>>? consumers)
    {
        string[] settings =
        [
            $"--data={Sandbox.Folder(name)}", "--Messaging:Transport=RabbitMq", $"--Messaging:ConnectionString={uri}",
        ];
        var service = await NoteService.Start(name, settings, [Queue], consumers);
        _services.Add(service);
        return service;
    }
}
