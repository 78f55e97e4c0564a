using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace VGIntegration.Feedback.Returning;

/// <summary>What an answer of a practice's system means.</summary>
internal static partial class Receipts
{
    private static readonly HashSet<string> FhirTypes =
        ["application/fhir+json", "application/json+fhir", "application/fhir+xml", "application/xml+fhir"];

    /// <summary>A success counts with a Location, which need not resolve, or with FHIR in it; else nobody knows what a proxy in between did.</summary>
    public static Answer Of(HttpResponseMessage answer, string type, string ourId, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        var isReceipt = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent
            && (answer.Headers.Location is not null || (IsFhir(answer) && answer.StatusCode is not HttpStatusCode.NoContent));
        return isReceipt ? Answer.Received(IdIn(answer.Headers.Location?.OriginalString, type) ?? ourId)
            : answer.IsSuccessStatusCode ? Answer.Failed(Hindrance.NoReceipt, status)
            : Fault(answer, now);
    }

    public static Answer Fault(HttpResponseMessage answer, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            408 or 425 or 429 => Answer.Failed(Hindrance.Busy, status, RetryAfter(answer, now)),
            >= 500 => Answer.Failed(Hindrance.ServerError, status, RetryAfter(answer, now)),
            401 or 403 => Answer.Failed(Hindrance.Unauthorised, status),
            >= 400 => Answer.Failed(Hindrance.Refused, status),
            >= 300 => Answer.Failed(Hindrance.Redirected, status),
            _ => Answer.Failed(Hindrance.NoReceipt, status),
        };
    }

    // RFC 9110: seconds, or a date
    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now) =>
        answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date - now);

    public static bool IsFhir(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType is { } type && FhirTypes.Contains(type.ToLower(CultureInfo.InvariantCulture));

    public static string? IdIn(string? location, string type) =>
        location is not null && LogicalId().Match(location) is { Success: true } match && match.Groups[1].Value == type ? match.Groups[2].Value : null;

    [GeneratedRegex(@"(?:^|/)(DocumentReference|ServiceRequest)/([A-Za-z0-9\-.]{1,64})(?:$|[/?#])")]
    private static partial Regex LogicalId();
}
