using System.Net;
using System.Text.Json.Nodes;
using static VGIntegration.Conformance.Checks;

namespace VGIntegration.Conformance.Life;

internal static class Telling
{
    private const string Section = "tell";
    private const string Topic = "https://vgintegration.nl/fhir/SubscriptionTopic/referral-status";
    private const string Backport = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "a subscription to an address of nobody's is refused", async life =>
            (await life.Gp.Post("/fhir/Subscription", Subscription("http://169.254.169.254/latest"))).Is(422)),
        new(Section, "a subscription tells of a referral, with ids alone", async life =>
        {
            var address = life.Options.Listen ?? throw new NotAskedException("needs --listen URL");
            using var listener = new HttpListener();
            listener.Prefixes.Add(address.ToString());
            listener.Start();
            using var patience = new CancellationTokenSource(life.Options.Patience);
            var bodies = new List<string>();
            var listening = Listen(listener, bodies, patience.Token);

            var taken = (await life.Gp.Post("/fhir/Subscription", Subscription(address.ToString()))).Is(201);
            var referral = await life.Refer("told");
            while (!bodies.ToArray().Any(b => b.Contains(referral, StringComparison.Ordinal)) && !patience.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
            }

            await life.Gp.Send(HttpMethod.Delete, $"/fhir/Subscription/{taken.Id}", null);
            listener.Stop();
            await listening;
            Must(bodies.Any(b => b.Contains(referral, StringComparison.Ordinal)), $"{bodies.Count} notifications, none of the referral");
            Must(!bodies.Any(b => b.Contains(Messages.FamilyName, StringComparison.Ordinal)), "a name in a notification");
        }),
    ];

    private static JsonObject Subscription(string endpoint) => new()
    {
        ["resourceType"] = "Subscription",
        ["status"] = "requested",
        ["reason"] = "De stand van onze verwijzingen",
        ["criteria"] = Topic,
        ["channel"] = new JsonObject
        {
            ["type"] = "rest-hook",
            ["endpoint"] = endpoint,
            ["payload"] = "application/fhir+json",
            ["_payload"] = new JsonObject
            {
                ["extension"] = new JsonArray(new JsonObject { ["url"] = $"{Backport}backport-payload-content", ["valueCode"] = "id-only" }),
            },
        },
    };

    private static async Task Listen(HttpListener listener, List<string> bodies, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                bodies.Add(await reader.ReadToEndAsync(CancellationToken.None));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // it was stopped
            }
        }
    }
}
