using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Tests.Returning;

/// <summary>A practice that gives the answers of the test in their order, the last one from then on.</summary>
internal sealed class AnsweringPractice : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private Queue<Func<HttpContext, Task>> _answers = [];

    private AnsweringPractice(WebApplication app) => _app = app;

    public Uri FhirBase => new($"{_app.Urls.First()}/fhir");

    public ConcurrentQueue<(string Method, string Path, IReadOnlyDictionary<string, string> Headers)> Requests { get; } = [];

    public static async Task<AnsweringPractice> Start(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var practice = new AnsweringPractice(app);
        practice.Answer(answers);
        app.Run(practice.Handle);
        await app.StartAsync();
        return practice;
    }

    public void Answer(params Func<HttpContext, Task>[] answers)
    {
        lock (_lock)
        {
            _answers = new Queue<Func<HttpContext, Task>>(answers);
        }
    }

    public static Func<HttpContext, Task> Status(int status, params (string Name, string Value)[] headers) => http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    };

    public static Func<HttpContext, Task> FhirBody(int status, string body) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/fhir+json; charset=utf-8";
        return http.Response.WriteAsync(body);
    };

    /// <summary>Thinks until then.</summary>
    public static Func<HttpContext, Task> After(Task then, Func<HttpContext, Task> answer) => async http =>
    {
        await then;
        await answer(http);
    };

    /// <summary>Has the letter that it is asked for, by its id or by its identifier.</summary>
    public static Task TheLetter(HttpContext http)
    {
        var asked = http.Request.Query["identifier"].ToString().Split('|');
        var id = asked.Length == 2 ? asked[1] : http.Request.Path.ToString().Split('/')[^1];
        var letter = $$"""{"resourceType":"DocumentReference","id":"{{id}}","identifier":[{"system":"{{LetterDocument.LetterSystem}}","value":"{{id}}"}]}""";
        return FhirBody(200, asked.Length == 2 ? $$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{letter}}}]}""" : letter)(http);
    }

    /// <summary>Takes the letter and never answers.</summary>
    public static Task Hang(HttpContext http) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted)
        .ContinueWith(_ => { }, TaskScheduler.Default);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Handle(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        Requests.Enqueue((http.Request.Method, http.Request.Path + http.Request.QueryString.ToString(),
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        Func<HttpContext, Task> answer;
        lock (_lock)
        {
            answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
        }

        await answer(http);
    }
}
