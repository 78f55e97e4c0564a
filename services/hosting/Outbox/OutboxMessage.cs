using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace VGIntegration.Hosting.Outbox;

/// <summary>A message that was stored in the same transaction as the change it tells of, and is not yet delivered.</summary>
public sealed class OutboxMessage
{
    private static readonly ConcurrentDictionary<string, Type?> Types = new(); // a name is looked up once

    private object? _told; // what it was made of, as long as it is in the process that made it

    private OutboxMessage() { }

    /// <summary>Travels as the message's id, so that a consumer recognises a second copy.</summary>
    public Guid Id { get; private set; }

    /// <summary>Full name and assembly of the message type.</summary>
    public string MessageType { get; private set; } = "";

    /// <summary>The message as JSON.</summary>
    public string Body { get; private set; } = "";

    /// <summary>When it was stored; UTC.</summary>
    public DateTimeOffset CreatedAt { get; internal set; }

    /// <summary>No attempt before this moment; UTC.</summary>
    public DateTimeOffset NotBefore { get; internal set; }

    /// <summary>Until this moment one process has it in hand; UTC.</summary>
    public DateTimeOffset LeasedUntil { get; internal set; }

    /// <summary>Which process has it in hand.</summary>
    public Guid LeasedBy { get; internal set; }

    /// <summary>How often delivery was tried in vain.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Set when the message can never be delivered as it is, and a person has to look; UTC.</summary>
    public DateTimeOffset? ParkedAt { get; internal set; }

    /// <summary>The type of the last failure; never its text, which could hold personal data.</summary>
    public string? LastFailure { get; internal set; }

    /// <summary>W3C Trace Context traceparent of the work that published it.</summary>
    public string? TraceParent { get; internal set; }

    /// <summary>A row for a message.</summary>
    public static OutboxMessage Of<T>(T message)
        where T : class => new()
        {
            Id = Guid.CreateVersion7(),
            MessageType = Name<T>.Full,
            Body = JsonSerializer.Serialize(message),
            _told = message,
            TraceParent = Activity.Current?.Id, // who saves it may do so for others too
        };

    /// <summary>Keeps it back until this moment; until then whoever stored it may take it away again.</summary>
    public void Hold(DateTimeOffset until) => NotBefore = until;

    /// <summary>The message itself.</summary>
    /// <exception cref="JsonException">The body is not such a message, or its type is not known here.</exception>
    public object Read() => _told
        ?? JsonSerializer.Deserialize(Body, Types.GetOrAdd(MessageType, Type.GetType) ?? throw new JsonException("Unknown message type."))
        ?? throw new JsonException("Empty message.");

    private static class Name<T>
    {
        internal static readonly string Full = $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
    }
}
