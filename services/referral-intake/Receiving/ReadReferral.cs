using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Receiving;

internal static class ReadReferral
{
    public static void MapReadReferral(this IEndpointRouteBuilder fhir) => fhir.MapGet("/ServiceRequest/{id}", Handle).Needs("ServiceRequest", 'r');

    private static async Task<IResult> Handle(
        string id, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var practice = http.PracticeId();
        var referral = Guid.TryParse(id, out var key)
            ? await db.Referrals.AsNoTracking().SingleOrDefaultAsync(r => r.Id == key && r.PracticeId == practice, ct)
            : null;
        if (referral is null)
        {
            return FhirResult.NotFound();
        }

        db.Audit.Add(AuditEntry.Of("R", http.User.Who(), $"Referral/{referral.Id}", "read-own-referral", clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return new FhirResult(200, ServiceRequestDocument.Of(referral))
        {
            VersionId = $"{referral.Version}",
            LastModified = referral.UpdatedAt,
        };
    }
}
