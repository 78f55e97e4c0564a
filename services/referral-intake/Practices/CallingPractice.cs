using System.Collections.Concurrent;
using System.Security.Claims;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
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

    private static async Task Judge(HttpContext http, IReadOnlyList<Scope> needed, RequestDelegate next)
    {
        if (needed.FirstOrDefault(scope => !http.User.May(scope)) is { } missing)
        {
            await Refuse(http, $"Het token mag dit niet: de scope {missing} ontbreekt. Vraag een token met deze scope.");
            return;
        }

        if (await Find(http) is not { } practice)
        {
            await Refuse(http, "Dit account hoort niet bij een aangesloten praktijk. Vraag de beheerder van de regio om de praktijk aan te sluiten.");
            return;
        }

        http.Items[Key] = practice;
        await next(http);
    }

    private static bool May(this ClaimsPrincipal user, Scope scope)
    {
        foreach (var claim in user.FindAll("scope"))
        {
            if (scope.IsIn(claim.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<Guid?> Find(HttpContext http)
    {
        if (http.User.FindFirst("client_id")?.Value is not { } client)
        {
            return null;
        }

        var known = http.RequestServices.GetRequiredService<KnownPractices>();
        if (known.ByClient.TryGetValue(client, out var id))
        {
            return id;
        }

        var db = http.RequestServices.GetRequiredService<IntakeDbContext>();
        id = await db.Practices.Where(p => p.ClientId == client).Select(p => p.Id).SingleOrDefaultAsync(http.RequestAborted);
        if (id == Guid.Empty)
        {
            return null;
        }

        known.ByClient[client] = id; // a client never changes its practice
        return id;
    }

    private static Task Refuse(HttpContext http, string text) =>
        FhirResult.Refused(403, Finding.Error(OperationOutcome.IssueType.Forbidden, null, text)).ExecuteAsync(http);
}

internal sealed class KnownPractices
{
    internal ConcurrentDictionary<string, Guid> ByClient { get; } = new();
}
