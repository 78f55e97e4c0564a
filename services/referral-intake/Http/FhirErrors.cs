using Microsoft.EntityFrameworkCore;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>Whatever goes wrong under /fhir is told as an OperationOutcome, the host's own refusals included.</summary>
internal static class FhirErrors
{
    public static void UseFhirErrors(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/fhir"), fhir => fhir.Use(Answer));

    private static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested) // the host's edge
        {
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FhirErrors));
            log.LogError("{Method} under /fhir failed: {Failure} at {Place}", context.Request.Method, e.GetType().Name, e.TargetSite?.DeclaringType?.Name);
            context.Response.Clear();
            context.Response.StatusCode = IsDependency(e) ? 503 : 500;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
        {
            if (context.Response.StatusCode is 503)
            {
                context.Response.Headers.RetryAfter = "5";
            }

            await FhirResult.Refused(context.Response.StatusCode, Told(context.Response.StatusCode)).ExecuteAsync(context);
        }
    }

    private static bool IsDependency(Exception e) =>
        e is System.Data.Common.DbException or TimeoutException or DbUpdateException || (e.InnerException is { } inner && IsDependency(inner));

    private static Finding Told(int status) => status switch
    {
        401 => Finding.Error(IssueType.Login, null, "Er is geen geldig token. Vraag een token bij /connect/token en stuur het als Bearer mee."),
        403 => Finding.Error(IssueType.Forbidden, null, "Dit account mag dit niet."),
        404 => Finding.Error(IssueType.NotSupported, null, "Dit adres of type kent deze dienst niet. Zie [base]/metadata."),
        405 => Finding.Error(IssueType.NotSupported, null, "Deze handeling kan hier niet. Zie [base]/metadata."),
        429 => Finding.Error(IssueType.Throttled, null, "Het ging even te snel. Wacht zolang als Retry-After zegt."),
        413 => Finding.Error(IssueType.TooLong, null, "Het bericht is te groot."),
        415 => Finding.Error(IssueType.NotSupported, null, "Stuur application/fhir+json of application/fhir+xml."),
        503 => Finding.Error(IssueType.Transient, null, "De dienst is even niet bereikbaar. Stuur dezelfde verwijzing zo weer; er is niets half opgeslagen."),
        < 500 => Finding.Error(IssueType.Structure, null, "Dit verzoek is niet te lezen."),
        _ => Finding.Error(IssueType.Exception, null, "Er ging hier iets mis. Stuur dezelfde verwijzing zo weer; er is niets half opgeslagen."),
    };
}
