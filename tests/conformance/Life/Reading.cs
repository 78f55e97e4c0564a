using static VGIntegration.Conformance.Checks;

namespace VGIntegration.Conformance.Life;

internal static class Reading
{
    private const string Section = "read";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "the referral can be read, with ETag and Last-Modified", async life =>
        {
            var answer = (await life.Gp.Get($"/fhir/ServiceRequest/{life.Referral}")).Is(200);
            answer.That(answer.ETag == $"W/\"{answer.Json["meta"]?["versionId"]}\"", "ETag is not meta.versionId");
            answer.That((string?)answer.Json["status"] == "active", "not active");
            answer.That(answer.Text.Contains(life.Number("life"), StringComparison.Ordinal), "its own number is not given back");
        }),
        new(Section, "in XML too", async life =>
        {
            var answer = (await life.Gp.Get($"/fhir/ServiceRequest/{life.Referral}?_format=xml")).Is(200);
            answer.That(answer.Text.Contains("<ServiceRequest", StringComparison.Ordinal), "no XML");
        }),
        new(Section, "an id that is not there is a 404", async life =>
            (await life.Gp.Get($"/fhir/ServiceRequest/{Guid.NewGuid()}")).Refuses(404, "not-found")),
        new(Section, "it is found by its number, its id and its status", async life =>
        {
            foreach (var query in new[] { $"identifier={Messages.NumberSystem}|{life.Number("life")}", $"_id={life.Referral}", $"_id={life.Referral}&status=active" })
            {
                var found = (await life.Gp.Get($"/fhir/ServiceRequest?{query}")).Is(200);
                found.That(found.Found("ServiceRequest").Count == 1, $"not found by {query.Split('=')[0]}");
            }
        }),
        new(Section, "a search by POST gives the same", async life =>
        {
            var form = Caller.Body($"_id={life.Referral}", "application/x-www-form-urlencoded");
            var found = (await life.Gp.Send(HttpMethod.Post, "/fhir/ServiceRequest/_search", form)).Is(200);
            found.That(found.Found("ServiceRequest").Count == 1, "not found");
        }),
        new(Section, "pages follow each other, and none comes twice", async life =>
        {
            var (ids, url, pages) = (new List<string>(), "/fhir/ServiceRequest?_count=2&_sort=_lastUpdated", 0);
            while (url is not null && pages++ < 4)
            {
                var page = (await life.Gp.Get(url)).Is(200);
                var found = page.Found("ServiceRequest");
                page.That(found.Count is > 0 and <= 2, $"{found.Count} on a page of 2");
                ids.AddRange(found.Select(r => (string)r["id"]!));
                url = (string?)page.Json["link"]!.AsArray().FirstOrDefault(l => (string?)l!["relation"] == "next")?["url"];
            }

            Must(ids.Count > 2 && ids.Distinct().Count() == ids.Count, $"{ids.Count} found, {ids.Distinct().Count()} different");
        }),
        new(Section, "an unknown parameter is refused, unless handling=lenient", async life =>
        {
            (await life.Gp.Get("/fhir/ServiceRequest?kleur=rood")).Refuses(400, "not-supported");
            (await life.Gp.Get("/fhir/ServiceRequest?kleur=rood", Header("Prefer", "handling=lenient"))).Is(200);
        }),
        new(Section, "another practice sees nothing of it", async life =>
        {
            (await life.Other.Get($"/fhir/ServiceRequest/{life.Referral}")).Refuses(404, "not-found");
            (await life.Other.Get($"/fhir/ServiceRequest/{life.Referral}/_history")).Refuses(404, "not-found");
            var found = (await life.Other.Get($"/fhir/Task?focus=ServiceRequest/{life.Referral}")).Is(200);
            found.That(found.Found("Task").Count == 0, "its Task is found");
        }),
    ];
}
