using Hl7.Fhir.Model;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Documenting;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.ReferralIntake.Supplementing;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>A GP system sends a referral. It is stored whole or not at all, and the same referral twice is one.</summary>
internal static class ReceiveReferral
{
    public static void MapReceiveReferral(this IEndpointRouteBuilder fhir)
    {
        fhir.MapPost("/", Handle).Needs("ServiceRequest", 'c');
        fhir.MapPost(WaysIn.Single, Handle).Needs("ServiceRequest", 'c');
        fhir.MapPost(WaysIn.Message, Handle).Needs("ServiceRequest", 'c').AnswersAsMessage();
    }

    internal static async Task<IResult> Handle(
        FhirBody body, HttpContext http, StoreReferrals storing, KnownReferrals known, Channels channels, TakeUpDocuments waiting, TimeProvider clock)
    {
        if (body.Resource is null)
        {
            return FhirResult.Refused(body.RefusedWith, body.Findings);
        }

        if (WaysIn.WrongAddress(http.Request.Path, body.Resource) is { } elsewhere)
        {
            return FhirResult.Refused(422, elsewhere);
        }

        if (ReceiveSupplement.IsSupplement(body.Resource))
        {
            return await ReceiveSupplement.Receive((Bundle)body.Resource, body.Findings, http);
        }

        var (keys, wrong) = RepetitionKeys.Read(http.Request, body.Resource);
        if (wrong is not null)
        {
            return FhirResult.Refused(400, wrong);
        }

        var reading = ServiceRequestReader.Read(body.Resource, body.Findings, channels);
        if (reading.Request is not { } asked)
        {
            return FhirResult.Refused(422, reading.Findings);
        }

        var practice = http.PracticeId();
        var arrival = Arrival.Of(practice, asked, keys.RequestId, http.User.Who(), clock.GetUtcNow());
        var ct = http.RequestAborted;
        var before = keys.Condition is null ? null : await known.Find(practice, asked, keys, ct);
        var outcome = before is null ? await storing.Store(arrival, ct) : StoringOutcome.Refused;
        if (outcome is StoringOutcome.Stored or StoringOutcome.Refused && asked.ZorgDomeinNumber is { } number)
        {
            await waiting.Run(http, number, ct);
        }

        return outcome switch
        {
            StoringOutcome.Stored => ReceiptDocument.Answer(http, body.Resource, arrival.Stored, 201, reading.Findings),
            StoringOutcome.Refused when (before ?? await known.Find(practice, asked, keys, ct)) is { } repetition =>
                repetition.Refusal ?? ReceiptDocument.Answer(http, body.Resource, repetition.First!, 200, reading.Findings),
            StoringOutcome.Refused => FhirResult.Refused(422, Finding.Error(IssueType.Invariant, null,
                "Dit bericht bevat een waarde die niet is op te slaan. Haal vreemde tekens weg en stuur het opnieuw.")),
            StoringOutcome.InHand => FhirResult.Later(425, IssueType.Transient,
                "Deze verwijzing wordt op dit moment verwerkt. Stuur haar zo weer; u krijgt dan hetzelfde antwoord."),
            _ => FhirResult.Later(503, IssueType.Transient,
                "De dienst is even niet bereikbaar. Stuur dezelfde verwijzing zo weer; er komt er nooit meer dan één."),
        };
    }
}
