using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;
using VGIntegration.Surroundings;

namespace VGIntegration.Contracts.Tests;

/// <summary>
/// The AsyncAPI document and the JSON schemas are made from the types themselves and checked in, so that they cannot say
/// anything else. After a change: VG_CONTRACTS=write, and read the difference.
/// </summary>
public sealed class AsyncApiTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "contracts/messages");
    private static readonly JsonSerializerOptions Written = new(JsonSerializerOptions.Default) { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Read = new(JsonSerializerOptions.Default) { RespectNullableAnnotations = true };

    private static readonly Dictionary<string, string> Meanings = Summaries();

    public static TheoryData<string> Messages => [.. Subscriptions.Queues.Keys.Select(m => m.Name)];

    [Fact]
    public void The_document_is_what_the_types_say() => AssertFile("asyncapi.json", Document());

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_schema_is_what_the_type_says(string name) =>
        AssertFile($"schemas/{name}.schema.json", SchemaOf(Subscriptions.Queues.Keys.Single(m => m.Name == name)));

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_example_has_all_that_its_schema_asks_for_and_nothing_it_does_not_know(string name)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"schemas/{name}.schema.json")))!.AsObject();
        var example = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"examples/{name}.json")))!.AsObject();
        var required = schema["required"]!.AsArray().Select(r => (string)r!).ToList();
        var known = schema["properties"]!.AsObject().Select(p => p.Key).ToList();

        Assert.NotEmpty(required);
        Assert.Empty(required.Except(example.Select(p => p.Key)));
        Assert.Empty(example.Select(p => p.Key).Except(known));
    }

    [Fact]
    public void There_is_no_schema_too_many()
    {
        var schemas = Directory.EnumerateFiles(Path.Combine(Folder, "schemas")).Select(f => Path.GetFileName(f).Split('.')[0]).Order();

        Assert.Equal(Subscriptions.Queues.Keys.Select(m => m.Name).Order(), schemas);
    }

    private static JsonObject Document()
    {
        var (channels, operations, messages) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var (type, queues) in Subscriptions.Queues.OrderBy(q => q.Key.Name, StringComparer.Ordinal))
        {
            var publisher = type.Namespace!.Split('.')[^1];
            channels[type.Name] = new JsonObject
            {
                ["address"] = $"{type.Namespace}:{type.Name}", // the exchange: MassTransit names it after the type
                ["description"] = Meanings[type.FullName!],
                ["messages"] = new JsonObject { [type.Name] = new JsonObject { ["$ref"] = $"#/components/messages/{type.Name}" } },
                ["bindings"] = new JsonObject
                {
                    ["amqp"] = new JsonObject
                    {
                        ["is"] = "routingKey",
                        ["exchange"] = new JsonObject { ["name"] = $"{type.Namespace}:{type.Name}", ["type"] = "fanout", ["durable"] = true },
                        ["bindingVersion"] = "0.3.0",
                    },
                },
                ["x-publisher"] = publisher,
                ["x-queues"] = new JsonArray([.. queues.Order(StringComparer.Ordinal).Select(q => JsonValue.Create(q))]),
            };
            operations[$"receive{type.Name}"] = new JsonObject
            {
                ["action"] = "receive",
                ["channel"] = new JsonObject { ["$ref"] = $"#/channels/{type.Name}" },
                ["summary"] = Meanings[type.FullName!],
            };
            messages[type.Name] = new JsonObject
            {
                ["name"] = type.Name,
                ["title"] = type.Name,
                ["summary"] = Meanings[type.FullName!],
                ["contentType"] = "application/vnd.masstransit+json",
                ["headers"] = new JsonObject { ["$ref"] = "#/components/schemas/Envelope" },
                ["payload"] = SchemaOf(type),
                ["examples"] = new JsonArray(new JsonObject
                {
                    ["name"] = type.Name,
                    ["payload"] = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"examples/{type.Name}.json"))),
                }),
            };
        }

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["id"] = "https://vgintegration.nl/messages",
            ["info"] = new JsonObject
            {
                ["title"] = "VGIntegration",
                ["version"] = "1.0.0",
                ["description"] = "What happens to a referral for a verkennend gesprek, as the services tell each other and whoever else listens. "
                    + "Ids, codes and times only. Bind a quorum queue of your own to the exchange of each message you want. The body is MassTransit's envelope: "
                    + "the payload below is its property message; messageId is the same on a second delivery. Messages of one referral count in Sequence per publisher, "
                    + "may come twice and out of order.",
                ["license"] = new JsonObject { ["name"] = "EUPL-1.2" },
            },
            ["defaultContentType"] = "application/vnd.masstransit+json",
            ["servers"] = new JsonObject
            {
                ["broker"] = new JsonObject { ["host"] = "rabbitmq:5672", ["protocol"] = "amqp", ["description"] = "The RabbitMQ of the region." },
            },
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject
            {
                ["messages"] = messages,
                ["schemas"] = new JsonObject
                {
                    ["Envelope"] = JsonNode.Parse("""
                        { "type": "object", "description": "MassTransit's envelope around the payload, in the body.", "required": ["messageId", "messageType", "message"],
                          "properties": {
                            "messageId": { "type": "string", "format": "uuid", "description": "The same when it is delivered again." },
                            "messageType": { "type": "array", "items": { "type": "string" }, "description": "urn:message:Namespace:Type" },
                            "message": { "type": "object", "description": "The payload." } } }
                        """),
                },
            },
        };
    }

    private static JsonObject SchemaOf(Type type)
    {
        var schema = Read.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                if (node is JsonObject told && context.PropertyInfo is { } property
                    && Meanings.TryGetValue($"{property.DeclaringType.FullName}.{property.Name}", out var meaning) && !told.ContainsKey("$ref"))
                {
                    told["description"] = meaning;
                }

                return node;
            },
        }).AsObject();
        var result = new JsonObject { ["title"] = type.Name, ["description"] = Meanings[type.FullName!] };
        foreach (var (name, value) in schema.Where(p => p.Key is not ("title" or "description")).ToList())
        {
            schema.Remove(name);
            result[name] = value;
        }

        return result;
    }

    // The /// of the types, as the reader of the code sees them.
    private static Dictionary<string, string> Summaries()
    {
        var file = Path.ChangeExtension(typeof(Subscriptions).Assembly.Location, ".xml");
        return XDocument.Load(file).Descendants("member").Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value[2..].Replace('+', '.'), m => string.Join(' ', Plain(m.Element("summary")!).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string Plain(XElement summary) => string.Concat(summary.Nodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement see => see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Value,
        _ => "",
    }));

    private static void AssertFile(string name, JsonObject expected)
    {
        var (path, text) = (Path.Combine(Folder, name), $"{expected.ToJsonString(Written)}\n");
        if (Environment.GetEnvironmentVariable("VG_CONTRACTS") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
