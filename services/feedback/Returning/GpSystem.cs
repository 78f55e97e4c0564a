using System.Net;
using System.Net.Http.Headers;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;
using VGIntegration.Feedback.Proposing;
using VGIntegration.Fhir;

namespace VGIntegration.Feedback.Returning;

/// <summary>What the practice's own system did with a parcel: it gave a receipt, or something stood in the way.</summary>
internal sealed record Answer(string? ReceivedAs, Failure? Failure)
{
    /// <summary>The logical id of the draft, where it went along with its letter.</summary>
    public string? DraftReceivedAs { get; init; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; init; }

    public static Answer Received(string id) => new(id, null);

    public static Answer Failed(Hindrance hindrance, int? status = null, TimeSpan? retryAfter = null) =>
        new(null, new Failure(hindrance, status, retryAfter));
}

/// <summary>The system of a practice. It is sent to once; whether and when to try again is the delivery table's business.</summary>
internal sealed class GpSystem(HttpClient http, PracticeConnections connections, IOptions<ReturnSettings> settings, TimeProvider clock)
{
    private const string Accept = "application/fhir+json;q=1.0, application/json+fhir;q=0.9";

    /// <summary>
    /// Sends the letter: PUT under our id, or a conditional POST where the GP system gives its own, or a document. A draft goes
    /// along where that can be in one piece.
    /// </summary>
    /// <param name="mayGoOn">Asked before a second request, for the first may have taken all the time there was.</param>
    /// <returns>Null when it may not go on.</returns>
    public async Task<Answer?> File(Parcel parcel, Guid requestId, Func<Task<bool>> mayGoOn, CancellationToken ct)
    {
        if (parcel.Practice!.Mode is DeliveryMode.Document)
        {
            var answer = await Post(parcel, requestId, ct);
            if (answer.Failure is not { NeedsPerson: true } || parcel.Draft is null)
            {
                return answer with { DraftReceivedAs = answer.Failure is null ? parcel.Draft?.Id : null };
            }

            return await mayGoOn() ? await Post(parcel with { Draft = null }, ProposedDraft.IdOf(requestId), ct) : null;
        }

        if (parcel is { Draft: not null, Practice.TakesTransactions: true })
        {
            var together = await Ask(
                new Uri(parcel.Address!.OriginalString.TrimEnd('/')), HttpMethod.Post, requestId, Token(parcel),
                request => Load(request, FhirJson.Write(TransactionBundle.Of(parcel))), (a, token) => Stored(a, parcel, token), ct, parcel.Practice);
            if (together.Failure is not { NeedsPerson: true })
            {
                return together;
            }

            if (!await mayGoOn())
            {
                return null;
            }

            requestId = ProposedDraft.IdOf(requestId); // all or nothing, and it was nothing: a letter never fails because of its draft
        }

        return await Put(parcel, parcel.Letter!, parcel.Letter!.Identifier[0], requestId, ct);
    }

    /// <summary>Writes over what the practice has: the letter or the draft with another status.</summary>
    /// <returns>Null when it may not go on to a second request.</returns>
    public async Task<Answer?> Revise(Parcel parcel, Guid requestId, Func<Task<bool>> mayGoOn, CancellationToken ct)
    {
        var (resource, identifier) = Subject(parcel);
        if (parcel.Practice!.Mode is DeliveryMode.Document)
        {
            return await Post(parcel, requestId, ct);
        }

        if (resource.Id is null && await Find(parcel, requestId, ct) is { } found)
        {
            if (found.Failure is not null)
            {
                return found;
            }

            if (!await mayGoOn())
            {
                return null;
            }

            resource.Id = found.ReceivedAs;
        }

        return resource.Id is { } id
            ? await Ask(new Uri(parcel.Address!, $"{resource.TypeName}/{id}"), HttpMethod.Put, requestId, Token(parcel),
                request => Load(request, FhirJson.Write(resource)), (a, _) => Done(Receipts.Of(a, resource.TypeName, id, clock.GetUtcNow())), ct, parcel.Practice)
            : Answer.Received(identifier.Value!); // it never arrived there
    }

