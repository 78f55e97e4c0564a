using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.Bundle;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>Each kind of message has its own address (interface section 2); who mistakes it is told the right one.</summary>
internal static class WaysIn
{
    internal const string Single = "/ServiceRequest";
    internal const string Message = "/$process-message";
    internal const string Document = "/Bundle";

    internal static Finding? WrongAddress(PathString path, Resource body) =>
        Address(body) is { } right && !path.Value!.TrimEnd('/').EndsWith($"/fhir{right}", StringComparison.Ordinal)
            ? Finding.Error(OperationOutcome.IssueType.Value, body.TypeName, $"Dit soort bericht gaat naar [base]{right}. Stuur het daarheen.")
            : null;

    private static string? Address(Resource body) => body switch
    {
        Bundle { Type: BundleType.Message } => Message,
        Bundle { Type: BundleType.Document } => Document,
        Bundle { Type: BundleType.Transaction } => "",
        Bundle => null, // judged by its type
        _ => Single,
    };
}
