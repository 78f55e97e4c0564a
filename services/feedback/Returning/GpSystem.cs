using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Returning;

/// <summary>What the practice's own system did with a parcel: it gave a receipt, or something stood in the way.</summary>
internal sealed record Answer(string? ReceivedAs, Failure? Failure)
{
    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; init; }

    public static Answer Received(string id) => new(id, null);

    public static Answer Failed(Hindrance hindrance, int? status = null, TimeSpan? retryAfter = null) =>
        new(null, new Failure(hindrance, status, retryAfter));
}

/// <summary>The system of a practice. It is sent to once; whether and when to try again is the delivery table's business.</summary>
internal sealed partial class GpSystem(HttpClient http, IOptions<ReturnSettings> settings, TimeProvider clock)
{
    private const string Accept = "application/fhir+json;q=1.0, application/json+fhir;q=0.9";

    private static readonly HashSet<string> FhirTypes =
        ["application/fhir+json", "application/json+fhir", "application/fhir+xml", "application/xml+fhir"];

    /// <summary>Sends the letter: PUT under our id, or a conditional POST where the GP system gives its own.</summary>
    public Task<Answer> File(Parcel parcel, Guid requestId, CancellationToken ct)
    {
        var (address, letter, takesOurIds) = (parcel.Address!, parcel.Letter!, parcel.Practice!.TakesOurIds);
        var target = takesOurIds ? new Uri(address, $"DocumentReference/{letter.Id}") : new Uri(address, "DocumentReference");
        return Ask(target, takesOurIds ? HttpMethod.Put : HttpMethod.Post, requestId, Token(parcel), request =>
        {
            Load(request, FhirJson.Write(letter));
            if (!takesOurIds)
            {
                request.Headers.Add("If-None-Exist", Search(letter));
            }
        }, (answer, _) => System.Threading.Tasks.Task.FromResult(Receipt(answer, letter.Id!)), ct);
    }

    /// <summary>Whether the letter is there already; null when it is not.</summary>
    public async Task<Answer?> Find(Parcel parcel, Guid requestId, CancellationToken ct)
    {
        var (address, letter, takesOurIds) = (parcel.Address!, parcel.Letter!, parcel.Practice!.TakesOurIds);
        var target = takesOurIds
            ? new Uri(address, $"DocumentReference/{letter.Id}")
            : new Uri(address, $"DocumentReference?{Search(letter)}");
        var answer = await Ask(target, HttpMethod.Get, requestId, Token(parcel), _ => { }, (a, token) => Found(a, letter, token), ct);
        return answer switch
        {
            { ReceivedAs: "" } => null,
            { Failure: not null } when takesOurIds => null, // the PUT itself settles it
            { Failure: { IsNotStored: true } failure } => Answer.Failed(Hindrance.CannotTell, failure.Status),
            _ => answer,
        };
    }

    /// <summary>Tells where a referral stands: the Task under our id.</summary>
    public Task<Answer> Update(Parcel parcel, Guid taskId, Guid requestId, CancellationToken ct) => Ask(
        new Uri(parcel.Address!, $"Task/{taskId}"), HttpMethod.Put, requestId, Token(parcel), request => Load(request, parcel.Body!),
        (answer, _) => System.Threading.Tasks.Task.FromResult(Receipt(answer, taskId.ToString())), ct);

    /// <summary>Notifies a subscriber (R4 rest-hook): whatever 2xx says that it was heard.</summary>
    public Task<Answer> Notify(Parcel parcel, Guid requestId, CancellationToken ct) => Ask(
        parcel.Address!, HttpMethod.Post, requestId, parcel.Authorization, request => Load(request, parcel.Body!),
        (answer, _) => System.Threading.Tasks.Task.FromResult(answer.IsSuccessStatusCode ? Answer.Received("") : Fault(answer)), ct);

