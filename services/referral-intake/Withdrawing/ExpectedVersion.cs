using System.Globalization;
using System.Text.RegularExpressions;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Withdrawing;

/// <summary>If-Match: the version that the GP system read and now changes (FHIR R4 section 3.1.0.5).</summary>
internal static partial class ExpectedVersion
{
    internal static (int Version, FhirResult? Refusal) Of(HttpRequest request)
    {
        var given = request.Headers.IfMatch.ToString().Trim();
        if (given.Length == 0)
        {
            return (0, FhirResult.Refused(428, Finding.Error(IssueType.Required, null,
                "Stuur in If-Match welke versie u wijzigt: de ETag van uw laatste GET, bijvoorbeeld W/\"1\". Zo overschrijft u niemand.")));
        }

        return ETag().Match(given) is { Success: true } match
            ? (int.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture), null)
            : (0, FhirResult.Refused(400, Finding.Error(IssueType.Value, null,
                "If-Match is niet te lezen. Stuur één ETag, zoals u die kreeg: W/\"1\".")));
    }

    internal static FhirResult Stale(int current) => FhirResult.Refused(412, Finding.Error(IssueType.Conflict, null,
        $"De verwijzing is intussen gewijzigd; de versie is nu {current}. Lees haar opnieuw en doe uw wijziging op die versie."));

    [GeneratedRegex("^(W/)?\"(?<version>[0-9]{1,9})\"$")]
    private static partial Regex ETag();
}
