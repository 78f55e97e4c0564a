using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>
/// One rule of the judgement, as published in contracts/fhir/README.md: how bad it is, at which element, and in Dutch what
/// to do about it. Its text never holds a value of the message.
/// </summary>
internal sealed record Rule(string Name, IssueSeverity Severity, IssueType Code, string Element, string Text)
{
    internal Finding At(string? expression) => new(Severity, Code, expression, Text, Name);
}
