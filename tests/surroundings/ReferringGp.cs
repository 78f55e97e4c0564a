using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace VGIntegration.Surroundings;

/// <summary>Whom a test referral is about; plainly invented.</summary>
public sealed record TestPerson(string GivenName, string FamilyName, string Bsn, string Telephone, string Postcode = "1182 AB");

/// <summary>Where a referral stands, as its Task tells.</summary>
public sealed record TaskState(string Status, string BusinessStatus, string? Letter);

/// <summary>A GP system that refers and keeps looking, as long as it takes.</summary>
public sealed class ReferringGp(Uri site, string client = "demo-practice", string secret = "demo", string scope = "") : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = site, Timeout = TimeSpan.FromSeconds(20) };
    private readonly SemaphoreSlim _asking = new(1);
    private string? _token;

    /// <summary>How long it sends the same again while the service does not answer, or answers 5xx.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sends a referral until it is taken; the id it got.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the answer is in the text.</exception>
    public async Task<Guid> Refer(string number, TestPerson person, Action<JsonObject>? bend = null)
    {
        var bundle = Bundle(number, person);
        bend?.Invoke(bundle);
        using var answer = await Send(() => new HttpRequestMessage(HttpMethod.Post, "/fhir") { Content = Fhir(bundle) });
        return answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK
            ? Guid.Parse(answer.Headers.Location!.Segments[^1])
            : throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>The Task of a referral.</summary>
    public async Task<TaskState> Task(Guid referralId)
    {
        using var answer = await Send(() => new HttpRequestMessage(HttpMethod.Get, $"/fhir/Task?focus=ServiceRequest/{referralId}"));
        var task = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["entry"]![0]!["resource"]!;
        return new TaskState(
            (string)task["status"]!, (string)task["businessStatus"]!["coding"]![0]!["code"]!,
            (string?)task["output"]?[0]?["valueReference"]?["reference"]);
    }

    /// <summary>Sends with a token, and again while the service is away.</summary>
    public async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> request)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                using var message = request();
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token());
                var answer = await _http.SendAsync(message);
                if (answer.StatusCode is HttpStatusCode.Unauthorized)
                {
                    _token = null;
                }
                else if ((int)answer.StatusCode < 500 || clock.GetElapsedTime(start) > Patience)
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && clock.GetElapsedTime(start) < Patience)
            {
                // away for a moment: the same again
            }

            await System.Threading.Tasks.Task.Delay(TimeSpan.FromMilliseconds(200), clock);
        }
    }

    /// <summary>A transaction Bundle with new links each time, as GP systems make it.</summary>
    public static JsonObject Bundle(string number, TestPerson person)
    {
        var links = Enumerable.Range(0, 4).Select(_ => $"urn:uuid:{Guid.NewGuid()}").ToArray();
        return JsonNode.Parse($$"""
            { "resourceType": "Bundle", "type": "transaction", "entry": [
              { "fullUrl": "{{links[0]}}", "request": { "method": "POST", "url": "ServiceRequest" }, "resource": {
                "resourceType": "ServiceRequest", "status": "active", "intent": "order",
                "identifier": [ { "system": "http://his.example/verwijzing", "value": "{{number}}" } ],
                "category": [ { "coding": [ { "system": "https://vgintegration.nl/fhir/CodeSystem/zorgvraag", "code": "welzijn" } ] } ],
                "code": { "coding": [ { "system": "https://vgintegration.nl/fhir/CodeSystem/zorgvraag", "code": "verkennend-gesprek" } ] },
                "reasonCode": [ { "coding": [ { "system": "https://vgintegration.nl/fhir/CodeSystem/verwijscriterium", "code": "twijfel" } ], "text": "Somber, met schulden" } ],
                "subject": { "reference": "{{links[1]}}" }, "requester": { "reference": "{{links[2]}}" }, "authoredOn": "2026-11-23" } },
              { "fullUrl": "{{links[1]}}", "request": { "method": "POST", "url": "Patient" }, "resource": {
                "resourceType": "Patient", "birthDate": "1980-05-17",
                "identifier": [ { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "{{person.Bsn}}" } ],
                "name": [ { "family": "{{person.FamilyName}}", "given": [ "{{person.GivenName}}" ] } ],
                "telecom": [ { "system": "phone", "value": "{{person.Telephone}}" } ],
                "address": [ { "line": [ "Dorpsstraat 1" ], "postalCode": "{{person.Postcode}}", "city": "Amstelveen" } ] } },
              { "fullUrl": "{{links[2]}}", "request": { "method": "POST", "url": "PractitionerRole" }, "resource": {
                "resourceType": "PractitionerRole", "organization": { "reference": "{{links[3]}}" } } },
              { "fullUrl": "{{links[3]}}", "request": { "method": "POST", "url": "Organization" }, "resource": {
                "resourceType": "Organization", "name": "De Brug",
                "identifier": [ { "system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": "01007892" } ] } } ] }
            """)!.AsObject();
    }

    public void Dispose()
    {
        _http.Dispose();
        _asking.Dispose();
    }

    private static StringContent Fhir(JsonObject resource) => new(resource.ToJsonString(), new MediaTypeHeaderValue("application/fhir+json"));

    /// <summary>The token has ended: the next one is asked for.</summary>
    public void ForgetToken() => _token = null;

    /// <summary>A bearer token, asked for when there is none.</summary>
    public async Task<string> Token()
    {
        if (_token is { } known)
        {
            return known;
        }

        await _asking.WaitAsync();
        try
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = client,
                ["client_secret"] = secret,
                ["scope"] = scope,
            });
            using var answer = await _http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
            answer.EnsureSuccessStatusCode();
            return _token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
        }
        finally
        {
            _asking.Release();
        }
    }
}
