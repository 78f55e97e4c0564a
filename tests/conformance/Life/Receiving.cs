using System.IO.Compression;
using System.Text;
using static VGIntegration.Conformance.Checks;

namespace VGIntegration.Conformance.Life;

internal static class Receiving
{
    private const string Section = "receive";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "a transaction Bundle is taken: 201, Location, an answer for each entry", async life =>
        {
            life.Sent = Messages.Transaction(life.Number("life"));
            var answer = (await life.Gp.Post("/fhir", life.Sent)).Is(201);
            life.Id = answer.Id;
            answer.That(answer.Location is { Length: > 0 }, "no Location");
            answer.That((string?)answer.Json["type"] == "transaction-response", "no transaction-response");
            answer.That(answer.Json["entry"]!.AsArray().Count == 4, "not an answer for each of the four entries");
        }),
        new(Section, "the same again is the same referral: 200 and the same Location", async life =>
        {
            var answer = (await life.Gp.Post("/fhir", life.Sent)).Is(200);
            answer.That(answer.Id == life.Referral, "another id");
        }),
        new(Section, "the same number with other content is a conflict", async life =>
        {
            var sent = Messages.Transaction(life.Number("life"));
            Messages.Of(sent, "Patient")["birthDate"] = "1981-05-17";
            (await life.Gp.Post("/fhir", sent)).Refuses(409, "conflict");
        }),
        new(Section, "sixteen copies at once are one referral", async life =>
        {
            var sent = Messages.Transaction(life.Number("copies"));
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
            {
                var answer = await life.Gp.Post("/fhir", sent.DeepClone());
                for (var again = 0; answer.Status is 425 && again < 20; again++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
                    answer = await life.Gp.Post("/fhir", sent.DeepClone());
                }

                return answer.Is(200, 201);
            }));
            Must(answers.Select(a => a.Id).Distinct().Count() == 1, "more than one id");
            Must(answers.Count(a => a.Status == 201) == 1, $"{answers.Count(a => a.Status == 201)} answers of 201");
        }),
        new(Section, "X-Request-Id is echoed, and a retry under it is the same referral", async life =>
        {
            var (sent, request) = (Messages.Transaction(life.Number("request-id")), Guid.NewGuid().ToString());
            var first = (await life.Gp.Post("/fhir", sent, Header("X-Request-Id", request))).Is(201);
            var second = (await life.Gp.Post("/fhir", sent, Header("X-Request-Id", request))).Is(200);
            first.That(first.Headers.TryGetValues("X-Request-Id", out var echoed) && echoed.Single() == request, "X-Request-Id is not echoed");
            second.That(second.Id == first.Id, "another id");
            var other = Messages.Transaction(life.Number("request-id-other"));
            (await life.Gp.Post("/fhir", other, Header("X-Request-Id", request))).Refuses(409, "conflict");
        }),
        new(Section, "If-None-Exist finds what is there", async life =>
        {
            var condition = $"identifier={Messages.NumberSystem}|{life.Number("life")}";
            var answer = (await life.Gp.Post(
                "/fhir/ServiceRequest", Messages.Single(life.Number("life")), Header("If-None-Exist", condition))).Is(200);
            answer.That(answer.Id == life.Referral, "another id");
        }),
        new(Section, "a single ServiceRequest is taken", async life =>
            (await life.Gp.Post("/fhir/ServiceRequest", Messages.Single(life.Number("single")))).Is(201)),
        new(Section, "a message Bundle is taken", async life =>
            (await life.Gp.Post("/fhir/$process-message", Messages.Message(life.Number("message")))).Is(200, 201)),
        new(Section, "a document Bundle is taken", async life =>
            (await life.Gp.Post("/fhir/Bundle", Messages.Document(life.Number("document")))).Is(200, 201)),
        new(Section, "gzip is taken", async life =>
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                await gzip.WriteAsync(Encoding.UTF8.GetBytes(Messages.Single(life.Number("gzip")).ToJsonString()));
            }

            using var content = new ByteArrayContent(packed.ToArray());
            content.Headers.ContentType = new("application/fhir+json");
            content.Headers.ContentEncoding.Add("gzip");
            (await life.Gp.Send(HttpMethod.Post, "/fhir/ServiceRequest", content)).Is(201);
        }),
        new(Section, "XML is taken", async life =>
        {
            var xml = $"""
                <ServiceRequest xmlns="http://hl7.org/fhir">
                  <contained><Patient><id value="r"/><name><family value="{Messages.FamilyName}"/></name>
                    <telecom><system value="phone"/><value value="06 00000009"/></telecom><birthDate value="1980-05-17"/></Patient></contained>
                  <contained><Organization><id value="p"/><identifier><system value="http://fhir.nl/fhir/NamingSystem/agb-z"/><value value="01007892"/></identifier></Organization></contained>
                  <identifier><system value="{Messages.NumberSystem}"/><value value="{life.Number("xml")}"/></identifier>
                  <status value="active"/><intent value="order"/>
                  <code><coding><system value="{Messages.Requested}"/><code value="verkennend-gesprek"/></coding></code>
                  <subject><reference value="#r"/></subject><requester><reference value="#p"/></requester>
                </ServiceRequest>
                """;
            (await life.Gp.Send(HttpMethod.Post, "/fhir/ServiceRequest", Caller.Body(xml, "application/fhir+xml"))).Is(201);
        }),
    ];
}
