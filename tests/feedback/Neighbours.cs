using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace VGIntegration.Feedback.Tests;

/// <summary>Intake and planning as feedback sees them: who gets the letter, and who held the conversation.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<Guid, (object Recipient, object Conversation)> _known = [];

    private Neighbours(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public bool IsIntakeDown { get; set; }

    /// <summary>The Tasks that intake has, in each version.</summary>
    public ConcurrentDictionary<Guid, Func<int, object>> Tasks { get; } = [];

    /// <summary>What intake tells of each event of a subscription; of the handshake for 0.</summary>
    public ConcurrentDictionary<Guid, Func<long, object>> Subscriptions { get; } = [];

    /// <summary>How residents are reached, as intake tells it for research.</summary>
    public ConcurrentDictionary<Guid, object> Contacts { get; } = [];

    /// <summary>How planning calls organisations and professionals.</summary>
    public object Registry { get; set; } = new { organisations = Array.Empty<object>(), professionals = Array.Empty<object>() };

    public bool IsPlanningDown { get; set; }

    public static async Task<Neighbours> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var neighbours = new Neighbours(app);
        app.MapGet("/internal/referrals/{id:guid}/recipient", (Guid id, HttpContext http) =>
            neighbours.Answer(neighbours.IsIntakeDown, "referral.recipient", http, id, k => k.Recipient));
        app.MapGet("/internal/referrals/{id:guid}/research-contact", (Guid id, HttpContext http) =>
            neighbours.Answer("referral.research", http, () => neighbours.Contacts.TryGetValue(id, out var contact) ? contact : null));
        app.MapGet("/internal/conversations/{id:guid}", (Guid id, HttpContext http) =>
            neighbours.Answer(neighbours.IsPlanningDown, "conversation.read", http, id, k => k.Conversation));
        app.MapGet("/internal/registry/names", (HttpContext http) =>
            Refusal(neighbours.IsPlanningDown, "registry.names", http) ?? Results.Json(neighbours.Registry));
        app.MapGet("/internal/tasks/{id:guid}", (Guid id, int version, HttpContext http) =>
            neighbours.Answer("referral.recipient", http, () => neighbours.Tasks.TryGetValue(id, out var task) ? task(version) : null));
        app.MapGet("/internal/subscriptions/{id:guid}/notification", (Guid id, [FromQuery(Name = "event")] long number, HttpContext http) =>
            neighbours.Answer("referral.recipient", http, () => neighbours.Subscriptions.TryGetValue(id, out var tell) ? tell(number) : null));
        await app.StartAsync();
        return neighbours;
    }

    public void Know(Guid referralId, object recipient, object conversation)
    {
        lock (_known)
        {
            _known[referralId] = (recipient, conversation);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(string scope, HttpContext http, Func<object?> answer) =>
        Refusal(IsIntakeDown, scope, http) ?? (answer() is { } told ? Results.Json(told) : Results.NotFound());

    private IResult Answer(bool isDown, string scope, HttpContext http, Guid id, Func<(object Recipient, object Conversation), object> part)
    {
        if (Refusal(isDown, scope, http) is { } refusal)
        {
            return refusal;
        }

        lock (_known)
        {
            return _known.TryGetValue(id, out var known) ? Results.Json(part(known)) : Results.NotFound();
        }
    }

    private static IResult? Refusal(bool isDown, string scope, HttpContext http)
    {
        var token = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        return isDown ? Results.StatusCode(503)
            : new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Claims.Any(c => c.Type == "scope" && c.Value == scope) ? null
            : Results.StatusCode(403);
    }
}
