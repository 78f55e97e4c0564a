using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.MessageHeader;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>A message is answered with a message (FHIR R4 section 2.4): its own header, then the outcome or the referral.</summary>
internal static class MessageAnswer
{
    public static RouteHandlerBuilder AnswersAsMessage(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (call, next) =>
    {
        var answer = await next(call);
        return answer is FhirResult result
            && call.Arguments.OfType<FhirBody>().First().Resource is Bundle { Type: Bundle.BundleType.Message, Entry: [{ Resource: MessageHeader asked }, ..] } message
                ? result.As(result.Status is 201 ? 200 : result.Status, Of(result, asked, message, call.HttpContext))
                : answer;
    });

    private static Bundle Of(FhirResult result, MessageHeader asked, Bundle message, HttpContext http)
    {
        var header = new MessageHeader
        {
            Event = asked.Event,
            Source = new MessageSourceComponent { Name = "VGIntegration", Endpoint = $"{http.Request.Scheme}://{http.Request.Host}/fhir{WaysIn.Message}" },
            Response = new ResponseComponent { Identifier = asked.Id ?? message.Id ?? "unknown", Code = Code(result.Status) },
            Focus = result.Location is null ? [] : [new ResourceReference(result.Location)],
        };
        var answer = new Bundle
        {
            Id = Guid.NewGuid().ToString(),
            Type = Bundle.BundleType.Message,
            TimestampElement = new Instant(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()),
        };
        Add(answer, header, null);
        if (result.Resource is { } told)
        {
            var url = Add(answer, told, told is OperationOutcome ? null : result.Location);
            header.Response.Details = told is OperationOutcome ? new ResourceReference(url) : null;
        }

        return answer;
    }

    private static string Add(Bundle answer, Resource resource, string? url)
    {
        resource.Id ??= Guid.NewGuid().ToString();
        url ??= $"urn:uuid:{resource.Id}";
        answer.Entry.Add(new Bundle.EntryComponent { FullUrl = url, Resource = resource });
        return url;
    }

    private static ResponseType Code(int status) => status switch
    {
        < 300 => ResponseType.Ok,
        425 or 429 or >= 500 => ResponseType.TransientError,
        _ => ResponseType.FatalError,
    };
}
