using System.Text.Json;
using Hl7.Fhir.Model;

namespace VGIntegration.Feedback.Returning;

/// <summary>The letters in an answer of a GP system, which may be one letter or a searchset of them.</summary>
internal static class LetterList
{
    internal sealed record Entry(string? Id, IReadOnlyList<(string? System, string? Value)> Identifiers)
    {
        public bool Holds(DocumentReference letter) =>
            Identifiers.Contains((letter.Identifier[0].System, letter.Identifier[0].Value));
    }

    /// <summary>Reads no more than ids and identifiers; null when it is no such answer.</summary>
    public static IReadOnlyList<Entry>? Read(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Text(document.RootElement, "resourceType") switch
            {
                "DocumentReference" => [Letter(document.RootElement)],
                "Bundle" => [.. Items(document.RootElement, "entry")
                    .Where(e => e.TryGetProperty("resource", out _)).Select(e => e.GetProperty("resource"))
                    .Where(r => Text(r, "resourceType") == "DocumentReference").Select(Letter)],
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
        [.. Items(letter, "identifier").Select(i => (Text(i, "system"), Text(i, "value")))]);

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind is JsonValueKind.Array ? items.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) ? text.GetString() : null;
}
