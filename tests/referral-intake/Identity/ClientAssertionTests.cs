using System.Net;
using Microsoft.IdentityModel.Tokens;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Tests.Identity;

/// <summary>private_key_jwt at the built-in authority, with nothing replaced.</summary>
public sealed class ClientAssertionTests(AuthorityHost intake) : IClassFixture<AuthorityHost>
{
    private static readonly Dictionary<(string Name, string Refusal), Action<SecurityTokenDescriptor>> Bent = new()
    {
        [("too long", "5 minutes")] = a => a.Expires = a.IssuedAt!.Value.AddMinutes(8),
        [("expired", "no longer valid")] = a => (a.IssuedAt, a.NotBefore, a.Expires) = (a.IssuedAt!.Value.AddHours(-1), a.NotBefore!.Value.AddHours(-1), a.IssuedAt!.Value.AddMinutes(-50)),
        [("no end", "'exp'")] = a => a.Expires = null,
        [("for another", "aud must be")] = a => a.Audience = "https://elsewhere.example/connect/token",
        [("for two", "aud")] = a => { a.Audiences.Add(a.Audience); a.Audiences.Add("https://elsewhere.example"); a.Audience = null; },
        [("without jti", "jti")] = a => a.Claims.Remove("jti"),
        [("another subject", "'sub'")] = a => a.Claims["sub"] = "somebody",
        [("another issuer", "key")] = a => a.Issuer = "somebody",
        [("no algorithm", "signature")] = a => a.SigningCredentials = null,
        [("RS256", "signature")] = a => a.SigningCredentials = new(a.SigningCredentials.Key, SecurityAlgorithms.RsaSha256),
        [("HS384 with the public key as secret", "signature")] = a => a.SigningCredentials = new(
            new SymmetricSecurityKey(((RsaSecurityKey)a.SigningCredentials.Key).Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "rsa-1" }, SecurityAlgorithms.HmacSha384),
        [("a key that is not registered", "signature")] = a => a.SigningCredentials = new(
            new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "rsa-1" }, SecurityAlgorithms.RsaSha384),
        [("a kid that is not registered", "key")] = a => a.SigningCredentials = new(
            new RsaSecurityKey(((RsaSecurityKey)a.SigningCredentials.Key).Rsa) { KeyId = "rsa-2" }, SecurityAlgorithms.RsaSha384),
        [("no kid", "key")] = a => a.SigningCredentials = new(
            new RsaSecurityKey(((RsaSecurityKey)a.SigningCredentials.Key).Rsa), SecurityAlgorithms.RsaSha384),
    };

    private static int _clients;

    private static string AClient() => $"brug-{Interlocked.Increment(ref _clients)}";

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha384)]
    [InlineData(SecurityAlgorithms.EcdsaSha384)]
    public async Task A_practice_with_a_key_of_its_own_gets_a_token_with_which_it_can_refer(string algorithm)
    {
        using var http = intake.Client();
        var gp = algorithm == SecurityAlgorithms.RsaSha384 ? SigningGp.Rsa(AClient()) : SigningGp.Ec(AClient());
        await intake.Connect(gp);

        var token = await SigningGp.Ask(http, gp.Assertion(intake.Address), "system/ServiceRequest.c");

        Assert.True(token["error"] is null, $"{token}");
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)token["access_token"]!);
        Assert.InRange((int)token["expires_in"]!, 295, 300);
        Assert.Equal(HttpStatusCode.Created, (await http.PostFhir("/fhir", ReferralMessage.Bundle("K1"))).StatusCode);
    }

    [Fact]
    public async Task An_assertion_is_good_once()
    {
        using var http = intake.Client();
        var gp = SigningGp.Ec(AClient());
        await intake.Connect(gp);
        var assertion = gp.Assertion(intake.Address);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SigningGp.Ask(http, assertion)));

        Assert.Single(answers, a => a["access_token"] is not null);
        Assert.Equal(7, answers.Count(a => (string?)a["error"] == "invalid_client"));
    }

    [Fact]
    public async Task An_assertion_that_is_not_as_agreed_gives_no_token()
    {
        using var http = intake.Client();
        var gp = SigningGp.Rsa(AClient());
        await intake.Connect(gp);

        foreach (var ((name, refusal), bend) in Bent)
        {
            var answer = await SigningGp.Ask(http, gp.Assertion(intake.Address, bend));

            TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {answer["error"]} {answer["error_description"]}");
            Assert.Null(answer["access_token"]);
            Assert.Contains(refusal, (string?)answer["error_description"], StringComparison.Ordinal);
        }

        Assert.NotNull((await SigningGp.Ask(http, gp.Assertion(intake.Address)))["access_token"]);
    }

    [Theory]
    [InlineData("system/Task.rs", true)]
    [InlineData("system/Task.r", true)]
    [InlineData("system/Task.cruds", false)]
    [InlineData("system/*.rs", false)]
    [InlineData("referral.contact", false)]
    public async Task A_practice_gets_no_scope_beyond_its_registration(string scope, bool isGiven)
    {
        using var http = intake.Client();
        var gp = SigningGp.Ec(AClient());
        await intake.Connect(gp, d => d with { Scopes = "system/Task.rs system/ServiceRequest.cruds" });

        var answer = await SigningGp.Ask(http, gp.Assertion(intake.Address), scope);

        Assert.Equal(isGiven ? null : "invalid_scope", (string?)answer["error"]);
        Assert.Equal(isGiven, answer["access_token"] is not null);
    }

    [Fact]
    public async Task After_a_rotation_the_new_key_counts_and_the_old_one_does_not()
    {
        using var http = intake.Client();
        var old = SigningGp.Rsa(AClient(), "2025");
        var fresh = SigningGp.Ec(old.Client, "2026");
        await intake.Connect(old);

        await intake.Change(old.Client, (register, practice) =>
            register.Change(practice, PracticeDetails.Of(practice) with { Jwks = fresh.Jwks }, practice.Version, "test", default));

        Assert.Equal("invalid_client", (string?)(await SigningGp.Ask(http, old.Assertion(intake.Address)))["error"]);
        Assert.NotNull((await SigningGp.Ask(http, fresh.Assertion(intake.Address)))["access_token"]);
    }

    [Fact]
    public async Task A_practice_that_is_switched_off_gets_no_token_and_its_living_one_stops()
    {
        using var http = intake.Client();
        var gp = SigningGp.Ec(AClient());
        await intake.Connect(gp);
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await SigningGp.Ask(http, gp.Assertion(intake.Address)))["access_token"]!);
        var before = await http.GetAsync(new Uri("/fhir/Task", UriKind.Relative), TestContext.Current.CancellationToken);

        await intake.Change(gp.Client, (register, practice) => register.SwitchOff(practice, "test", default));

        var after = await http.GetAsync(new Uri("/fhir/Task", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before.StatusCode, after.StatusCode));
        Assert.Equal("invalid_client", (string?)(await SigningGp.Ask(http, gp.Assertion(intake.Address)))["error"]);
    }
}
