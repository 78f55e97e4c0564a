using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using VGIntegration.Surroundings;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace VGIntegration.Architecture.Tests;

/// <summary>There is no container engine here: what can be known of the real set-up without one.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly Dictionary<string, Func<string[], Action<WebApplicationBuilder>?, WebApplication>> Ours = new()
    {
        ["referral-intake"] = ReferralIntake.Program.Create,
        ["planning"] = Planning.Program.Create,
        ["feedback"] = Feedback.Program.Create,
        ["gateway"] = Gateway.Program.Create,
    };

    // Beside the sections that hosting knows and refuses mistakes in by itself.
    private static readonly string[] OtherSettings =
        ["urls", "data", "Fhir:Base", "Services:", "Gateway:", "Identity:Clients:", "Mail:", "Inviting:", "ForwardedHeaders:KnownNetworks:", "Kestrel:Certificates:Default:"];

    private static readonly Dictionary<string, Dictionary<object, object>> Services = Read();

    public static TheoryData<string> OurServices => [.. Ours.Keys];

    [Theory]
    [MemberData(nameof(OurServices))]
    public async Task A_service_takes_each_setting_of_the_compose_file(string service)
    {
        var settings = Environment(service).Where(s => s.Value.Length > 0).ToDictionary(
            s => s.Key.Replace("ASPNETCORE_URLS", "urls", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal), s => s.Value);

        await using var app = Ours[service]([.. settings.Select(s => $"--{s.Key}={s.Value}")], null);

        Assert.DoesNotContain(settings.Keys, key => !OtherSettings.Any(o => key.StartsWith(o, StringComparison.Ordinal))
            && !new[] { "Database:", "Messaging:", "Authentication:" }.Any(o => key.StartsWith(o, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_service_that_stays_up_is_watched_and_comes_back()
    {
        var staying = Services.Where(s => s.Value["restart"] is not "no").ToList();

        Assert.Equal(["feedback", "gateway", "planning", "rabbitmq", "referral-intake", "sqlserver"], staying.Select(s => s.Key).Order());
        Assert.All(staying, s => Assert.True(s.Value.ContainsKey("healthcheck"), s.Key));
        Assert.All(staying, s => Assert.Equal("unless-stopped", s.Value["restart"]));
    }

    [Fact]
    public void A_service_of_ours_cannot_write_outside_its_data_nor_gain_rights()
    {
        Assert.All(Ours.Keys, service =>
        {
            Assert.Equal("true", Services[service]["read_only"]);
            Assert.Equal("ALL", ((List<object>)Services[service]["cap_drop"]).Single());
        });
        Assert.Contains("\nUSER 1654\n", Text("deploy/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_stands_in_the_file_and_a_missing_one_stops_the_start()
    {
        var secrets = Services.Keys.SelectMany(s => Raw(s)).Where(e => SecretName().IsMatch(e.Key) || SecretName().IsMatch(e.Value)).ToList();

        Assert.NotEmpty(secrets);
        Assert.All(secrets, e => Assert.Matches(@"(^|=|:)\$\{\w+:\?[^}]+\}", e.Value));
    }

    [Fact]
    public void Each_variable_is_in_the_example()
    {
        var example = Text("deploy/.env.example");

        var used = Variable().Matches(Text("docker-compose.yml")).Select(m => m.Groups["name"].Value).Distinct();

        Assert.All(used.Except(["VG_VERSION"]), name => Assert.Contains($"\n{name}=", example, StringComparison.Ordinal));
    }

    [Fact]
    public void Images_are_pinned_to_a_version()
    {
        var images = Services.Values.Where(s => !s.ContainsKey("build")).Select(s => (string)s["image"])
            .Concat(Text("deploy/Dockerfile").Split('\n').Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]));

        Assert.All(images, image => Assert.Matches(@":\d+(\.\d+){2}|:2022-CU\d+", image));
    }

    [Fact]
    public void What_is_copied_or_mounted_exists()
    {
        var copied = Text("deploy/Dockerfile").Split('\n').Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal))
            .SelectMany(l => l.Split(' ')[1..^1]);
        var mounted = Services.Values.SelectMany(s => s.GetValueOrDefault("volumes") as List<object> ?? [])
            .Select(v => ((string)v).Split(':')[0]).Where(v => v.StartsWith("./", StringComparison.Ordinal));

        Assert.All(copied.Concat(mounted).Append("deploy/Dockerfile").Append("deploy/healthy.sh"),
            path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    private static Dictionary<string, Dictionary<object, object>> Read()
    {
        var parser = new MergingParser(new Parser(new StringReader(Text("docker-compose.yml"))));
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
        return ((Dictionary<object, object>)file["services"]).ToDictionary(s => (string)s.Key, s => (Dictionary<object, object>)s.Value);
    }

    private static Dictionary<string, string> Raw(string service) =>
        ((Dictionary<object, object>)Services[service]["environment"]).ToDictionary(e => (string)e.Key, e => (string)e.Value);

    // As compose fills it in, with a value of the right kind for each variable that must be given.
    private static Dictionary<string, string> Environment(string service) => Raw(service).ToDictionary(
        e => e.Key, e => Variable().Replace(e.Value, v => v.Groups["default"].Success
            ? v.Groups["default"].Value
            : v.Groups["name"].Value switch
            {
                "VG_AUTHORITY" => "https://authority.example",
                "VG_MAIL_FROM" => "planning@region.example",
                _ => "given",
            }));

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"\$\{(?<name>\w+)(:-(?<default>[^}]*)|:\?[^}]*)?\}")]
    private static partial Regex Variable();

    [GeneratedRegex("(?i)passw|_pass$|secret$|amqp:")]
    private static partial Regex SecretName();
}
