using System.Buffers;
using System.Text.Json;
using System.Xml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Microsoft.Net.Http.Headers;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>
/// The resource in the body of a request. What is no FHIR at all is refused here; what is merely untidy is read as far as
/// it goes, and comes along as warnings.
/// </summary>
internal sealed record FhirBody(Resource? Resource, IReadOnlyList<Finding> Findings, int RefusedWith = 0)
{
    private const int MaxBytes = 20 * 1024 * 1024;
    private const int MaxDrain = 64 * 1024 * 1024;
    private const int MaxDepth = 64; // Firely's own; a document of 20,000 levels would end the process

    public static async ValueTask<FhirBody> BindAsync(HttpContext context)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || Format(type) is not { } format)
        {
            return Refused(415, IssueType.NotSupported, "Stuur de verwijzing als application/fhir+json of application/fhir+xml.");
        }

        var version = type.Parameters.FirstOrDefault(p => p.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase))?.Value.Value;
        if (version is not null and not "4.0")
        {
            return Refused(400, IssueType.Structure, "Deze dienst spreekt FHIR R4: gebruik fhirVersion=4.0.");
        }

        var body = await ReadAll(request, context.RequestAborted);
        if (body is null)
        {
            return Refused(413, IssueType.TooLong, "Het bericht is groter dan 20 MB. Stuur bijlagen apart, als aanvulling.");
        }

        return format == "json" ? Json(body) : Xml(body);
    }

    private static string? Format(MediaTypeHeaderValue type) => type.MediaType.Value?.ToLowerInvariant() switch
    {
        "application/fhir+json" or "application/json" or "application/json+fhir" or "text/json" => "json",
        "application/fhir+xml" or "application/xml" or "application/xml+fhir" or "text/xml" => "xml",
        _ => null,
    };

    // Reads on to the end when it is too much, so that the sender gets the answer and not a broken connection.
    private static async Task<byte[]?> ReadAll(HttpRequest request, CancellationToken ct)
    {
        using var content = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 16_384, 0, MaxBytes));
        var buffer = ArrayPool<byte>.Shared.Rent(32_768);
        try
        {
            long total = 0;
            int read;
            while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
            {
                total += read;
                if (total > MaxDrain)
                {
                    return null;
                }

                if (total <= MaxBytes)
                {
                    content.Write(buffer, 0, read);
                }
            }

            return total > MaxBytes ? null : content.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static FhirBody Json(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
        {
            body = body[3..];
        }

        try
        {
            // Firely reads past the root object and takes comments: the strict reader looks at all of it first.
            var strict = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (strict.Read())
            {
                if (strict.TokenType is not JsonTokenType.StartObject && strict.CurrentDepth == 0 && strict.TokenType is not JsonTokenType.EndObject)
                {
                    return Refused(400, IssueType.Structure, "Het bericht is geen JSON-object.");
                }
            }

            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            FhirJsonDeserializer.STRICT.TryDeserializeResource(ref reader, out var resource, out var issues);
            return Judge(resource, issues);
        }
        catch (JsonException e)
        {
            return Refused(400, IssueType.Structure,
                $"Dit is geen geldige JSON (regel {e.LineNumber + 1}), of het is dieper dan {MaxDepth} niveaus.");
        }
    }

    private static FhirBody Xml(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MaxBytes,
            });
            if (TooDeep(body))
            {
                return Refused(400, IssueType.Structure, $"Dit bericht is dieper dan {MaxDepth} niveaus.");
            }

            FhirXmlDeserializer.STRICT.TryDeserializeResource(reader, out var resource, out var issues);
            return Judge(resource, issues);
        }
        catch (XmlException e)
        {
            return Refused(400, IssueType.Structure, $"Dit is geen geldige XML zonder DTD (regel {e.LineNumber}).");
        }
    }

    private static bool TooDeep(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
        });
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                return true;
            }
        }

        return false;
    }

    private static FhirBody Judge(Resource? resource, IEnumerable<CodedException> issues)
    {
        if (resource is null || resource.TypeName.StartsWith("Unnamed", StringComparison.Ordinal))
        {
            return Refused(400, IssueType.Structure, "Dit is geen FHIR-resource: resourceType ontbreekt of is onbekend.");
        }

        return new FhirBody(resource, [.. issues.Where(i => !IsJudgedLater(i)).Select(Tolerated).DistinctBy(f => f.Expression)]);
    }

    // What is missing altogether is told by the judgement itself, with what to do about it.
    private static bool IsJudgedLater(CodedException issue) =>
        issue.ErrorCode is "PVAL105" or "PVAL129" || (issue as ExtendedCodedException)?.InstancePath is "$this" or null or "";

    // The library's own sentence quotes the value, which may be a name: only its place and kind are told.
    private static Finding Tolerated(CodedException issue)
    {
        var path = (issue as ExtendedCodedException)?.InstancePath;
        var text = issue.ErrorCode switch
        {
            "PVAL128" => "Dit element kent FHIR R4 niet; het is overgeslagen.",
            "PVAL116" => "Deze code staat niet in de codelijst van FHIR R4.",
            "PVAL127" => "FHIR verwacht hier een lijst; de ene waarde is gelezen.",
            _ => "De waarde heeft niet de vorm die FHIR R4 voorschrijft.",
        };
        return Finding.Warning(issue.ErrorCode == "PVAL116" ? IssueType.CodeInvalid : IssueType.Value, path, text);
    }

    private static FhirBody Refused(int status, IssueType code, string text) =>
        new(null, [new Finding(IssueSeverity.Error, code, null, text)], status);
}
