using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VGIntegration.ReferralIntake.Tests.Identity;

/// <summary>A GP system with a key of its own (SMART Backend Services), every part of whose assertion a test can bend.</summary>
internal sealed class SigningGp
{
    private readonly SecurityKey _key;
    private readonly string _algorithm;

    private SigningGp(string client, SecurityKey key, string algorithm, JsonWebKey publicKey)
    {
        (Client, _key, _algorithm) = (client, key, algorithm);
        (publicKey.Kid, publicKey.Alg, publicKey.Use) = (key.KeyId, algorithm, "sig");
        PublicKey = publicKey;
    }

    internal string Client { get; }

    internal JsonWebKey PublicKey { get; }

    internal string Jwks => KeySet(this);

    internal static SigningGp Rsa(string client, string kid = "rsa-1", string algorithm = SecurityAlgorithms.RsaSha384)
    {
        var rsa = RSA.Create(2048);
        var open = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false)));
        return new(client, new RsaSecurityKey(rsa) { KeyId = kid }, algorithm, open);
    }

    internal static SigningGp Ec(string client, string kid = "ec-1")
    {
        var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var open = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(ec.ExportParameters(false))));
        return new(client, new ECDsaSecurityKey(ec) { KeyId = kid }, SecurityAlgorithms.EcdsaSha384, open);
    }

    internal static string KeySet(params SigningGp[] gps) => new JsonObject
    {
        ["keys"] = new JsonArray([.. gps.Select(gp => JsonSerializer.SerializeToNode(new
        {
            kty = gp.PublicKey.Kty, kid = gp.PublicKey.Kid, use = "sig", alg = gp.PublicKey.Alg,
            n = gp.PublicKey.N, e = gp.PublicKey.E, crv = gp.PublicKey.Crv, x = gp.PublicKey.X, y = gp.PublicKey.Y,
        }, WithoutNothing))]),
    }.ToJsonString();

    private static readonly JsonSerializerOptions WithoutNothing = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    internal string Assertion(Uri authority, Action<SecurityTokenDescriptor>? bend = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var assertion = new SecurityTokenDescriptor
        {
            TokenType = "JWT",
            Issuer = Client,
            Audience = new Uri(authority, "connect/token").ToString(),
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(4),
            Claims = new Dictionary<string, object> { ["sub"] = Client, ["jti"] = Guid.NewGuid().ToString() },
            SigningCredentials = new SigningCredentials(_key, _algorithm),
        };
        bend?.Invoke(assertion);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(assertion);
    }

    internal static async Task<JsonNode> Ask(HttpClient http, string assertion, string? scope = "system/Task.rs", string? client = null)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        if (client is not null)
        {
            form["client_id"] = client;
        }

        using var content = new FormUrlEncodedContent(form);
        return await (await http.PostAsync(new Uri("/connect/token", UriKind.Relative), content)).Json();
    }
}
