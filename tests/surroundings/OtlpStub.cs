using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VGIntegration.Surroundings;

/// <summary>One span as it arrived.</summary>
public sealed record ReceivedSpan(string Service, string Name, string TraceId, string SpanId, string ParentSpanId);

/// <summary>Takes traces, metrics and logs over OTLP (http/protobuf) and keeps every byte, so that a test can look for what must not be there.</summary>
public sealed class OtlpStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    private OtlpStub(WebApplication app) => _app = app;

    /// <summary>For OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    public string Endpoint => _app.Urls.First();

    /// <summary>What makes a service send everything here, soon.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "500",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
    };

    /// <summary>The spans that arrived so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. Of("traces").SelectMany(Read)];

    public static async Task<OtlpStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new OtlpStub(app);
        app.MapPost("/v1/{signal}", stub.Keep);
        await app.StartAsync();
        return stub;
    }

    /// <summary>The bodies of traces, metrics or logs.</summary>
    public IReadOnlyList<byte[]> Of(string signal) => [.. _received.Where(r => r.Signal == signal).Select(r => r.Body)];

    /// <summary>Whether the text is in anything that arrived.</summary>
    public bool Contains(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return _received.Any(r => r.Body.AsSpan().IndexOf(bytes) >= 0);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Keep(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await (request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body)
            .CopyToAsync(body);
        _received.Enqueue((signal, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }

    // opentelemetry-proto trace/v1: resource_spans=1 { resource=1 { attributes=1 }, scope_spans=2 { spans=2 } }
    private static IEnumerable<ReceivedSpan> Read(byte[] body) =>
        from resourceSpans in Fields(body, 1)
        let service = Fields(resourceSpans, 1).SelectMany(r => Fields(r, 1))
            .Where(a => Text(a, 1) == "service.name").Select(a => Text(Fields(a, 2).Single(), 1)).FirstOrDefault() ?? ""
        from scopeSpans in Fields(resourceSpans, 2)
        from span in Fields(scopeSpans, 2)
        select new ReceivedSpan(service, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4));

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int field) =>
        Convert.ToHexString(Fields(message, field).FirstOrDefault() ?? []).ToLower(CultureInfo.InvariantCulture);

    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var (found, at) = (new List<byte[]>(), 0);
        while (at < message.Length)
        {
            var tag = Number(message, ref at);
            var length = (tag & 7) switch
            {
                0 => Number(message, ref at) & 0,
                1 => 8,
                2 => Number(message, ref at),
                5 => 4,
                _ => throw new InvalidDataException("This is not protobuf."),
            };
            if (tag >> 3 == wanted && (tag & 7) == 2)
            {
                found.Add(message[at..(at + (int)length)]);
            }

            at += (int)length;
        }

        return found;
    }

    private static long Number(byte[] message, ref int at)
    {
        var (number, shift) = (0L, 0);
        while (true)
        {
            var next = message[at++];
            number |= (long)(next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
