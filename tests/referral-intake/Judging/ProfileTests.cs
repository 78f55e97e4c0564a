using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hl7.Fhir.Utility;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Judging;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Judging;

/// <summary>The page in contracts/fhir, the examples and the rules say the same.</summary>
public sealed partial class ProfileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "contracts/fhir");

    private static readonly Dictionary<string, Rule> All = typeof(Rules).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Select(f => f.GetValue(null)).OfType<Rule>().ToDictionary(r => r.Name);

    public static TheoryData<string> RuleNames => [.. All.Keys];

    public static TheoryData<string> GoodExamples =>
        ["transaction-bundle", "service-request", "message-bundle", "document-appointment-request", "document-referral-letter", "document-cancellation", "doubt-is-enough"];

    [Fact]
    public void Every_rule_is_on_the_page_and_the_page_has_no_other()
    {
        var page = Row().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
            .Select(m => string.Join(" | ", m.Groups.Values.Skip(1).Select(g => g.Value))).ToList();

        var code = All.Values.Select(r => $"{r.Name} | {r.Severity.GetLiteral()} | {r.Code.GetLiteral()} | {r.Element} | {r.Text}");

        Assert.Equal(code.Order(), page.Order());
    }

    [Fact]
    public void Every_rule_has_a_bad_example_and_every_bad_example_a_rule()
    {
        var examples = Directory.EnumerateFiles(Path.Combine(Folder, "examples/bad")).Select(f => Path.GetFileName(f)).Order();

        Assert.Equal(All.Keys.SelectMany(n => new[] { $"{n}.json", $"{n}.outcome.json" }).Order(), examples);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void A_bad_example_breaks_its_own_rule_and_no_other(string name)
    {
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"examples/bad/{name}.outcome.json")))!;

        var findings = Judge($"bad/{name}");

        var told = JsonNode.Parse(FhirJson.Write(Finding.Outcome(findings)))!;
        Assert.True(JsonNode.DeepEquals(expected, told), told.ToJsonString());
        Assert.Equal(name, Assert.Single(findings).Rule);
        Assert.EndsWith(All[name].Element is "*" ? "" : Tail(All[name].Element), Tail(Index().Replace(findings[0].Expression!, "")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(GoodExamples))]
    public void There_is_nothing_to_say_about_a_good_example(string name) => Assert.Empty(Judge(name));

    [Fact]
    public void The_published_code_systems_hold_the_codes_that_are_used()
    {
        Assert.Equal(CodeSystems.Criteria.Order(), Codes("verwijscriterium").Order());
        Assert.Equal([CodeSystems.VerkennendGesprek, CodeSystems.Welzijn], Codes("zorgvraag").Order());
        Assert.Equal(All.Keys.Order(), Codes("bevinding").Order());
    }

    private static IReadOnlyList<Finding> Judge(string example)
    {
        var body = FhirParser.Json(File.ReadAllBytes(Path.Combine(Folder, $"examples/{example}.json")));
        return ServiceRequestReader.Read(body.Resource!, body.Findings).Findings;
    }

    private static IEnumerable<string> Codes(string system) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"profiles/CodeSystem-{system}.json")))!["concept"]!.AsArray().Select(c => (string)c!["code"]!);

    private static string Tail(string element) => element[(element.IndexOf('.', StringComparison.Ordinal) + 1)..];

    [GeneratedRegex(@"^\| \[`([a-z-]+)`\]\(examples/bad/\1\.json\) \| (\w+) \| ([a-z-]+) \| `([^`]+)` \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
