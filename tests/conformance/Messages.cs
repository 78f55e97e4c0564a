using System.Text.Json.Nodes;

namespace VGIntegration.Conformance;

/// <summary>What a GP system would send; the resident is plainly invented.</summary>
internal static class Messages
{
    public const string NumberSystem = "https://conformance.example/verwijzing";
    public const string Requested = "https://vgintegration.nl/fhir/CodeSystem/zorgvraag";
    public const string FamilyName = "Conformiteit-Voorbeeld";

    private const string Agb = "http://fhir.nl/fhir/NamingSystem/agb-z";

    public static JsonObject Transaction(string number)
    {
        var links = Enumerable.Range(0, 4).Select(_ => $"urn:uuid:{Guid.NewGuid()}").ToArray();
        return new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "transaction",
            ["entry"] = new JsonArray(
                Entry(links[0], Request(number, links[1], links[2])), Entry(links[1], Patient()),
                Entry(links[2], Role(links[3])), Entry(links[3], Practice())),
        };
    }

    /// <summary>The same request with everything contained.</summary>
    public static JsonObject Single(string number)
    {
        var request = Request(number, "#resident", "#role");
        request["contained"] = new JsonArray(Named(Patient(), "resident"), Named(Role("#practice"), "role"), Named(Practice(), "practice"));
        return request;
    }

    public static JsonObject Message(string number)
    {
        var bundle = Transaction(number);
        var focus = (string)bundle["entry"]![0]!["fullUrl"]!;
        bundle["type"] = "message";
        bundle["timestamp"] = Now();
        var header = new JsonObject
        {
            ["resourceType"] = "MessageHeader",
            ["eventCoding"] = new JsonObject { ["system"] = Requested, ["code"] = "verkennend-gesprek" },
            ["source"] = new JsonObject { ["endpoint"] = "https://conformance.example/fhir" },
            ["focus"] = new JsonArray(new JsonObject { ["reference"] = focus }),
        };
        return Headed(bundle, header);
    }

    public static JsonObject Document(string number)
    {
        var bundle = Transaction(number);
        bundle["type"] = "document";
        bundle["timestamp"] = Now();
        bundle["identifier"] = new JsonObject { ["system"] = "urn:ietf:rfc:3986", ["value"] = $"urn:uuid:{Guid.NewGuid()}" };
        var (request, resident, role) = (Link(0), Link(1), Link(2));
        var composition = new JsonObject
        {
            ["resourceType"] = "Composition",
            ["status"] = "final",
            ["type"] = new JsonObject
            {
                ["coding"] = new JsonArray(new JsonObject
                {
                    ["system"] = "http://zorgdomein.nl/terminology/code-system/document-type",
                    ["code"] = "appointment-request",
                }),
            },
            ["subject"] = new JsonObject { ["reference"] = resident },
            ["author"] = new JsonArray(new JsonObject { ["reference"] = role }),
            ["date"] = Now(),
            ["title"] = "Verwijzing verkennend gesprek",
            ["section"] = new JsonArray(new JsonObject { ["entry"] = new JsonArray(new JsonObject { ["reference"] = request }) }),
        };
        return Headed(bundle, composition);

        string Link(int entry) => (string)bundle["entry"]![entry]!["fullUrl"]!;
    }

    /// <summary>A small PDF of one empty page, or whatever bytes are given.</summary>
    public static JsonObject Supplement(string referralId, byte[] content, string type = "application/pdf") => new()
    {
        ["resourceType"] = "DocumentReference",
        ["status"] = "current",
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = NumberSystem, ["value"] = Guid.NewGuid().ToString() }),
        ["description"] = "Vragenlijst",
        ["content"] = new JsonArray(new JsonObject
        {
            ["attachment"] = new JsonObject
            {
                ["contentType"] = type,
                ["title"] = "vragenlijst.pdf",
                ["data"] = Convert.ToBase64String(content),
            },
        }),
        ["context"] = new JsonObject { ["related"] = new JsonArray(new JsonObject { ["reference"] = $"ServiceRequest/{referralId}" }) },
    };

    public static JsonObject Abort(string taskId) => new()
    {
        ["resourceType"] = "Task",
        ["status"] = "requested",
        ["intent"] = "order",
        ["code"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://hl7.org/fhir/CodeSystem/task-code", ["code"] = "abort" }) },
        ["focus"] = new JsonObject { ["reference"] = $"Task/{taskId}" },
        ["authoredOn"] = Now(),
    };

    public static JsonObject Of(JsonObject bundle, string type) => bundle["entry"]!.AsArray().Select(e => e!["resource"]!.AsObject())
        .First(r => (string?)r["resourceType"] == type);

    public static byte[] Pdf()
    {
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ];
        var text = "%PDF-1.4\n";
        var offsets = new List<int>();
        foreach (var (content, i) in objects.Select((o, i) => (o, i + 1)))
        {
            offsets.Add(text.Length);
            text += $"{i} 0 obj{content}endobj\n";
        }

        var start = text.Length;
        text += $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => $"{o:D10} 00000 n \n"))}";
        text += $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n";
        return System.Text.Encoding.ASCII.GetBytes(text);
    }

    private static JsonObject Request(string number, string resident, string requester) => new()
    {
        ["resourceType"] = "ServiceRequest",
        ["status"] = "active",
        ["intent"] = "order",
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = NumberSystem, ["value"] = number }),
        ["category"] = new JsonArray(Code(Requested, "welzijn")),
        ["code"] = Code(Requested, "verkennend-gesprek"),
        ["reasonCode"] = new JsonArray(Code("https://vgintegration.nl/fhir/CodeSystem/verwijscriterium", "twijfel")),
        ["subject"] = new JsonObject { ["reference"] = resident },
        ["requester"] = new JsonObject { ["reference"] = requester },
        ["authoredOn"] = Now(),
    };

    private static JsonObject Patient() => new()
    {
        ["resourceType"] = "Patient",
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = "http://fhir.nl/fhir/NamingSystem/bsn", ["value"] = "999900006" }),
        ["name"] = new JsonArray(new JsonObject { ["family"] = FamilyName, ["given"] = new JsonArray("Test") }),
        ["birthDate"] = "1980-05-17",
        ["telecom"] = new JsonArray(new JsonObject { ["system"] = "phone", ["value"] = "06 00000009" }),
        ["address"] = new JsonArray(new JsonObject
        {
            ["line"] = new JsonArray("Proefstraat 9"),
            ["postalCode"] = "1182 AB",
            ["city"] = "Amstelveen",
        }),
    };

    private static JsonObject Role(string practice) => new()
    {
        ["resourceType"] = "PractitionerRole",
        ["organization"] = new JsonObject { ["reference"] = practice },
    };

    private static JsonObject Practice() => new()
    {
        ["resourceType"] = "Organization",
        ["name"] = "Conformiteitspraktijk",
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = Agb, ["value"] = "01007892" }),
    };

    private static JsonObject Entry(string link, JsonObject resource) => new()
    {
        ["fullUrl"] = link,
        ["resource"] = resource,
        ["request"] = new JsonObject { ["method"] = "POST", ["url"] = (string?)resource["resourceType"] },
    };

    // A document or a message has no requests in its entries, and its own first resource.
    private static JsonObject Headed(JsonObject bundle, JsonObject first)
    {
        foreach (var entry in bundle["entry"]!.AsArray())
        {
            entry!.AsObject().Remove("request");
        }

        bundle["entry"]!.AsArray().Insert(0, new JsonObject { ["fullUrl"] = $"urn:uuid:{Guid.NewGuid()}", ["resource"] = first });
        return bundle;
    }

    private static JsonObject Named(JsonObject resource, string id)
    {
        resource["id"] = id;
        return resource;
    }

    private static JsonObject Code(string system, string code) => new()
    {
        ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }),
    };

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
