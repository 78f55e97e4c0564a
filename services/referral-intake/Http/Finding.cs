using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>One thing to tell the sender: how bad, what kind, at which element, and what to do. Never a value from the resource.</summary>
internal sealed record Finding(IssueSeverity Severity, IssueType Code, string? Expression, string Text, string? Rule = null)
{
    internal bool Refuses => Severity is IssueSeverity.Error or IssueSeverity.Fatal;

    internal static Finding Error(IssueType code, string? expression, string text) =>
        new(IssueSeverity.Error, code, expression, text);

    internal static Finding Warning(IssueType code, string? expression, string text) =>
        new(IssueSeverity.Warning, code, expression, text);

    internal static OperationOutcome Outcome(IEnumerable<Finding> findings) => new()
    {
        Issue = [.. findings.Select(f => new IssueComponent
        {
            Severity = f.Severity,
            Code = f.Code,
            Details = f.Rule is null ? null : new CodeableConcept(CodeSystems.Finding, f.Rule),
            Diagnostics = f.Text,
            Expression = f.Expression is null ? [] : [f.Expression],
        })],
    };
}
