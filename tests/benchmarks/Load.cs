using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace VGIntegration.Benchmarks;

/// <summary>
/// Clients that send one prepared message over and over, each time with another number, over raw sockets: the two cores are
/// for what is measured.
/// </summary>
internal static class Load
{
    private const string Number = "5f1d2c3b-8f4e-4a52-9d55-6a1c9a0d7e11"; // the identifier in the example

    internal static async Task<Measured> For(TimeSpan time, Uri target, int clients, string message, string? token = null)
    {
        var start = Stopwatch.GetTimestamp();
        return await Run(target, clients, message, token, _ => Stopwatch.GetElapsedTime(start) < time);
    }

    internal static async Task<Measured> Count(int messages, Uri target, int clients, string message, string? token = null)
    {
        var left = messages;
        return await Run(target, clients, message, token, _ => Interlocked.Decrement(ref left) >= 0);
    }

    private static async Task<Measured> Run(Uri target, int clients, string message, string? token, Func<int, bool> goesOn)
    {
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(async () =>
        {
            using var client = new Client(target, message, token);
            var times = new List<double>();
            while (goesOn(i))
            {
                times.Add(await client.Post());
            }

            return times;
        })));
        return new Measured([.. all.SelectMany(t => t)], Stopwatch.GetElapsedTime(start));
    }

    private sealed class Client : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _request;
        private readonly int[] _numbers;
        private readonly byte[] _answer = new byte[64 * 1024];

        internal Client(Uri target, string message, string? token)
        {
            var request = $"POST {target.AbsolutePath} HTTP/1.1\r\nHost: {target.Authority}\r\nContent-Type: application/fhir+json\r\n"
                + $"Accept: application/fhir+json\r\nX-Request-Id: {Number}\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}"
                + $"Content-Length: {Encoding.UTF8.GetByteCount(message)}\r\n\r\n{message}";
            _request = Encoding.UTF8.GetBytes(request);
            _numbers = [.. Places(_request)];
            _socket.Connect(target.Host, target.Port);
        }

        /// <summary>Milliseconds to the whole answer.</summary>
        internal async Task<double> Post()
        {
            var number = Guid.NewGuid();
            foreach (var place in _numbers)
            {
                number.TryFormat(_request.AsSpan(place), out _);
            }

            var start = Stopwatch.GetTimestamp();
            for (var sent = 0; sent < _request.Length;)
            {
                sent += await _socket.SendAsync(_request.AsMemory(sent));
            }

            var read = 0;
            while (!IsWhole(_answer.AsSpan(0, read)))
            {
                var more = await _socket.ReceiveAsync(_answer.AsMemory(read));
                read += more > 0 ? more : throw new InvalidOperationException("The connection was closed.");
            }

            return _answer.AsSpan(9, 3).SequenceEqual("201"u8)
                ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
                : throw new InvalidOperationException(Encoding.UTF8.GetString(_answer, 0, read));
        }

        public void Dispose() => _socket.Dispose();

        private static IEnumerable<int> Places(byte[] request)
        {
            var number = Encoding.UTF8.GetBytes(Number);
            for (var at = 0; request.AsSpan(at).IndexOf(number) is >= 0 and var next; at += next + number.Length)
            {
                yield return at + next;
            }
        }

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return false;
            }

            var head = answer[..end];
            var body = answer[(end + 4)..];
            var length = head.IndexOf("Content-Length: "u8);
            return length < 0
                ? body.EndsWith("0\r\n\r\n"u8)
                : System.Buffers.Text.Utf8Parser.TryParse(head[(length + 16)..], out int bytes, out _) && body.Length >= bytes;
        }
    }
}

/// <summary>What one round of load saw.</summary>
internal sealed record Measured(IReadOnlyList<double> Times, TimeSpan Elapsed)
{
    /// <summary>Seconds it took to finish what was promised in the answers: the messages that had to go out.</summary>
    internal TimeSpan Aftermath { get; init; }

    internal double PerSecond => Times.Count / (Elapsed + Aftermath).TotalSeconds;

    internal double Percentile(double part) => Times.Order().ElementAt(Math.Min(Times.Count - 1, (int)Math.Ceiling(part * Times.Count) - 1));
}