    private string? Token(Parcel parcel) => settings.Value.BearerTokenOf(parcel.Practice!.Id) is { } token ? $"Bearer {token}" : null;

    private static void Load(HttpRequestMessage request, byte[] body)
    {
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(FhirJson.MediaType);
        request.Headers.Add("Prefer", "return=minimal");
    }

    private async Task<Answer> Ask(
        Uri target, HttpMethod method, Guid requestId, string? authorization, Action<HttpRequestMessage> complete,
        Func<HttpResponseMessage, CancellationToken, Task<Answer>> read, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, target);
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        request.Headers.Add("X-Request-Id", requestId.ToString());
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        complete(request);
        using var timeout = new CancellationTokenSource(settings.Value.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await read(answer, either.Token) with { Status = (int)answer.StatusCode };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Answer.Failed(Hindrance.TimedOut);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Answer(null, new Failure(Hindrance.Unreachable) { MayLandLater = !NeverLeft(e) });
        }
    }

    private static bool NeverLeft(Exception e) => e is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    };

    private Answer Receipt(HttpResponseMessage answer, string ourId)
    {
        var status = (int)answer.StatusCode;
        var isReceipt = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent
            && (answer.Headers.Location is not null || (IsFhir(answer) && answer.StatusCode is not HttpStatusCode.NoContent));
        return isReceipt ? Answer.Received(IdIn(answer.Headers.Location) ?? ourId)
            : answer.IsSuccessStatusCode ? Answer.Failed(Hindrance.NoReceipt, status)
            : Fault(answer);
    }

    private async Task<Answer> Found(HttpResponseMessage answer, DocumentReference letter, CancellationToken ct)
    {
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone && IsFhir(answer))
        {
            return answer.RequestMessage!.RequestUri!.Query.Length == 0
                ? Answer.Received("")
                : Answer.Failed(Hindrance.Refused, (int)answer.StatusCode);
        }

        if (answer.StatusCode is not HttpStatusCode.OK || !IsFhir(answer))
        {
            return answer.IsSuccessStatusCode ? Answer.Failed(Hindrance.NoReceipt, (int)answer.StatusCode) : Fault(answer);
        }

        await answer.Content.LoadIntoBufferAsync(settings.Value.LargestAnswer, ct);
        var letters = LetterList.Read(await answer.Content.ReadAsByteArrayAsync(ct));
        return letters is null ? Answer.Failed(Hindrance.NoReceipt, 200)
            : letters.FirstOrDefault(l => l.Holds(letter)) is { } there ? Answer.Received(there.Id ?? letter.Id!)
            : letters.Count == 0 ? Answer.Received("")
            : Answer.Failed(Hindrance.Refused, 200); // it gave letters we did not ask for: it cannot search
    }

    private Answer Fault(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            408 or 425 or 429 => Answer.Failed(Hindrance.Busy, status, RetryAfter(answer)),
            >= 500 => Answer.Failed(Hindrance.ServerError, status, RetryAfter(answer)),
            401 or 403 => Answer.Failed(Hindrance.Unauthorised, status),
            >= 400 => Answer.Failed(Hindrance.Refused, status),
            >= 300 => Answer.Failed(Hindrance.Redirected, status),
            _ => Answer.Failed(Hindrance.NoReceipt, status),
        };
    }

    // RFC 9110: seconds, or a date
    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date - clock.GetUtcNow());

    private static bool IsFhir(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType is { } type && FhirTypes.Contains(type.ToLower(CultureInfo.InvariantCulture));

    private static string Search(DocumentReference letter) =>
        $"identifier={Uri.EscapeDataString($"{letter.Identifier[0].System}|{letter.Identifier[0].Value}")}";

    private static string? IdIn(Uri? location) =>
        location is not null && LogicalId().Match(location.OriginalString) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"(?:^|/)DocumentReference/([A-Za-z0-9\-.]{1,64})(?:$|[/?#])")]
    private static partial Regex LogicalId();
}
