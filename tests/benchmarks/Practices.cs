using System.Collections.Concurrent;
using System.Globalization;

namespace VGIntegration.Benchmarks;

/// <summary>
/// What is around feedback, as a process of its own: 200 practices with a FHIR base each, of which some hang or refuse, and intake,
/// planning and the authority as far as feedback asks them. Which practice a letter goes to is in the last digits of its referral.
/// </summary>
internal static class Practices
{
    internal const int Healthy = 180;
    internal const int All = 200;

    private static readonly ConcurrentDictionary<string, long> Received = new();
    private static TaskCompletionSource _letGo = new();

    internal static Guid Referral(int practice, int number) =>
        Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"5d2f6a4e-0000-4000-{number:x4}-{practice:x12}"));

    internal static int Of(Guid referralId) => int.Parse(referralId.ToString("N")[^12..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    internal static async Task Serve(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Discovery($"{request.Scheme}://{request.Host}"));
        app.MapGet("/jwks", () => new { keys = Array.Empty<object>() });
        app.MapPost("/connect/token", () => new { access_token = "benchmark", token_type = "Bearer", expires_in = 3600 });
        app.MapGet("/internal/referrals/{id:guid}/recipient", (Guid id, HttpRequest request) => Recipient(id, $"{request.Scheme}://{request.Host}"));
        app.MapGet("/internal/conversations/{id:guid}", Conversation);
        app.MapPut("/practice/{practice:int}/DocumentReference/{id}", Take);
        app.MapGet("/received", () => new
        {
            letters = Received.Count,
            milliseconds = Received.IsEmpty ? 0 : TimeProvider.System.GetElapsedTime(Received.Values.Min(), Received.Values.Max()).TotalMilliseconds,
        });
        app.MapPost("/let-go", () => Interlocked.Exchange(ref _letGo, new TaskCompletionSource()).TrySetResult());
        app.MapPost("/forget", Received.Clear);
        await app.RunAsync();
    }

    // The last twenty: ten take the letter and never answer, five are out of order, five do not take it.
    private static async Task Take(int practice, string id, HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null);
        switch (practice - Healthy)
        {
            case < 0:
                Received[id] = TimeProvider.System.GetTimestamp();
                http.Response.Headers.Location = $"/practice/{practice}/DocumentReference/{id}/_history/1";
                http.Response.StatusCode = 201;
                break;
            case < 10:
                await Task.WhenAny(_letGo.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
                http.Response.StatusCode = 503;
                break;
            case < 15:
                http.Response.StatusCode = 503;
                break;
            default:
                http.Response.StatusCode = 422;
                break;
        }
    }

    private static object Discovery(string self) => new
    {
        issuer = self,
        authorization_endpoint = $"{self}/connect/authorize",
        token_endpoint = $"{self}/connect/token",
        jwks_uri = $"{self}/jwks",
        response_types_supported = new[] { "code" },
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
    };

    private static object Recipient(Guid referralId, string self)
    {
        var practice = Of(referralId);
        return new
        {
            referralId,
            identifierSystem = "https://his.example.nl/verwijzing",
            identifierValue = $"V-{referralId:N}",
            practice = new
            {
                id = Referral(practice, 0xffff),
                name = $"Huisartsenpraktijk Verzonnen {practice}",
                agb = "01999999",
                fhirBase = $"{self}/practice/{practice}",
                delivery = "Put",
            },
            referrer = "dr. A. Verzinsel",
            resident = new { name = "Bente Meetpersoon", bsn = "999990019", birthDate = "1984-02-29", patientReference = "https://his.example.nl/fhir/Patient/77" },
        };
    }

    private static object Conversation(Guid id) => new
    {
        conversationId = id,
        startsAt = DeliveryBenchmark.Day,
        endsAt = DeliveryBenchmark.Day.AddMinutes(75),
        location = new { name = "Buurthuis De Schakel", address = "Verzonnenlaan 12, 1185 ZZ Amstelveen" },
        professionals = new[]
        {
            new { professionalId = DeliveryBenchmark.MentalHealth, discipline = "mental-health", name = "Noor van den Bedachten", profession = "POH-GGZ", organisation = "GGZ De Verbeelding", telephone = "020 999 00 01" },
            new { professionalId = DeliveryBenchmark.SocialDomain, discipline = "social-domain", name = "Özgür Fictief", profession = "Maatschappelijk werker", organisation = "Welzijn Verzonnen", telephone = "020 999 00 02" },
        },
    };
}
