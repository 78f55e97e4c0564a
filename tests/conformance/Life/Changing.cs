using static VGIntegration.Conformance.Checks;

namespace VGIntegration.Conformance.Life;

internal static class Changing
{
    private const string Section = "change";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "a change without If-Match is refused", async life =>
            (await life.Gp.Put($"/fhir/ServiceRequest/{life.Referral}", await Current(life, life.Referral))).Refuses(428, "required")),
        new(Section, "a change of an old version is refused", async life =>
            (await life.Gp.Put($"/fhir/ServiceRequest/{life.Referral}", await Current(life, life.Referral), Header("If-Match", "W/\"0\""))).Refuses(412, "conflict")),
        new(Section, "a withdrawal before work has begun ends the referral, and its history tells", async life =>
        {
            var id = await life.Refer("withdrawn");
            var answer = await Revoke(life, id);
            answer.Is(200);
            answer.That(answer.ETag is { } etag && etag != "W/\"1\"", "no new version");
            await life.TaskWhen(id, t => (string?)t["status"] == "cancelled", "cancelled");
            var history = (await life.Gp.Get($"/fhir/ServiceRequest/{id}/_history")).Is(200);
            history.That(history.Found("ServiceRequest").Count >= 2, "fewer than two versions");
            (await life.Gp.Get($"/fhir/ServiceRequest/{id}/_history/1")).Is(200);
        }),
        new(Section, "what has ended cannot be changed: the answer names what may be done", async life =>
        {
            var id = await life.Refer("ended");
            (await Revoke(life, id)).Is(200);
            var ended = await Current(life, id);
            ended["status"] = "active";
            (await life.Gp.Put($"/fhir/ServiceRequest/{id}", ended, Header("If-Match", Version(ended)))).Refuses(422, "business-rule");
        }),
        new(Section, "two changes at once: one wins, the other is told", async life =>
        {
            var id = await life.Refer("race");
            var current = await Current(life, id);
            current["status"] = "revoked";
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
                life.Gp.Put($"/fhir/ServiceRequest/{id}", current.DeepClone(), Header("If-Match", Version(current)))));
            Must(answers.Count(a => a.Status == 200) == 1, $"{answers.Count(a => a.Status == 200)} winners");
            Must(answers.Where(a => a.Status != 200).All(a => a.Status is 412 or 422), "a loser that is neither 412 nor 422");
        }),
    ];

    private static async Task<System.Text.Json.Nodes.JsonObject> Current(ReferralLife life, string id) =>
        (await life.Gp.Get($"/fhir/ServiceRequest/{id}")).Is(200).Json.AsObject();

    private static string Version(System.Text.Json.Nodes.JsonObject resource) => $"W/\"{resource["meta"]!["versionId"]}\"";

    // Planning may move it on in between: then the newer version is read and changed.
    private static async Task<Answer> Revoke(ReferralLife life, string id)
    {
        for (var again = 0; ; again++)
        {
            var current = await Current(life, id);
            current["status"] = "revoked";
            var answer = await life.Gp.Put($"/fhir/ServiceRequest/{id}", current, Header("If-Match", Version(current)));
            if (answer.Status is not 412 || again == 5)
            {
                return answer;
            }
        }
    }
}
