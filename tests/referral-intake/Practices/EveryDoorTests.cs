using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.ReferralIntake.Tests.Identity;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Practices;

/// <summary>Every endpoint that is really routed, with every kind of caller.</summary>
public sealed partial class EveryDoorTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private const string Letters = "cruds";
    private static readonly string[] Types = ["ServiceRequest", "Task", "DocumentReference", "Binary", "Subscription"];
    private static readonly string[] Roles = ["planner", "professional", "manager", "auditor"];

    private IEnumerable<(string Method, string Pattern)> Routed => RoutesOf(intake.App);

    private static IEnumerable<(string Method, string Pattern)> RoutesOf(WebApplication app) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["ANY"])
            .Select(m => (m, $"/{e.RoutePattern.RawText!.TrimStart('/')}"))).Distinct();

    [Fact]
    public async Task Each_door_has_an_agreement_and_each_agreement_a_door()
    {
        await using var withAuthority = await AuthorityHost.With();

        var routed = RoutesOf(withAuthority.App).Concat(Routed).Distinct().Select(r => $"{r.Method} {r.Pattern}").Order().ToList();

        Assert.Empty(routed.Except(Doors.Agreed.Keys));
        Assert.Empty(Doors.Agreed.Keys.Except(routed));
    }

    [Fact]
    public async Task Nobody_goes_through_a_door_that_is_not_theirs()
    {
        var wrong = new List<string>();
        foreach (var (method, pattern) in Routed)
        {
            if (Doors.Agreed.TryGetValue($"{method} {pattern}", out var door))
            {
                foreach (var (caller, authorization, cookie, expected) in Callers(door))
                {
                    var status = await Knock(method is "ANY" ? "GET" : method, Filled(pattern), authorization, cookie);
                    if (!expected(status))
                    {
                        wrong.Add($"{method} {pattern} gave {caller} {status}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task What_is_of_another_practice_looks_like_what_is_not_there()
    {
        var (own, real) = await EverythingOfThe(IntakeHost.Bridge);
        using var stranger = intake.GpSystem(IntakeHost.Harbour);
        var seen = new List<string>();

        foreach (var (method, pattern) in Routed.Where(r => r.Pattern.StartsWith("/fhir/", StringComparison.Ordinal) && r.Pattern.Contains("{id}", StringComparison.Ordinal)))
        {
            var type = pattern.Split('/')[2];
            Assert.True(real.TryGetValue(type, out var id), $"This test makes no {type} yet: add one to {nameof(EverythingOfThe)}.");
            var (theirs, nothing) = (await Ask(stranger, method, pattern, id!), await Ask(stranger, method, pattern, $"{Guid.NewGuid()}"));
            Assert.Equal((method, pattern, 404), (method, pattern, theirs.Status));
            Assert.Equal(nothing, theirs);
            if (method == "GET")
            {
                Assert.NotEqual(404, (await Ask(own, method, pattern, id!)).Status);
            }

            seen.Add(pattern);
        }

        Assert.NotEmpty(seen);
        own.Dispose();
    }

    [Fact]
    public async Task No_search_finds_what_is_of_another_practice()
    {
        var (own, real) = await EverythingOfThe(IntakeHost.Bridge);
        using var stranger = intake.GpSystem(IntakeHost.Harbour);

        foreach (var type in Routed.Where(r => r.Method == "GET" && r.Pattern.Count(c => c == '/') == 2 && r.Pattern.StartsWith("/fhir/", StringComparison.Ordinal)
            && char.IsUpper(r.Pattern[6])).Select(r => r.Pattern[6..]))
        {
            foreach (var query in new[] { "", $"?_id={real[type]}" })
            {
                var (mine, theirs) = (await Ask(own, "GET", $"/fhir/{type}{query}", ""), await Ask(stranger, "GET", $"/fhir/{type}{query}", ""));

                Assert.Contains(real[type], mine.Body, StringComparison.Ordinal);
                Assert.Equal(200, theirs.Status);
                Assert.All(real.Values, id => Assert.DoesNotContain($"/{id}\"", theirs.Body, StringComparison.Ordinal));
            }
        }

        own.Dispose();
    }

    [Fact]
    public async Task An_authority_that_names_the_client_azp_is_understood()
    {
        var token = LogIns.Token(IntakeHost.Bridge, ["system/Task.rs"], clientClaim: "azp");

        Assert.Equal(200, await Knock("GET", "/fhir/Task", $"Bearer {token}", null));
    }

    private static IEnumerable<(string Caller, string? Authorization, string[]? Cookie, Func<int, bool> Expected)> Callers(Door door)
    {
        var all = Types.Select(t => $"system/{t}.{Letters}").ToArray();
        string Right(string client, params string[] scopes) => $"Bearer {LogIns.Token(client, scopes)}";
        var good = LogIns.Token(IntakeHost.Bridge, all);
        var (in_, none, forbidden) = ((Func<int, bool>)(s => s is not (401 or 403) and < 500), (Func<int, bool>)(s => s is 401), (Func<int, bool>)(s => s is 403));
        var strangers = new (string, string?)[]
        {
            ("nobody", null),
            ("a bad token", "Bearer nonsense"),
            ("a token nobody signed", $"Bearer {Unsigned(good)}"),
            ("a token that was altered", $"Bearer {good[..^6]}AAAAAA"),
            ("an expired token", $"Bearer {LogIns.Token(IntakeHost.Bridge, all, age: TimeSpan.FromDays(2))}"),
            ("a token for another audience", $"Bearer {LogIns.Token(IntakeHost.Bridge, all, "elsewhere")}"),
            ("a name and password", $"Basic {Convert.ToBase64String("demo-practice:demo"u8)}"),
        };
        switch (door)
        {
            case Door.Open:
                return strangers.Select(s => (s.Item1, s.Item2, (string[]?)null, in_));
            case Door.Shown shown:
                return [("nobody", null, null, s => s == shown.Status)];
            case Door.Practice(var type, var letter):
                return
                [
                    .. strangers.Select(s => (s.Item1, s.Item2, (string[]?)null, none)),
                    .. Roles.Select(r => ($"a {r} at the pages", (string?)null, (string[]?)[r], none)),
                    ("no practice", Right("unknown", all), null, forbidden),
                    ("a service", Right("planning", "referral.contact", "referral.attachment"), null, forbidden),
                    ("a practice without a scope", Right(IntakeHost.Bridge), null, forbidden),
                    ("a practice with all but this type", Right(IntakeHost.Bridge, [.. all.Where(s => !s.Contains($"/{type}.", StringComparison.Ordinal))]), null, forbidden),
                    .. Letters.Where(l => l != letter).Select(l => ($"a practice with {l}", (string?)Right(IntakeHost.Bridge, $"system/{type}.{l}"), (string[]?)null, forbidden)),
                    ("a practice with the scope of a person", Right(IntakeHost.Bridge, $"user/{type}.{letter}"), null, forbidden),
                    ("the right practice", Right(IntakeHost.Bridge, $"system/{type}.{letter}"), null, in_),
                    ("the right practice, all types", Right(IntakeHost.Bridge, $"system/*.{letter}"), null, in_),
                ];
            case Door.Service(var scope):
                return
                [
                    .. strangers.Select(s => (s.Item1, s.Item2, (string[]?)null, none)),
                    .. Roles.Select(r => ($"a {r} at the pages", (string?)null, (string[]?)[r], none)),
                    ("a practice", Right(IntakeHost.Bridge, all), null, forbidden),
                    .. new[] { "referral.contact", "referral.recipient", "referral.research", "referral.attachment", "letter.read", "record.read", "conversation.read", "registry.names" }.Where(s => s != scope)
                        .Select(s => ($"a service with {s}", (string?)Right("planning", s), (string[]?)null, forbidden)),
                    ("the right service", Right("planning", scope), null, in_),
                ];
            case Door.Person(var roles):
                var toLogIn = (Func<int, bool>)(s => s is 302 or 401);
                return
                [
                    .. strangers.Select(s => (s.Item1, s.Item2, (string[]?)null, toLogIn)),
                    ("a practice", Right(IntakeHost.Bridge, all), null, toLogIn),
                    .. Roles.Select(r => ($"a {r}", (string?)null, (string[]?)[r], roles.Contains(r) ? in_ : s => s is 302 or 403)),
                ];
            default:
                throw new ArgumentOutOfRangeException(nameof(door));
        }
    }

    private async Task<int> Knock(string method, string path, string? authorization, string[]? roles)
    {
        using var http = roles is null ? intake.App.Stranger() : intake.App.LoggedInAs("somebody", roles);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not "GET")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/fhir+json");
        }

        if (authorization is not null)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
            request.Headers.Add("X-On-Behalf-Of", "petra"); // what only a service may say; from anybody else it opens nothing
            request.Headers.Add("X-Roles", "planner");
        }

        using var answer = await http.SendAsync(request);
        return answer.Headers.Location?.OriginalString.Contains("no-access", StringComparison.Ordinal) is true ? 403 : (int)answer.StatusCode;
    }

    private static async Task<(int Status, string Body)> Ask(HttpClient http, string method, string pattern, string id)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), pattern.Replace("{id}", id, StringComparison.Ordinal).Replace("{vid}", "1", StringComparison.Ordinal));
        if (method is not "GET")
        {
            request.Content = method == "PATCH"
                ? new StringContent("""[{ "op": "replace", "path": "/status", "value": "revoked" }]""", Encoding.UTF8, "application/json-patch+json")
                : new StringContent(new JsonObject { ["resourceType"] = pattern.Split('/')[2], ["id"] = id, ["status"] = "revoked", ["intent"] = "order" }.ToJsonString(),
                    Encoding.UTF8, "application/fhir+json");
            request.Headers.TryAddWithoutValidation("If-Match", "W/\"1\"");
        }

        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, id.Length == 0 ? body : body.Replace(id, "ID", StringComparison.Ordinal));
    }

    private async Task<(HttpClient Own, Dictionary<string, string> Ids)> EverythingOfThe(string practice)
    {
        var own = intake.GpSystem(practice);
        var sent = await own.PostFhir("/fhir", ReferralMessage.Bundle($"E-{Guid.NewGuid():N}"));
        var referral = sent.Headers.Location!.Segments[^1];
        var task = await intake.InDatabase(db => db.Tasks.Where(t => t.ReferralId == Guid.Parse(referral)).Select(t => t.Id).SingleAsync());
        var document = await own.PostFhir("/fhir/DocumentReference", new JsonObject
        {
            ["resourceType"] = "DocumentReference",
            ["status"] = "current",
            ["context"] = new JsonObject { ["related"] = new JsonArray(new JsonObject { ["reference"] = $"ServiceRequest/{referral}" }) },
            ["content"] = new JsonArray(new JsonObject
            {
                ["attachment"] = new JsonObject { ["contentType"] = "text/plain", ["data"] = Convert.ToBase64String("Een aanvulling."u8) },
            }),
        });
        var written = await document.Json();
        Assert.True(document.IsSuccessStatusCode, written.ToJsonString());
        var subscription = await own.PostFhir("/fhir/Subscription", Subscribing.AskedSubscription.Json($"deur-{Guid.NewGuid():N}"));
        Assert.True(subscription.IsSuccessStatusCode, await subscription.Content.ReadAsStringAsync());
        return (own, new()
        {
            ["Subscription"] = subscription.Headers.Location!.Segments[^1],
            ["ServiceRequest"] = referral,
            ["Task"] = $"{task}",
            ["DocumentReference"] = document.Headers.Location!.Segments[^1],
            ["Binary"] = ((string)written["content"]![0]!["attachment"]!["url"]!).Split('/')[^1],
        });
    }

    private static string Filled(string pattern) => Parameter().Replace(pattern, m => m.Groups[1].Value switch
    {
        "vid" => "1",
        "status" => "500",
        _ => $"{Guid.NewGuid()}",
    });

    private static string Unsigned(string token) =>
        $"{Convert.ToBase64String("{\"alg\":\"none\",\"typ\":\"at+jwt\"}"u8).TrimEnd('=')}.{token.Split('.')[1]}.";

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
