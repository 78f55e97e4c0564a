using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Hl7.Fhir.Serialization;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Reading;

/// <summary>One input of the campaign: where it is sent, as what, and its bytes.</summary>
internal sealed record MutatedInput(string Address, string MediaType, byte[] Body, bool IsPacked);

/// <summary>Bends real messages in ways that know their structure. The same seed gives the same inputs.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string Examples = Path.Combine(Repository.Root, "contracts/fhir/examples");
    private static readonly string Payloads = Path.Combine(Repository.Root, "..", "shared", "payloads");

    private static readonly string[] Json = [.. Files(Examples, "*.json").Concat(Files(Payloads, "*.json"))];
    private static readonly string[] Good = [.. Directory.EnumerateFiles(Examples, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
    private static readonly string[] Xml = [.. Files(Payloads, "*.xml"), AsXml("transaction-bundle"), AsXml("message-bundle"), AsXml("document-appointment-request")];

    private static readonly string[] Addresses =
        ["/fhir", "/fhir", "/fhir", "/fhir/ServiceRequest", "/fhir/ServiceRequest/$validate", "/fhir/$process-message", "/fhir/Bundle"];

    private static readonly string[] Strings =
    [
        "", " ", "\0", "\uFFFF", "a\u0000b", "null", "true", "0", "-1", "1e400", "#", "#p", "?", "Patient?identifier=|", "Patient?identifier=a|b|c", "urn:uuid:", "/", "Patient/", "/_history/",
        "99999999999999999999", "0001-01-01", "9999-12-31T23:59:60Z", "2026-02-30", "24:00", "+31", "999911120", "000000000", "<script>alert(1)</script>", "'; DROP TABLE Referrals;--",
        "\u202Egnp.exe", "😀", "ÿ", "%00", "http://", "{}", "transaction", "message", "document", "active", "ServiceRequest", "Bundle",
    ];

    private readonly Random _random = new(seed);

    internal MutatedInput Next(int index)
    {
        var isXml = _random.Next(8) == 0;
        var text = isXml ? BendXml() : BendJson(index);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (_random.Next(20) == 0)
        {
            Spoil(ref bytes);
        }

        var address = isXml || _random.Next(4) == 0 ? Addresses[_random.Next(Addresses.Length)] : Fitting(text);
        return new MutatedInput(address, isXml ? "application/fhir+xml" : "application/fhir+json", bytes, _random.Next(16) == 0);
    }

    private static string Fitting(string text) =>
        text.Contains("\"message\"", StringComparison.Ordinal) ? "/fhir/$process-message"
        : text.Contains("\"document\"", StringComparison.Ordinal) ? "/fhir/Bundle"
        : text.Contains("\"Bundle\"", StringComparison.Ordinal) ? "/fhir" : "/fhir/ServiceRequest";

    private string BendJson(int index)
    {
        // Half of them from the good ones: what is nearly right gets furthest in.
        var source = _random.Next(2) == 0 ? Good[_random.Next(Good.Length)] : Json[_random.Next(Json.Length)];
        var root = JsonNode.Parse(source)!;
        Renumber(root, index);
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            Bend(root);
        }

        return root.ToJsonString();
    }

    private static void Renumber(JsonNode root, int index)
    {
        var request = IsRequest(root) ? root
            : (root["entry"] as JsonArray)?.Select(e => e?["resource"]).FirstOrDefault(IsRequest);
        if (request?["identifier"] is JsonArray numbers && numbers.FirstOrDefault() is JsonObject identifier)
        {
            identifier["value"] = $"fuzz-{index}";
        }
    }

    private static bool IsRequest(JsonNode? resource) => (string?)resource?["resourceType"] == "ServiceRequest";

    private void Bend(JsonNode root)
    {
        var all = new List<(JsonNode Parent, string? Name, int At)>();
        Collect(root, all);
        if (all.Count == 0)
        {
            return;
        }

        var (parent, name, at) = all[_random.Next(all.Count)];
        var value = name is not null ? parent[name] : parent[at];
        JsonNode? other = _random.Next(12) switch
        {
            0 => null,
            1 => JsonValue.Create(Strings[_random.Next(Strings.Length)]),
            2 => JsonValue.Create(_random.Next(-5, 5)),
            3 => JsonValue.Create(_random.Next(2) == 0),
            4 => new JsonArray(),
            5 => new JsonObject(),
            6 => new JsonArray(value?.DeepClone(), value?.DeepClone()),
            7 => value is JsonArray { Count: > 0 } list ? list[0]?.DeepClone() : new JsonArray(value?.DeepClone()),
            8 => Another(all)?.DeepClone(),
            9 => Nested(value?.DeepClone(), _random.Next(2, 70)),
            10 => JsonValue.Create(new string('x', _random.Next(1, 3000))),
            _ => JsonValue.Create(0.1m),
        };
        Put(parent, name, at, other);
    }

    private void Put(JsonNode parent, string? name, int at, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            list[at] = value;
            return;
        }

        var owner = (JsonObject)parent;
        switch (_random.Next(6))
        {
            case 0:
                owner.Remove(name!);
                break;
            case 1:
                owner[name! + "X"] = value;
                break;
            case 2:
                owner["_" + name] = value;
                break;
            case 3:
                var kept = owner[name!]?.DeepClone();
                owner.Remove(name!);
                owner[char.ToUpperInvariant(name![0]) + name[1..]] = kept;
                break;
            default:
                owner[name!] = value;
                break;
        }
    }

    private JsonNode? Another(List<(JsonNode Parent, string? Name, int At)> all)
    {
        var (parent, name, at) = all[_random.Next(all.Count)];
        return name is not null ? parent[name] : parent[at];
    }

    private static JsonNode? Nested(JsonNode? value, int levels)
    {
        for (var i = 0; i < levels; i++)
        {
            value = i % 2 == 0 ? new JsonArray(value) : new JsonObject { ["extension"] = value };
        }

        return value;
    }

    private static void Collect(JsonNode? node, List<(JsonNode, string?, int)> all)
    {
        if (node is JsonObject owner)
        {
            foreach (var (name, child) in owner)
            {
                all.Add((owner, name, 0));
                Collect(child, all);
            }
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                all.Add((list, null, i));
                Collect(list[i], all);
            }
        }
    }

    private string BendXml()
    {
        var root = XDocument.Parse(Xml[_random.Next(Xml.Length)]);
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var elements = root.Descendants().ToList();
            var element = elements[_random.Next(elements.Count)];
            switch (_random.Next(6))
            {
                case 0 when element.Parent is not null:
                    element.Remove();
                    break;
                case 1 when element.Parent is not null:
                    element.AddAfterSelf(new XElement(element));
                    break;
                case 2:
                    element.Name = element.Name.Namespace + elements[_random.Next(elements.Count)].Name.LocalName;
                    break;
                case 3:
                    element.SetAttributeValue("value", Strings[_random.Next(Strings.Length)].Replace("\0", "", StringComparison.Ordinal).Replace("\uFFFF", "", StringComparison.Ordinal));
                    break;
                case 4:
                    element.Add(new XElement(elements[_random.Next(elements.Count)]));
                    break;
                default:
                    element.SetAttributeValue("url", "x");
                    break;
            }
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private void Spoil(ref byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        if (_random.Next(2) == 0)
        {
            bytes = bytes[.._random.Next(bytes.Length)];
        }
        else
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText) : [];

    private static string AsXml(string example) => new FhirXmlSerializer().SerializeToString(
        new FhirJsonDeserializer().DeserializeResource(File.ReadAllText(Path.Combine(Examples, $"{example}.json"))));
}
