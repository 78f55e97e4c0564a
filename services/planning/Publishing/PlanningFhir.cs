using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using static Hl7.Fhir.Model.CapabilityStatement;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.Planning.Publishing;

/// <summary>The FHIR face of planning, for the planners' own systems: Appointment, Slot and Schedule, to read.</summary>
internal static class PlanningFhir
{
    private static readonly (string Type, string[] Parameters)[] Types =
    [
        ("Appointment", ReadAppointments.Parameters), ("Slot", ReadSlots.SlotParameters), ("Schedule", ReadSlots.ScheduleParameters),
    ];

    public static void MapPlanningFhir(this IEndpointRouteBuilder app)
    {
        var fhir = app.MapGroup("/fhir");
        fhir.MapReadAppointments();
        fhir.MapReadSlots();
        fhir.MapGet("/planning/metadata", Metadata).AllowAnonymous(); // behind the gateway /fhir/metadata is intake's
        fhir.MapGet("/metadata", Metadata).AllowAnonymous();
    }

    /// <summary>Whatever goes wrong under /fhir is told as an OperationOutcome.</summary>
    public static void UseFhirErrors(this WebApplication app) => app.UseWhen(
        http => http.Request.Path.StartsWithSegments("/fhir"), fhir => fhir.Use(Answer));

    private static async System.Threading.Tasks.Task Answer(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested) // the host's edge
        {
            var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PlanningFhir));
            log.LogError("{Method} under /fhir failed: {Failure} at {Place}", http.Request.Method, e.GetType().Name, e.TargetSite?.DeclaringType?.Name);
            http.Response.Clear();
            http.Response.StatusCode = e is System.Data.Common.DbException or TimeoutException or DbUpdateException ? 503 : 500;
        }

        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
        {
            if (http.Response.StatusCode is 503)
            {
                http.Response.Headers.RetryAfter = "5";
            }

            await Told(http.Response.StatusCode).ExecuteAsync(http);
        }
    }

    private static FhirAnswer Told(int status) => status switch
    {
        401 => FhirAnswer.Refused(401, IssueType.Login, "Er is geen geldig token. Vraag een token bij /connect/token en stuur het als Bearer mee."),
        403 => FhirAnswer.Refused(403, IssueType.Forbidden, "Dit account mag dit niet."),
        404 => FhirAnswer.Refused(404, IssueType.NotSupported, "Dit adres of type kent deze dienst niet."),
        405 => FhirAnswer.Refused(405, IssueType.NotSupported, "Hier kan alleen gelezen worden."),
        503 => FhirAnswer.Refused(503, IssueType.Transient, "De dienst is even niet bereikbaar. Probeer het zo weer."),
        < 500 => FhirAnswer.Refused(status, IssueType.Structure, "Dit verzoek is niet te lezen."),
        _ => FhirAnswer.Refused(status, IssueType.Exception, "Er ging hier iets mis. Probeer het zo weer."),
    };

    private static FhirAnswer Metadata(TimeProvider clock) => new(200, new CapabilityStatement
    {
        Status = PublicationStatus.Active,
        Kind = CapabilityStatementKind.Instance,
        FhirVersion = FHIRVersion.N4_0_1,
        Format = ["json", "xml"],
        DateElement = new FhirDateTime(clock.GetUtcNow()),
        Software = new SoftwareComponent { Name = "VGIntegration" },
        Implementation = new ImplementationComponent { Description = "De planning van verkennende gesprekken, om te lezen" },
        Rest =
        [
            new RestComponent
            {
                Mode = RestfulCapabilityMode.Server,
                Security = new SecurityComponent
                {
                    Service = [new CodeableConcept("http://terminology.hl7.org/CodeSystem/restful-security-service", "SMART-on-FHIR")],
                    Description = "Scopes system/Appointment.rs, system/Slot.rs, system/Schedule.rs.",
                },
                Resource = [.. Types.Select(ResourceOf)],
            },
        ],
    });

    private static ResourceComponent ResourceOf((string Type, string[] Parameters) told) => new()
    {
        Type = told.Type,
        Interaction = [new() { Code = TypeRestfulInteraction.Read }, new() { Code = TypeRestfulInteraction.SearchType }],
        SearchParam = [.. told.Parameters.Select(name => new CapabilityStatement.SearchParamComponent
        {
            Name = name,
            Type = name switch
            {
                "date" or "start" or "_lastUpdated" => SearchParamType.Date,
                "practitioner" or "location" or "based-on" or "actor" or "schedule" => SearchParamType.Reference,
                _ => SearchParamType.Token,
            },
        })],
    };
}
