using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Http;

/// <summary>Runs contracts/fhir/calls.http as an editor would, and holds each answer against what the file says.</summary>
public sealed partial class CallsTests
{
    private readonly Dictionary<string, string> _known = [];

    [Fact]
    public async Task Every_call_in_the_file_answers_what_the_file_says()
    {
        var address = $"http://127.0.0.1:{Sandbox.FreePort()}";
        await using var intake = Program.Create(
            [$"--urls={address}", $"--data={Sandbox.Folder("calls")}", $"--Authentication:Authority={address}", "--Authentication:BuiltIn=true", "--Limiting:Seconds=60", "--demo"]);
        await intake.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "contracts/fhir/calls.http"), TestContext.Current.CancellationToken);
        foreach (Match variable in Variable().Matches(file))
        {
            _known[variable.Groups[1].Value] = variable.Groups[2].Value.Trim() == "{{$guid}}" ? Guid.NewGuid().ToString() : variable.Groups[2].Value.Trim();
        }

        _known["base"] = address;
        var wrong = new List<string>();
        foreach (var call in file.Split("\n### ")[1..])
        {
            wrong.AddRange(await Run(http, call));
        }

        Assert.Empty(wrong);
        await intake.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<IEnumerable<string>> Run(HttpClient http, string call)
    {
        var lines = call.Split('\n');
        var start = Array.FindIndex(lines, 1, l => l.Length > 0 && l[0] != '#');
        var empty = Array.FindIndex(lines, start, string.IsNullOrWhiteSpace);
        var (expected, name) = (int.Parse(Expected().Match(call).Groups[1].Value, CultureInfo.InvariantCulture), Name().Match(call).Groups[1].Value);
        using var request = new HttpRequestMessage(new HttpMethod(lines[start].Split(' ')[0]), Filled(lines[start].Split(' ', 2)[1]));
        var headers = lines[(start + 1)..empty].Select(l => l.Split(": ", 2)).ToDictionary(h => h[0], h => Filled(h[1]));
        if (headers.Remove("Content-Type", out var type))
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Filled(string.Join('\n', lines[empty..]).Trim())));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        foreach (var (header, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (name.Length > 0 && answer.IsSuccessStatusCode)
        {
            Remember(name, answer, JsonNode.Parse(body)!);
        }

        return (int)answer.StatusCode == expected ? [] : [$"{lines[0]}: {(int)answer.StatusCode}, not {expected}: {body}"];
    }

    private void Remember(string name, HttpResponseMessage answer, JsonNode body)
    {
        foreach (var header in answer.Headers)
        {
            _known[$"{name}.response.headers.{header.Key}"] = string.Join(',', header.Value);
        }

        foreach (var (property, value) in body.AsObject().Where(p => p.Value is JsonValue))
        {
            _known[$"{name}.response.body.$.{property}"] = value!.ToString();
        }
    }

    private string Filled(string text) => Hole().Replace(text, hole => _known[hole.Groups[1].Value]);

    [GeneratedRegex("""^@(\w+) = (.+)$""", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^# answers (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Expected();

    [GeneratedRegex(@"^# @name (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Name();
}
