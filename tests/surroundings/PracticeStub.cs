using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VGIntegration.Surroundings;

/// <summary>What the practice's system does with a request.</summary>
public enum Behaviour
{
    /// <summary>Answers as FHIR says.</summary>
    Ok,

    /// <summary>503, and nothing is stored.</summary>
    Unavailable,

    /// <summary>422 with an OperationOutcome, and nothing is stored.</summary>
    Refuses,

    /// <summary>The connection is reset, and nothing is stored.</summary>
    Resets,

    /// <summary>Stores it after <see cref="PracticeStub.Delay"/>, also when the sender has hung up.</summary>
    Delays,

    /// <summary>Stores it, and then cuts the connection: the sender cannot know.</summary>
    StoresAndCuts,

    /// <summary>200 with a page of HTML, as a proxy in between would; nothing is stored.</summary>
    AnswersHtml,

    /// <summary>429 with a Retry-After of two minutes, and nothing is stored.</summary>
    AsksToWait,

    /// <summary>307 to another address, and nothing is stored.</summary>
    Redirects,

    /// <summary>400, and nothing is stored.</summary>
    BadRequest,

    /// <summary>401, and nothing is stored.</summary>
    Unauthorised,

    /// <summary>409, and nothing is stored.</summary>
    Conflict,

    /// <summary>412, and nothing is stored.</summary>
    SeveralMatch,

    /// <summary>Stores it, and says 409: something in between sent it twice.</summary>
    StoresAndConflicts,
}

/// <summary>A request as the practice got it.</summary>
public sealed record PracticeRequest(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body, Behaviour Behaviour, DateTimeOffset At);

/// <summary>A resource as the practice holds it; <see cref="Created"/> and <see cref="Updated"/> count the writes.</summary>
public sealed record PracticeResource(string Type, string Id, JsonNode Json, int Created, int Updated);

