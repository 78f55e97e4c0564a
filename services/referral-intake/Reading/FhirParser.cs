using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Hl7.Fhir.Validation;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>
/// From bytes to a resource. A tidy message is parsed once, without the library's own validation, which costs three times
/// the parse; only when the quick look finds something is it parsed again in the strict way, which tells what and where.
/// </summary>
internal static class FhirParser
{
    // Firely reads and writes 64 levels of JSON (a document of 20,000 would end the process), and a search puts three around
    // what was stored. One level of XML is two of JSON where it is a list.
    private const int MaxDepth = 56;
    private const int MaxXmlDepth = MaxDepth / 2;

    private static readonly DeserializerSettings Quick = new DeserializerSettings().UsingMode(DeserializationMode.SyntaxOnly);

    // Narrative is never kept, so it need not be right. A name in the wrong case is read as the name it nearly is.
    private static readonly DeserializerSettings Strict = new DeserializerSettings()
        .UsingMode(DeserializationMode.Strict, NarrativeValidationKind.None)
        .Ignoring([CodedValidationException.WRONG_CASED_ELEMENT_CODE]);

    private static readonly FhirJsonDeserializer QuickJson = new(Quick);
    private static readonly FhirJsonDeserializer StrictJson = new(Strict);
    private static readonly FhirXmlDeserializer QuickXml = new(Quick);
    private static readonly FhirXmlDeserializer StrictXml = new(Strict);

    internal static FhirBody Json(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
        {
            body = body[3..];
        }

        try
        {
            if (!Utf8.IsValid(body))
            {
                return FhirBody.Refused(400, IssueType.Structure, "Het bericht is geen UTF-8. Stuur het in UTF-8.");
            }

            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            var first = reader; // a copy
            if (first.Read() && first.TokenType is not JsonTokenType.StartObject)
            {
                return NoObject();
            }

            if (QuickJson.TryDeserializeResource(ref reader, out var resource, out _) && resource is not null
                && Tidiness.IsTidy(resource) && IsAtTheEnd(ref reader))
            {
                return new FhirBody(resource, []);
            }

            if (!IsOneObject(body))
            {
                return NoObject();
            }

            reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            StrictJson.TryDeserializeResource(ref reader, out resource, out var issues);
            return Tolerate(resource, issues);
        }
        catch (JsonException e)
        {
            return FhirBody.Refused(400, IssueType.Structure,
                $"Dit is geen geldige JSON (regel {e.LineNumber + 1}), of het is dieper dan {MaxDepth} niveaus.");
        }
        catch (Exception e) when (IsFormOfFirely(e))
        {
            return FhirBody.Refused(400, IssueType.Structure, "Dit bericht heeft niet de vorm van FHIR-JSON. Kijk na of elke lijst en elk _element klopt.");
        }
    }

    internal static FhirBody Xml(byte[] body)
    {
        try
        {
            if (IsTooDeep(body))
            {
                return FhirBody.Refused(400, IssueType.Structure, $"Dit bericht is dieper dan {MaxXmlDepth} niveaus.");
            }

            using var quick = Reader(body);
            if (QuickXml.TryDeserializeResource(quick, out var resource, out _) && resource is not null && Tidiness.IsTidy(resource))
            {
                return new FhirBody(resource, []);
            }

            using var strict = Reader(body);
            StrictXml.TryDeserializeResource(strict, out resource, out var issues);
            return Tolerate(resource, issues);
        }
        catch (XmlException e)
        {
            return FhirBody.Refused(400, IssueType.Structure, $"Dit is geen geldige XML zonder DTD (regel {e.LineNumber}).");
        }
        catch (Exception e) when (IsFormOfFirely(e))
        {
            return FhirBody.Refused(400, IssueType.Structure, "Dit bericht heeft niet de vorm van FHIR-XML. Kijk na of elk element op zijn plaats staat.");
        }
    }

    // Firely 6.8 throws these on an _element of the wrong form, half a surrogate pair, an element inside a primitive, a value
    // where its type is abstract.
    private static bool IsFormOfFirely(Exception e) =>
        e is InvalidOperationException or NotSupportedException or ArgumentException or InvalidCastException or CodedException;

    private static FhirBody Tolerate(Resource? resource, IEnumerable<CodedException> issues)
    {
        if (resource is null or DynamicResource)
        {
            return FhirBody.Refused(400, IssueType.Structure, "Dit is geen FHIR-resource: resourceType ontbreekt of is onbekend.");
        }

        var findings = Tolerance.Grade(issues);
        Tidiness.Tidy(resource);
        return new FhirBody(resource, findings);
    }

    private static FhirBody NoObject() => FhirBody.Refused(400, IssueType.Structure, "Het bericht is geen JSON-object.");

    // Firely stops after the root object, whatever comes behind it.
    private static bool IsAtTheEnd(ref Utf8JsonReader reader) => reader.CurrentDepth == 0 && !reader.Read();

    // The strict way would read past what is no object at all.
    private static bool IsOneObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTooDeep(byte[] body)
    {
        using var reader = Reader(body);
        while (reader.Read())
        {
            if (reader.Depth > MaxXmlDepth)
            {
                return true;
            }
        }

        return false;
    }

    private static XmlReader Reader(byte[] body) => XmlReader.Create(new MemoryStream(body), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = FhirBody.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    });
}
