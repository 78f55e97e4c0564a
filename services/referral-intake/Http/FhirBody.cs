using System.Buffers;
using System.IO.Compression;
using Hl7.Fhir.Model;
using Microsoft.Net.Http.Headers;
using VGIntegration.ReferralIntake.Reading;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>
/// The resource in the body of a request. What is no FHIR at all is refused here; what is merely untidy is read as far as
/// it goes, and comes along as warnings.
/// </summary>
internal sealed record FhirBody(Resource? Resource, IReadOnlyList<Finding> Findings, int RefusedWith = 0)
{
    internal const int MaxBytes = 20 * 1024 * 1024;
    private const int MaxDrain = 64 * 1024 * 1024;

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

        if (Unpacked(request) is not { } content)
        {
            return Refused(415, IssueType.NotSupported, "Alleen Content-Encoding gzip kan hier. Stuur het bericht zo, of zonder inpakken.");
        }

        byte[]? body;
        try
        {
            body = await ReadAll(request, content, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return Refused(400, IssueType.Structure, "Het bericht is geen goede gzip. Pak het opnieuw in.");
        }

        if (body is null)
        {
            return Refused(413, IssueType.TooLong, "Het bericht is groter dan 20 MB. Stuur bijlagen apart, als aanvulling.");
        }

        return format == "json" ? FhirParser.Json(body) : FhirParser.Xml(body);
    }

    private static string? Format(MediaTypeHeaderValue type) => type.MediaType.Value?.ToLowerInvariant() switch
    {
        "application/fhir+json" or "application/json" or "application/json+fhir" or "text/json" => "json",
        "application/fhir+xml" or "application/xml" or "application/xml+fhir" or "text/xml" => "xml",
        _ => null,
    };

    private static Stream? Unpacked(HttpRequest request) => request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        _ => null,
    };

    // Reads on when it is too much, so that the sender gets the answer and not a broken connection; what unpacks to more
    // and more is left at the first limit.
    private static async Task<byte[]?> ReadAll(HttpRequest request, Stream body, CancellationToken ct)
    {
        var drain = body == request.Body ? MaxDrain : MaxBytes;
        using var content = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 16_384, 0, MaxBytes));
        var buffer = ArrayPool<byte>.Shared.Rent(32_768);
        try
        {
            long total = 0;
            int read;
            while ((read = await body.ReadAsync(buffer, ct)) > 0)
            {
                total += read;
                if (total > drain)
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

    internal static FhirBody Refused(int status, IssueType code, string text) =>
        new(null, [new Finding(IssueSeverity.Error, code, null, text)], status);
}