/// <summary>The FHIR base of one practice, with everything that can go wrong there.</summary>
public sealed class PracticeStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PracticeResource> _resources = [];
    private readonly ConcurrentQueue<PracticeRequest> _requests = new();
    private readonly ConcurrentQueue<Behaviour> _next = new();
    private volatile int _now;

    private const string Outcome = """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invariant"}]}""";

    private PracticeStub(WebApplication app) => _app = app;

    /// <summary>The FHIR base, for the registry of practices.</summary>
    public Uri FhirBase => new($"{_app.Urls.First()}/fhir");

    /// <summary>What it does from now on with writes.</summary>
    public Behaviour Now
    {
        get => (Behaviour)_now;
        set => _now = (int)value;
    }

    /// <summary>How long <see cref="Behaviour.Delays"/> takes.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Everything that came in, in its order.</summary>
    public IReadOnlyList<PracticeRequest> Requests => [.. _requests];

    /// <summary>The letters it holds now.</summary>
    public IReadOnlyList<PracticeResource> Letters => Of("DocumentReference");

    /// <summary>Starts a practice on a free port, or on the port of one that was stopped.</summary>
    public static async Task<PracticeStub> Start(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder([$"--urls=http://127.0.0.1:{port}"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var practice = new PracticeStub(app);
        app.MapMethods("/fhir/{type}/{id?}", ["PUT", "POST"], practice.Write);
        app.MapGet("/fhir/{type}/{id?}", practice.Read);
        app.MapPost("/fhir", practice.Transact);
        await app.StartAsync();
        return practice;
    }

    /// <summary>What it does with the next writes, before it goes on with <see cref="Now"/>.</summary>
    public void Next(params Behaviour[] behaviours) => Array.ForEach(behaviours, _next.Enqueue);

    /// <summary>The resources of one type that it holds now.</summary>
    public IReadOnlyList<PracticeResource> Of(string type)
    {
        lock (_lock)
        {
            return [.. _resources.Values.Where(r => r.Type == type)];
        }
    }

    /// <summary>The PDF of a letter.</summary>
    public static byte[] Pdf(PracticeResource letter) =>
        Convert.FromBase64String((string)letter.Json["content"]![0]!["attachment"]!["data"]!);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Write(HttpContext http, string type, string? id = null)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var behaviour = _next.TryDequeue(out var next) ? next : Now;
        Note(http.Request, body, behaviour);
        switch (behaviour)
        {
            case Behaviour.Unavailable:
                http.Response.StatusCode = 503;
                return;
            case Behaviour.Refuses:
                await Answer(http, 422, Outcome);
                return;
            case Behaviour.AnswersHtml:
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<h1>Welcome</h1>");
                return;
            case Behaviour.Resets:
                http.Abort();
                return;
            case Behaviour.AsksToWait:
                http.Response.Headers.RetryAfter = "120";
                http.Response.StatusCode = 429;
                return;
            case Behaviour.Redirects:
                http.Response.Headers.Location = $"{FhirBase}/elsewhere";
                http.Response.StatusCode = 307;
                return;
            case Behaviour.BadRequest or Behaviour.Unauthorised or Behaviour.Conflict or Behaviour.SeveralMatch:
                await Answer(http, StatusOf(behaviour), Outcome);
                return;
            case Behaviour.Delays:
                await Task.Delay(Delay, TimeProvider.System);
                break;
        }

        var (stored, status) = Store(type, id, JsonNode.Parse(body)!, http.Request.Headers["If-None-Exist"].ToString());
        if (behaviour is Behaviour.StoresAndCuts)
        {
            http.Abort();
            return;
        }

        if (behaviour is Behaviour.StoresAndConflicts)
        {
            await Answer(http, 409, Outcome);
            return;
        }

        http.Response.Headers.Location = $"{FhirBase}/{type}/{stored.Id}/_history/{stored.Created + stored.Updated}";
        http.Response.Headers.ETag = $"W/\"{stored.Created + stored.Updated}\"";
        var isMinimal = http.Request.Headers["Prefer"].ToString().Contains("return=minimal", StringComparison.Ordinal);
        await Answer(http, status, isMinimal ? "" : stored.Json.ToJsonString());
    }

    // FHIR R4 http: transaction. All of it or nothing.
    private async Task Transact(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var behaviour = _next.TryDequeue(out var next) ? next : Now;
        Note(http.Request, body, behaviour);
        if (behaviour is not Behaviour.Ok)
        {
            await (behaviour is Behaviour.Refuses
                ? Answer(http, 422, """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-supported"}]}""")
                : Answer(http, 503, ""));
            return;
        }

        var answers = JsonNode.Parse(body)!["entry"]!.AsArray().Select(entry =>
        {
            var place = ((string)entry!["request"]!["url"]!).Split('/');
            var (stored, status) = Store(place[0], place.ElementAtOrDefault(1), entry["resource"]!.DeepClone(), (string?)entry["request"]!["ifNoneExist"] ?? "");
            return (JsonNode)new JsonObject { ["response"] = new JsonObject { ["status"] = $"{status}", ["location"] = $"{stored.Type}/{stored.Id}/_history/1" } };
        }).ToArray();
        await Answer(http, 200, new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction-response", ["entry"] = new JsonArray(answers) }.ToJsonString());
    }

    private async Task Read(HttpContext http, string type, string? id = null)
    {
        Note(http.Request, "", Now);
        if (Now is Behaviour.Unavailable)
        {
            http.Response.StatusCode = 503;
            return;
        }

        if (Now is Behaviour.Resets)
        {
            http.Abort();
            return;
        }

        if (id is not null)
        {
            var found = Of(type).FirstOrDefault(r => r.Id == id);
            await Answer(http, found is null ? 404 : 200, found?.Json.ToJsonString() ?? """{"resourceType":"OperationOutcome"}""");
            return;
        }

        var matches = Of(type).Where(r => HasIdentifier(r.Json, http.Request.Query["identifier"].ToString()))
            .Select(r => new JsonObject { ["resource"] = r.Json.DeepClone() }).ToArray();
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["total"] = matches.Length,
            ["entry"] = new JsonArray(matches),
        };
        await Answer(http, 200, bundle.ToJsonString());
    }

    private (PracticeResource Stored, int Status) Store(string type, string? id, JsonNode json, string ifNoneExist)
    {
        lock (_lock)
        {
            // FHIR R4 http: a conditional create that matches answers 200 and stores nothing
            if (id is null && ifNoneExist.Length > 0
                && Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(ifNoneExist).TryGetValue("identifier", out var identifier)
                && _resources.Values.FirstOrDefault(r => r.Type == type && HasIdentifier(r.Json, identifier.ToString())) is { } there)
            {
                return (there, 200);
            }

            id ??= Guid.NewGuid().ToString();
            json["id"] = id;
            var isNew = !_resources.TryGetValue($"{type}/{id}", out var old);
            var stored = new PracticeResource(type, id, json, 1, isNew ? 0 : old!.Updated + 1);
            _resources[$"{type}/{id}"] = stored;
            return (stored, isNew ? 201 : 200);
        }
    }

    private static int StatusOf(Behaviour behaviour) => behaviour switch
    {
        Behaviour.BadRequest => 400,
        Behaviour.Unauthorised => 401,
        Behaviour.Conflict => 409,
        _ => 412,
    };

    private void Note(HttpRequest request, string body, Behaviour behaviour) => _requests.Enqueue(new PracticeRequest(
        request.Method, request.Path.ToString().Replace("/fhir", "", StringComparison.Ordinal), request.QueryString.ToString(),
        request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body, behaviour, TimeProvider.System.GetUtcNow()));

    private static bool HasIdentifier(JsonNode json, string token)
    {
        var parts = token.Split('|');
        var identifiers = json["identifier"] is JsonArray several ? several.ToList() : [json["identifier"], json["masterIdentifier"]];
        return identifiers.Any(i => i is not null && (string?)i["value"] == parts[^1]
            && (parts.Length == 1 || (string?)i["system"] == parts[0]));
    }

    private static async Task Answer(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/fhir+json";
        await http.Response.WriteAsync(body);
    }
}