    /// <summary>Sends a draft by itself, after its letter.</summary>
    public Task<Answer> Propose(Parcel parcel, Guid requestId, CancellationToken ct) => parcel.Practice!.Mode is DeliveryMode.Document
        ? Post(parcel, requestId, ct)
        : Put(parcel, parcel.Draft!, parcel.Draft!.Identifier[0], requestId, ct);

    private Task<Answer> Put(Parcel parcel, Resource resource, Identifier identifier, Guid requestId, CancellationToken ct)
    {
        var (address, takesOurIds, id) = (parcel.Address!, parcel.Practice!.TakesOurIds, resource.Id!);
        var target = takesOurIds ? new Uri(address, $"{resource.TypeName}/{id}") : new Uri(address, resource.TypeName);
        return Ask(target, takesOurIds ? HttpMethod.Put : HttpMethod.Post, requestId, Token(parcel), request =>
        {
            Load(request, FhirJson.Write(resource));
            if (!takesOurIds)
            {
                request.Headers.Add("If-None-Exist", Search(identifier));
            }
        }, (answer, _) => Done(Receipts.Of(answer, resource.TypeName, id, clock.GetUtcNow())), ct, parcel.Practice);
    }

    private Task<Answer> Post(Parcel parcel, Guid requestId, CancellationToken ct) => Ask(
        new Uri(parcel.Address!, "Bundle"), HttpMethod.Post, requestId, Token(parcel), request => Load(request, FhirJson.Write(DocumentBundle.Of(parcel))),
        (answer, _) => Done(Receipts.Of(answer, "DocumentReference", Subject(parcel).Resource.Id!, clock.GetUtcNow())), ct, parcel.Practice);

    /// <summary>Whether it is there already; null when it is not.</summary>
    public async Task<Answer?> Find(Parcel parcel, Guid requestId, CancellationToken ct)
    {
        var (resource, identifier) = Subject(parcel);
        var (address, mode) = (parcel.Address!, parcel.Practice!.Mode);
        var type = mode is DeliveryMode.Document ? "Bundle" : resource.TypeName;
        var target = mode is DeliveryMode.Put
            ? new Uri(address, $"{type}/{resource.Id}")
            : new Uri(address, $"{type}?{Search(mode is DeliveryMode.Document ? DocumentBundle.IdentifierOf(parcel) : identifier)}");
        var wanted = mode is DeliveryMode.Document ? DocumentBundle.IdentifierOf(parcel) : identifier;
        var answer = await Ask(target, HttpMethod.Get, requestId, Token(parcel), _ => { },
            (a, token) => Found(a, type, resource.Id, wanted, token), ct, parcel.Practice);
        return answer switch
        {
            { ReceivedAs: "" } => null,
            { Failure: not null } when mode is DeliveryMode.Put => null, // the PUT itself settles it
            { Failure: { IsNotStored: true } failure } => Answer.Failed(Hindrance.CannotTell, failure.Status),
            { Failure: null } when mode is DeliveryMode.Document => Answer.Received(resource.Id!) with { DraftReceivedAs = parcel.Draft?.Id },
            _ => answer,
        };
    }

    private static (Resource Resource, Identifier Identifier) Subject(Parcel parcel) => parcel.Letter is { } letter
        ? (letter, letter.Identifier[0])
        : (parcel.Draft!, parcel.Draft!.Identifier[0]);

    private static Task<Answer> Done(Answer answer) => System.Threading.Tasks.Task.FromResult(answer);

    /// <summary>Tells where a referral stands: the Task under our id.</summary>
    public Task<Answer> Update(Parcel parcel, Guid taskId, Guid requestId, CancellationToken ct) => Ask(
        new Uri(parcel.Address!, $"Task/{taskId}"), HttpMethod.Put, requestId, Token(parcel), request => Load(request, parcel.Body!),
        (answer, _) => Done(Receipts.Of(answer, "Task", taskId.ToString(), clock.GetUtcNow())), ct, parcel.Practice);

