using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VGIntegration.Conformance;

/// <summary>A GP system: gets its token as SMART Backend Services says, and asks.</summary>
internal sealed class Caller(Options options, string clientId, string? secret, string? privateKey) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = options.Target,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private (string Token, DateTimeOffset Until)? _token;

    public Task<Answer> Get(string path, Action<HttpRequestHeaders>? with = null) => Send(HttpMethod.Get, path, null, with);

    public Task<Answer> Post(string path, JsonNode resource, Action<HttpRequestHeaders>? with = null) => Send(HttpMethod.Post, path, Fhir(resource), with);

    public Task<Answer> Put(string path, JsonNode resource, Action<HttpRequestHeaders>? with = null) => Send(HttpMethod.Put, path, Fhir(resource), with);

    public static ByteArrayContent Fhir(JsonNode resource) => Body(resource.ToJsonString(), "application/fhir+json");

    public static ByteArrayContent Body(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public async Task<Answer> Send(
        HttpMethod method, string path, HttpContent? content, Action<HttpRequestHeaders>? with = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? new Uri(path) : new Uri(options.Target, path));
        request.Content = content;
        request.Headers.Accept.ParseAdd("application/fhir+json");
        with?.Invoke(request.Headers);
        if (token is not "")
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await Token());
        }

        using var answer = await _http.SendAsync(request);
        return new Answer(
            $"{method} {path.Split('?')[0]}", (int)answer.StatusCode, answer.Headers, answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsByteArrayAsync());
    }

    public async Task<JsonNode> AskToken(string? scope = null)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        if (privateKey is not null)
        {
            form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            form["client_assertion"] = Assertion(privateKey);
        }
        else
        {
            form["client_id"] = clientId;
            form["client_secret"] = secret ?? "";
        }

        using var content = new FormUrlEncodedContent(form);
        using var answer = await _http.PostAsync(options.TokenUrl, content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new NotSeenException($"POST {options.TokenUrl}: {(int)answer.StatusCode} {text}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> Token()
    {
        if (_token is not { } known || known.Until < TimeProvider.System.GetUtcNow())
        {
            var given = await AskToken();
            var lifetime = (int?)given["expires_in"] ?? 60;
            known = ((string)given["access_token"]!, TimeProvider.System.GetUtcNow().AddSeconds(lifetime * 0.8));
            _token = known;
        }

        return known.Token;
    }

    private string Assertion(string jwk)
    {
        var key = new JsonWebKey(jwk);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = options.TokenUrl.ToString(),
            Subject = new ClaimsIdentity([new("sub", clientId), new("jti", Guid.NewGuid().ToString())]),
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(4),
            SigningCredentials = new SigningCredentials(key, key.Kty == "EC" ? SecurityAlgorithms.EcdsaSha384 : SecurityAlgorithms.RsaSha384),
        });
    }
}
