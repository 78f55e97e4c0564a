using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>The practice behind the token of this request. A token without one gets nowhere near a referral.</summary>
internal sealed class CallingPractice(IntakeDbContext db, KnownPractices known)
{
    internal async Task<Guid?> Find(HttpContext context)
    {
        if (context.User.FindFirst("client_id")?.Value is not { } client)
        {
            return null;
        }

        if (known.ByClient.TryGetValue(client, out var id))
        {
            return id;
        }

        id = await db.Practices.Where(p => p.ClientId == client).Select(p => p.Id).SingleOrDefaultAsync(context.RequestAborted);
        if (id == Guid.Empty)
        {
            return null;
        }

        known.ByClient[client] = id; // a client never changes its practice
        return id;
    }
}

internal sealed class KnownPractices
{
    internal ConcurrentDictionary<string, Guid> ByClient { get; } = new();
}

/// <summary>Only GP systems: a token of a connected practice with a SMART system scope.</summary>
internal sealed class PracticeOnly(CallingPractice practice) : IEndpointFilter
{
    internal static readonly object Key = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var mayAsk = http.User.FindAll("scope").SelectMany(c => c.Value.Split(' ')).Any(s => s.StartsWith("system/", StringComparison.Ordinal));
        if (!mayAsk || await practice.Find(http) is not { } id)
        {
            return Http.FhirResult.Refused(403, Http.Finding.Error(
                Hl7.Fhir.Model.OperationOutcome.IssueType.Forbidden, null, "Dit account hoort niet bij een aangesloten praktijk, of mist de scope system/ServiceRequest."));
        }

        http.Items[Key] = id;
        return await next(context);
    }
}

internal static class PracticeOfRequest
{
    internal static Guid PracticeId(this HttpContext context) => (Guid)context.Items[PracticeOnly.Key]!;
}
