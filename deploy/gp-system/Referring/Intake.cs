using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using VGIntegration.Fhir;
using VGIntegration.Hosting;

namespace VGIntegration.GpSystem.Referring;

/// <summary>Our side of the talk with intake: a token, a referral out, and how it fares.</summary>
internal sealed class Intake(HttpClient http, IntakeToken token)
{
    public async Task<SentReferral> Send(SentReferral referral, CancellationToken ct)
    {
        var sample = SampleReferral.All.Single(s => s.Key == referral.Sample);
        var content = FhirJson.Write(ReferralBundle.Of(sample, referral.Number, referral.WrittenAt));
        try
        {
            using var answer = await Ask(() => new HttpRequestMessage(HttpMethod.Post, "fhir")
            {
                Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(FhirJson.MediaType) } },
                Headers = { { "X-Request-Id", referral.Number } },
            }, ct);
            var body = await Read(answer, ct);
            var id = answer.IsSuccessStatusCode ? RequestId(body as Bundle) : null;
            return referral with { ServiceRequestId = id, Status = (int)answer.StatusCode, Remarks = Remarks(body) };
        }
        catch (HttpRequestException)
        {
            return referral with { Status = 0, Remarks = [] };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return referral with { Status = 0, Remarks = [] };
        }
    }

    /// <summary>Where the referral stands; nothing when intake cannot be reached now.</summary>
    public async Task<(RequestStatus? Request, Hl7.Fhir.Model.Task? Task)> Follow(string serviceRequestId, CancellationToken ct)
    {
        try
        {
            var request = Get($"fhir/ServiceRequest/{serviceRequestId}", ct);
            var tasks = Get($"fhir/Task?focus=ServiceRequest/{serviceRequestId}", ct);
            return ((await request as ServiceRequest)?.Status,
                (await tasks as Bundle)?.Entry.Select(e => e.Resource).OfType<Hl7.Fhir.Model.Task>().FirstOrDefault(t => t.PartOf.Count == 0));
        }
        catch (HttpRequestException)
        {
            return default;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return default;
        }
    }

    private async Task<Resource?> Get(string address, CancellationToken ct)
    {
        using var answer = await Ask(() => new HttpRequestMessage(HttpMethod.Get, address), ct);
        return answer.IsSuccessStatusCode ? await Read(answer, ct) : null;
    }

    // A token may have been withdrawn before its time: once more, with a new one.
    private async Task<HttpResponseMessage> Ask(Func<HttpRequestMessage> question, CancellationToken ct)
    {
        var answer = await AskWith(await token.Get(ct), question, ct);
        if (answer.StatusCode is not HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        answer.Dispose();
        token.Forget();
        return await AskWith(await token.Get(ct), question, ct);
    }

    private async Task<HttpResponseMessage> AskWith(string bearer, Func<HttpRequestMessage> question, CancellationToken ct)
    {
        using var request = question();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.Accept.ParseAdd(FhirJson.MediaType);
        return await http.SendAsync(request, ct);
    }

    private static async Task<Resource?> Read(HttpResponseMessage answer, CancellationToken ct)
    {
        var json = await answer.Content.ReadAsByteArrayAsync(ct);
        if (json.Length == 0 || answer.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) is not true)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        FhirJsonDeserializer.OSTRICH.TryDeserializeResource(ref reader, out var resource, out _);
        return resource;
    }

    private static string? RequestId(Bundle? answer) => answer?.Entry.Select(e => e.Response?.Location?.Split('/'))
        .Select(parts => Array.IndexOf(parts ?? [], "ServiceRequest") is var at and >= 0 ? parts!.ElementAtOrDefault(at + 1) : null)
        .FirstOrDefault(id => id is not null);

    private static List<string> Remarks(Resource? body) => [.. (body switch
    {
        OperationOutcome outcome => [outcome],
        Bundle bundle => bundle.Entry.Select(e => e.Response?.Outcome).OfType<OperationOutcome>(),
        _ => Enumerable.Empty<OperationOutcome>(),
    }).SelectMany(o => o.Issue).Select(i => i.Details?.Text ?? i.Diagnostics).OfType<string>()];
}

/// <summary>The access token of this GP system, kept until just before it ends (RFC 6749 section 4.4).</summary>
internal sealed class IntakeToken(IHttpClientFactory http, GpSettings settings, TimeProvider clock)
{
    private const string Scopes = "system/ServiceRequest.cruds system/Task.rs system/DocumentReference.rs";

    private (string Value, DateTimeOffset Until)? _known;

    public void Forget() => _known = null;

    public async Task<string> Get(CancellationToken ct)
    {
        if (_known is { } known && known.Until > clock.GetUtcNow())
        {
            return known.Value;
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.ClientId,
            ["client_secret"] = settings.ClientSecret,
            ["scope"] = Scopes,
        });
        using var client = http.CreateClient(nameof(IntakeToken));
        using var answer = await client.PostAsync(new Uri(settings.Authority, "connect/token"), form, ct);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<Answer>(ct))!;
        _known = (token.AccessToken, clock.GetUtcNow().AddSeconds(token.ExpiresIn - 15));
        return token.AccessToken;
    }

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}

/// <summary>Where intake and its authority are, and who we are there.</summary>
internal sealed record GpSettings(Uri Intake, Uri Authority, string ClientId, string ClientSecret);

internal static class Registration
{
    public static void AddIntake(this WebApplicationBuilder builder, IConfiguration settings)
    {
        var given = new GpSettings(
            Address(settings, "GpSystem:Intake"), Address(settings, "Authentication:Authority"),
            settings["GpSystem:ClientId"] ?? "", settings["GpSystem:ClientSecret"] ?? "");
        builder.Services.AddSingleton(given).AddSingleton<IntakeToken>();
        builder.Services.AddHttpClient(nameof(IntakeToken), http => http.Timeout = TimeSpan.FromSeconds(5));
        builder.Services.AddHttpClient<Intake>(http => (http.BaseAddress, http.Timeout) = (given.Intake, TimeSpan.FromSeconds(10)));
    }

    private static Uri Address(IConfiguration settings, string name) =>
        Uri.TryCreate($"{settings[name]?.TrimEnd('/')}/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingException($"{name} must be an address, such as http://localhost:5101.");
}
