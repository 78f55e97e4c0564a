using System.Text.Json;
using Hl7.Fhir.Model;

namespace VGIntegration.Feedback.Returning;

/// <summary>What a GP system found, which may be one resource or a searchset of them.</summary>
internal static class LetterList
{
    internal sealed record Entry(string? Id, IReadOnlyList<(string? System, string? Value)> Identifiers)
    {
        public bool Holds(Identifier identifier) => Identifiers.Contains((identifier.System, identifier.Value));
    }

    /// <summary>Reads no more than ids and identifiers; null when it is no such answer.</summary>
    public static IReadOnlyList<Entry>? Read(byte[] json, string type)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var isSet = Text(document.RootElement, "type") == "searchset";
            return Text(document.RootElement, "resourceType") switch
            {
                "Bundle" when isSet || type != "Bundle" => [.. Items(document.RootElement, "entry")
                    .Where(e => e.TryGetProperty("resource", out _)).Select(e => e.GetProperty("resource"))
                    .Where(r => Text(r, "resourceType") == type).Select(Letter)],
                { } found when found == type => [Letter(document.RootElement)],
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Entry Letter(JsonElement letter) => new(
        Text(letter, "id"),
        [.. Identifiers(letter).Select(i => (Text(i, "system"), Text(i, "value")))]);

    // FHIR R4: a Bundle has one identifier, other resources a list.
    private static IEnumerable<JsonElement> Identifiers(JsonElement resource) =>
        resource.TryGetProperty("identifier", out var one) && one.ValueKind is JsonValueKind.Object ? [one] : Items(resource, "identifier");

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind is JsonValueKind.Array ? items.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) ? text.GetString() : null;
}
