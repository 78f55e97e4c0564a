using System.Security.Claims;
using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Http;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>
/// Lets a request through to /fhir when its token belongs to a connected practice and allows what the route does. It is
/// judged before the body is read. What the practice is, comes from its registration and never from the request.
/// </summary>
internal static class CallingPractice
{
    private static readonly object Key = new();

    public static void UsePractices(this WebApplication app) => app.Use((http, next) =>
        http.GetEndpoint()?.Metadata is { } route && route.GetMetadata<PracticesOnly>() is not null
            ? Judge(http, route.GetOrderedMetadata<Scope>(), next)
            : next(http));

    internal static Guid PracticeId(this HttpContext context) => (Guid)context.Items[Key]!;

    /// <summary>The OAuth client of a token: client_id (RFC 9068), or azp of an authority that says it so.</summary>
    internal static string? Client(this ClaimsPrincipal user) => user.FindFirst("client_id")?.Value ?? user.FindFirst("azp")?.Value;

    private static async Task Judge(HttpContext http, IReadOnlyList<Scope> needed, RequestDelegate next)
    {
        foreach (var scope in needed)
        {
            if (!http.User.May(scope))
            {
                await Refuse(http, 403, $"Het token mag dit niet: de scope {scope} ontbreekt. Vraag een token met deze scope.");
                return;
            }
        }

        var practice = http.User.Client() is { } client
            ? await http.RequestServices.GetRequiredService<KnownPractices>().Find(client, http)
            : null;
        if (practice is not { IsOn: true })
        {
            await Refuse(http, 403, practice is null
                ? "Dit account hoort niet bij een aangesloten praktijk. Vraag de beheerder van de regio om de praktijk aan te sluiten."
                : "De aansluiting van deze praktijk is uitgezet. Vraag de beheerder van de regio waarom; wat al verwezen is, blijft staan.");
            return;
        }

        if (http.RequestServices.GetRequiredService<ClientCertificates>().Refusal(http, practice) is var (status, why))
        {
            await Refuse(http, status, why);
            return;
        }

        http.Items[Key] = practice.Id;
        await next(http);
    }

    private static bool May(this ClaimsPrincipal user, Scope scope)
    {
        foreach (var claim in user.Claims)
        {
            if (claim.Type == "scope" && scope.IsIn(claim.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static Task Refuse(HttpContext http, int status, string text) => FhirResult.Refused(status, Finding.Error(
        status is 401 ? OperationOutcome.IssueType.Login : OperationOutcome.IssueType.Forbidden, null, text)).ExecuteAsync(http);
}
