using Hl7.Fhir.Utility;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Judging;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>Grades what the parser complains of. None of it refuses by itself: what is then missing is judged by the rules.</summary>
internal static class Tolerance
{
    private const int Most = 50; // what has more of it is one complaint, not a list

    internal static IReadOnlyList<Finding> Grade(IEnumerable<CodedException> issues) =>
        [.. issues.Where(i => !IsJudgedLater(i)).Select(Grade).DistinctBy(f => f.Expression).Take(Most)];

    // What is missing altogether is told by the judgement itself, with what to do about it.
    private static bool IsJudgedLater(CodedException issue) =>
        issue.ErrorCode is "PVAL105" or "PVAL129" || (issue as ExtendedCodedException)?.InstancePath is "$this" or null or "";

    // The library's own sentence quotes the value, which may be a name: only its place and kind are told.
    private static Finding Grade(CodedException issue) => (issue.ErrorCode switch
    {
        "PVAL128" or "PVAL130" or "PVAL131" => Rules.ElementUnknown,
        "PVAL116" => Rules.CodeNotInList,
        "PVAL127" => Rules.ListExpected,
        _ => Rules.ValueForm,
    }).At((issue as ExtendedCodedException)?.InstancePath);
}
