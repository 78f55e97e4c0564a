using System.Text.Json.Nodes;
using UglyToad.PdfPig;

namespace VGIntegration.Journey.Tests;

/// <summary>The letter as the huisarts reads it.</summary>
internal static class Letter
{
    internal static string TextOf(JsonNode documentReference)
    {
        var pdf = Convert.FromBase64String((string)documentReference["content"]![0]!["attachment"]!["data"]!);
        using var document = PdfDocument.Open(pdf);
        return string.Join(' ', document.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
    }
}
