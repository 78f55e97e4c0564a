using System.Text.Json;
using Hl7.Fhir.Model;

namespace VGIntegration.Feedback.Returning;

/// <summary>A letter and its draft in one piece: both are stored or neither is (FHIR R4 http: transaction).</summary>
internal static class TransactionBundle
{
    public static Bundle Of(Parcel parcel)
    {
        var (letter, draft, takesOurIds) = (parcel.Letter!, (ServiceRequest)parcel.Draft!.DeepCopy(), parcel.Practice!.TakesOurIds);
        if (!takesOurIds)
        {
            draft.SupportingInfo[0].Reference = FullUrl(letter); // the GP system fills in the id that it gives
        }

        return new Bundle { Type = Bundle.BundleType.Transaction, Entry = [Entry(letter, letter.Identifier[0], takesOurIds), Entry(draft, draft.Identifier[0], takesOurIds)] };
    }

    /// <summary>Where each entry was stored; null when it is no such answer, or one entry was not stored.</summary>
    public static IReadOnlyList<string>? Places(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var bundle = document.RootElement;
            if (Text(bundle, "resourceType") != "Bundle" || Text(bundle, "type") != "transaction-response")
            {
                return null;
            }

            var answers = bundle.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("response")).ToList();
            return answers.TrueForAll(a => Text(a, "status")?.StartsWith('2') is true) ? [.. answers.Select(a => Text(a, "location") ?? "")] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Bundle.EntryComponent Entry(Resource resource, Identifier identifier, bool takesOurIds) => new()
    {
        FullUrl = FullUrl(resource),
        Resource = resource,
        Request = takesOurIds
            ? new Bundle.RequestComponent { Method = Bundle.HTTPVerb.PUT, Url = $"{resource.TypeName}/{resource.Id}" }
            : new Bundle.RequestComponent { Method = Bundle.HTTPVerb.POST, Url = resource.TypeName, IfNoneExist = $"identifier={identifier.System}|{identifier.Value}" },
    };

    private static string FullUrl(Resource resource) => $"urn:uuid:{resource.Id}";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
}
