using Microsoft.AspNetCore.Http.Features;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Limiting;

/// <summary>
/// A request that has come in whole is answered within seconds, or with 503 when the database is slow or gone. What is
/// asked of the database is cancelled, and where its driver does not listen (Npgsql while it opens a connection or cancels)
/// the sender is answered all the same. The time of sending is not counted: Kestrel ends senders that are too slow.
/// </summary>
internal sealed class TimeLimit(int atOnce, TimeSpan longest)
{
    private static readonly byte[] Told = FhirJson.Write(Finding.Outcome([Finding.Error(IssueType.Transient, null,
        "De dienst is even niet bereikbaar. Stuur dezelfde verwijzing zo weer; er komt er nooit meer dan één.")]));

    private readonly TimeSpan _patience = longest * 0.8;
    private readonly TimeSpan _last = longest * 0.9;
    private int _inHand;

    public async Task Apply(HttpContext http, RequestDelegate next)
    {
        var inHand = Interlocked.Increment(ref _inHand);
        try
        {
            if (atOnce > 0 && inHand > atOnce)
            {
                Later(http);
            }
            else
            {
                await (longest == TimeSpan.Zero ? next(http) : Within(http, next));
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inHand);
        }
    }

    private async Task Within(HttpContext http, RequestDelegate next)
    {
        var (gone, body, response) = (http.RequestAborted, http.Request.Body, http.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        var answer = new OneAnswer(response);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(gone);
        http.Features.Set<IHttpResponseBodyFeature>(answer);
        http.RequestAborted = time.Token;
        time.CancelAfter(_patience);
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            http.Request.Body = new Arriving(body, time, _patience);
        }

        var work = next(http);
        try
        {
            if (!await IsDone(work, time) && !gone.IsCancellationRequested && answer.IsOurs())
            {
                await AnswerNow(http, response, gone);
            }

            await work;
        }
        catch (Exception) when (time.IsCancellationRequested && !gone.IsCancellationRequested) // whatever the driver made of it
        {
            if (!http.Response.HasStarted)
            {
                http.Response.Clear();
                Later(http);
            }
        }
        finally
        {
            http.Features.Set(response);
            (http.RequestAborted, http.Request.Body) = (gone, body);
        }
    }

    private async Task<bool> IsDone(Task work, CancellationTokenSource time)
    {
        for (var wait = _last; !work.IsCompleted; wait = _last - _patience)
        {
            await work.WaitAsync(wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!work.IsCompleted && time.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    // What was asked may still be at work on this request: only the answer leaves, and the connection is not used again.
    private static async Task AnswerNow(HttpContext http, IHttpResponseBodyFeature response, CancellationToken ct)
    {
        Later(http);
        http.Response.Headers.Connection = "close";
        (http.Response.ContentType, http.Response.ContentLength) = ($"{FhirJson.MediaType}; charset=utf-8", Told.Length);
        await response.Stream.WriteAsync(Told, ct);
        await response.CompleteAsync();
    }

    private static void Later(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "5";
    }

    /// <summary>Lets either the handler answer or the time limit, and never both.</summary>
    private sealed class OneAnswer(IHttpResponseBodyFeature response) : IHttpResponseBodyFeature
    {
        private const int Handler = 1;
        private const int Limit = 2;

        private int _by;

        public Stream Stream => Handlers().Stream;

        public System.IO.Pipelines.PipeWriter Writer => Handlers().Writer;

        public bool IsOurs() => Interlocked.CompareExchange(ref _by, Limit, 0) == 0;

        public void DisableBuffering() => response.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => Handlers().StartAsync(cancellationToken);

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            Handlers().SendFileAsync(path, offset, count, cancellationToken);

        public Task CompleteAsync() => Handlers().CompleteAsync();

        private IHttpResponseBodyFeature Handlers() => Interlocked.CompareExchange(ref _by, Handler, 0) is Limit
            ? throw new OperationCanceledException("The time limit has answered.")
            : response;
    }

    /// <summary>The body as it comes in. While this service waits for the sender, the clock stands still.</summary>
    private sealed class Arriving(Stream body, CancellationTokenSource time, TimeSpan patience) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            time.CancelAfter(Timeout.InfiniteTimeSpan);
            var read = await body.ReadAsync(buffer, cancellationToken);
            time.CancelAfter(patience);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => body.Read(buffer, offset, count);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