    /// <summary>Notifies a subscriber (R4 rest-hook): whatever 2xx says that it was heard.</summary>
    public Task<Answer> Notify(Parcel parcel, Guid requestId, CancellationToken ct) => Ask(
        parcel.Address!, HttpMethod.Post, requestId, parcel.Authorization, request => Load(request, parcel.Body!),
        (answer, _) => Done(answer.IsSuccessStatusCode ? Answer.Received("") : Receipts.Fault(answer, clock.GetUtcNow())), ct);

    private string? Token(Parcel parcel) => settings.Value.BearerTokenOf(parcel.Practice!.Id) is { } token ? $"Bearer {token}" : null;

    private static void Load(HttpRequestMessage request, byte[] body)
    {
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(FhirJson.MediaType);
        request.Headers.Add("Prefer", "return=minimal");
    }

    private async Task<Answer> Ask(
        Uri target, HttpMethod method, Guid requestId, string? authorization, Action<HttpRequestMessage> complete,
        Func<HttpResponseMessage, CancellationToken, Task<Answer>> read, CancellationToken ct, Practice? practice = null)
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
            using var answer = await connections.To(practice?.Id, http).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
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

    private async Task<Answer> Found(HttpResponseMessage answer, string type, string? ourId, Identifier wanted, CancellationToken ct)
    {
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone && Receipts.IsFhir(answer))
        {
            return answer.RequestMessage!.RequestUri!.Query.Length == 0
                ? Answer.Received("")
                : Answer.Failed(Hindrance.Refused, (int)answer.StatusCode);
        }

        if (answer.StatusCode is not HttpStatusCode.OK || !Receipts.IsFhir(answer))
        {
            return answer.IsSuccessStatusCode ? Answer.Failed(Hindrance.NoReceipt, (int)answer.StatusCode) : Receipts.Fault(answer, clock.GetUtcNow());
        }

        await answer.Content.LoadIntoBufferAsync(settings.Value.LargestAnswer, ct);
        var letters = LetterList.Read(await answer.Content.ReadAsByteArrayAsync(ct), type);
        return letters is null ? Answer.Failed(Hindrance.NoReceipt, 200)
            : letters.FirstOrDefault(l => l.Holds(wanted)) is { } there ? Answer.Received(there.Id ?? ourId ?? "")
            : letters.Count == 0 ? Answer.Received("")
            : Answer.Failed(Hindrance.Refused, 200); // it gave letters we did not ask for: it cannot search
    }

    // FHIR R4 http: the entries of a transaction-response are in the order of the transaction.
    private async Task<Answer> Stored(HttpResponseMessage answer, Parcel parcel, CancellationToken ct)
    {
        if (answer.StatusCode is not HttpStatusCode.OK || !Receipts.IsFhir(answer))
        {
            return answer.IsSuccessStatusCode ? Answer.Failed(Hindrance.NoReceipt, (int)answer.StatusCode) : Receipts.Fault(answer, clock.GetUtcNow());
        }

        await answer.Content.LoadIntoBufferAsync(settings.Value.LargestAnswer, ct);
        return TransactionBundle.Places(await answer.Content.ReadAsByteArrayAsync(ct)) is [var letter, var draft]
            ? Answer.Received(Receipts.IdIn(letter, "DocumentReference") ?? parcel.Letter!.Id!) with
            {
                DraftReceivedAs = Receipts.IdIn(draft, "ServiceRequest") ?? parcel.Draft!.Id,
            }
            : Answer.Failed(Hindrance.NoReceipt, 200);
    }

    private static string Search(Identifier identifier) => $"identifier={Uri.EscapeDataString($"{identifier.System}|{identifier.Value}")}";
}
