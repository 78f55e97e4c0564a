using Hl7.Fhir.Model;
using Microsoft.AspNetCore.WebUtilities;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>What the sender gave, besides the number of the referral, to tell a repetition from something new.</summary>
internal sealed record RepetitionKeys(string? RequestId, IdentifierCondition? Condition)
{
    internal const int LongestRequestId = 200;

    internal static (RepetitionKeys Keys, Finding? Wrong) Read(HttpRequest request, Resource sent)
    {
        var ids = request.Headers["X-Request-Id"];
        var id = ids.ToString() is { Length: > 0 } given ? given : null;
        if (id is not null && (ids.Count > 1 || id.Length > LongestRequestId || !id.All(c => c is > ' ' and <= '~')))
        {
            return (new(null, null), Finding.Error(IssueType.Value, null,
                $"X-Request-Id is één waarde van hoogstens {LongestRequestId} tekens zonder spaties, zoals een UUID. Stuur hem zo opnieuw."));
        }

        // FHIR R4 section 3.1.0.8.1: in a Bundle each entry has its own condition.
        var asked = sent is Bundle bundle
            ? bundle.Entry.FirstOrDefault(e => e.Resource is ServiceRequest)?.Request?.IfNoneExist
            : request.Headers.TryGetValue("If-None-Exist", out var header) ? header.ToString() : null;
        return asked is null ? (new(id, null), null)
            : IdentifierCondition.Parse(asked) is { } condition ? (new(id, condition), null)
            : (new(id, null), Finding.Error(IssueType.NotSupported, sent is Bundle ? "Bundle.entry.request.ifNoneExist" : null,
                "If-None-Exist kan hier alleen met identifier=systeem|nummer. Stuur hem zo opnieuw, of laat hem weg."));
    }
}

/// <summary>The condition of a conditional create: no referral with this identifier yet.</summary>
internal sealed record IdentifierCondition(string? System, string Value)
{
    internal static IdentifierCondition? Parse(string query)
    {
        var parameters = QueryHelpers.ParseQuery(query[(query.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        if (parameters.Count != 1 || !parameters.TryGetValue("identifier", out var given) || given is not [{ Length: > 0 } token]
            || token.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        return token.Split('|') switch
        {
            [{ Length: > 0 } value] => new(null, value),
            [var system, { Length: > 0 } value] => new(system, value),
            _ => null,
        };
    }
}
