using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VGIntegration.Conformance;

/// <summary>What came back, and what may be expected of it.</summary>
internal sealed record Answer(string Asked, int Status, HttpResponseHeaders Headers, string? ContentType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body) ?? throw NotSeen("an empty body");
            }
            catch (JsonException)
            {
                throw NotSeen("a body that is no JSON");
            }
        }
    }

    public string? Location => Headers.Location?.OriginalString;

    public string? ETag => Headers.ETag?.ToString();

    public string Id => Location is { } location ? location.Split("/_history")[0].Split('/')[^1] : (string?)Json["id"] ?? throw NotSeen("neither Location nor id");

    public Answer Is(params int[] expected) => expected.Contains(Status)
        ? this
        : throw NotSeen($"{Status} where {string.Join(" or ", expected)} is expected");

    /// <summary>A refusal that helps: the status, an OperationOutcome with the code, and the place when there is one.</summary>
    public Answer Refuses(int status, string code, string? expression = null)
    {
        Is(status);
        That((string?)Json["resourceType"] == "OperationOutcome", "no OperationOutcome");
        That(Issues.Any(i => (string?)i["severity"] is "error" or "fatal"), "no issue of severity error");
        That(Issues.Any(i => (string?)i["code"] == code), $"no issue of code {code}");
        That(Issues.All(i => ((string?)i["diagnostics"] ?? (string?)i["details"]?["text"]) is { Length: > 0 }), "an issue without a text");
        That(expression is null || Expressions.Any(e => e.Contains(expression, StringComparison.Ordinal)), $"no issue at {expression}");
        return this;
    }

    public IEnumerable<JsonNode> Issues => Json["issue"]?.AsArray().OfType<JsonNode>() ?? [];

    public IEnumerable<string> Expressions => Issues.SelectMany(i => i["expression"]?.AsArray() ?? []).Select(e => (string?)e).OfType<string>();

    public IReadOnlyList<JsonNode> Found(string type) =>
        [.. (Json["entry"]?.AsArray() ?? []).Select(e => e?["resource"]).OfType<JsonNode>().Where(r => (string?)r["resourceType"] == type)];

    public void That(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw NotSeen(otherwise);
        }
    }

    public NotSeenException NotSeen(string what) => new($"{Asked}: {what}. Answer {Status}: {(Text.Length > 300 ? Text[..300] + "…" : Text)}");
}
