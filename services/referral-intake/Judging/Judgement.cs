using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Reading;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>Everything there is to say about one message, gathered before anything is answered.</summary>
internal sealed class Judgement(IEnumerable<Finding> tolerated)
{
    private const int Most = 100; // what has more to say about it says the same again

    private readonly List<Finding> _found = [.. tolerated];

    internal bool Refuses { get; private set; }

    internal void Add(Rule rule, Sent at, string? element = null) => Add(rule, element is null ? at.Path : $"{at.Path}.{element}");

    internal void Add(Rule rule, string expression) => Add(rule.At(expression));

    internal void Add(Finding finding)
    {
        Refuses |= finding.Refuses;
        _found.Add(finding);
    }

    /// <summary>The worst first; what was tolerated in reading is not told again where a rule says what to do about it.</summary>
    internal IReadOnlyList<Finding> Findings()
    {
        if (_found.Count < 2)
        {
            return _found;
        }

        var refused = _found.Where(f => f.Refuses).Select(f => f.Expression).ToHashSet();
        return [.. _found.Where(f => f.Refuses || !refused.Contains(f.Expression)).DistinctBy(f => (f.Rule, f.Expression, f.Text)).OrderBy(f => f.Severity).Take(Most)];
    }
}
