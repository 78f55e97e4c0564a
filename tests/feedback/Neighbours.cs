using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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

    public bool IsPlanningDown { get; set; }

    public static async Task<Neighbours> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var neighbours = new Neighbours(app);
        app.MapGet("/internal/referrals/{id:guid}/recipient", (Guid id, HttpContext http) =>
            neighbours.Answer(neighbours.IsIntakeDown, "referral.recipient", http, id, k => k.Recipient));
        app.MapGet("/internal/conversations/{id:guid}", (Guid id, HttpContext http) =>
            neighbours.Answer(neighbours.IsPlanningDown, "conversation.read", http, id, k => k.Conversation));
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

    private IResult Answer(bool isDown, string scope, HttpContext http, Guid id, Func<(object Recipient, object Conversation), object> part)
    {
        var token = http.Request.Headers.Authorization.ToString();
        if (isDown)
        {
            return Results.StatusCode(503);
        }

        if (!new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token.Replace("Bearer ", "", StringComparison.Ordinal))
            .Claims.Any(c => c.Type == "scope" && c.Value == scope))
        {
            return Results.StatusCode(403);
        }

        lock (_known)
        {
            return _known.TryGetValue(id, out var known) ? Results.Json(part(known)) : Results.NotFound();
        }
    }
}
