using System.Linq.Expressions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>Which of my referrals, and where does each stand?</summary>
internal static class SearchReferrals
{
    internal static readonly Searchable<FollowedReferral> Type = new(
        ResourceType.ServiceRequest,
        [
            Conditions.Id<FollowedReferral>(r => r.Referral.Id),
            Conditions.Identifier<FollowedReferral>("identifier", "Uw eigen nummer van de verwijzing", SourceIs),
            Conditions.Identifier<FollowedReferral>("requisition", "Het nummer van ZorgDomein", NumberIs),
            Conditions.Code<FollowedReferral, ReferralState>("status", "Status van de verwijzing", r => r.Task.State, ReferralStates.Of(s => s.Request)),
            Conditions.LastUpdated<FollowedReferral>(r => r.Referral.UpdatedAt),
            Conditions.Identifier<FollowedReferral>("patient.identifier", "Het BSN van de inwoner; alleen met POST _search", BsnIs) with { IsPersonal = true },
        ])
    {
        Own = Own,
        Id = r => r.Referral.Id,
        CreatedAt = r => r.Referral.ReceivedAt,
        UpdatedAt = r => r.Referral.UpdatedAt,
        Show = r => ServiceRequestDocument.Of(r.Referral),
    };

    public static void MapSearchReferrals(this IEndpointRouteBuilder fhir)
    {
        fhir.MapGet("/ServiceRequest", Handle).Needs("ServiceRequest", 's');
        fhir.MapPost("/ServiceRequest/_search", Handle).Needs("ServiceRequest", 's');
    }

    internal static IQueryable<FollowedReferral> Own(IntakeDbContext db, Guid practice) =>
        from referral in db.Referrals.AsNoTracking()
        join task in db.Tasks.AsNoTracking() on referral.Id equals task.ReferralId
        where referral.PracticeId == practice
        select new FollowedReferral { Referral = referral, Task = task };

    private static Task<IResult> Handle(HttpContext http, Search search, CancellationToken ct) => search.Run(Type, http, ct);

    private static Expression<Func<FollowedReferral, bool>> SourceIs(string? system, string value) => (system, value) switch
    {
        (null, _) => r => r.Referral.SourceValue == value,
        (_, "") => r => r.Referral.SourceSystem == system,
        _ => r => r.Referral.SourceSystem == system && r.Referral.SourceValue == value,
    };

    private static Expression<Func<FollowedReferral, bool>> NumberIs(string? system, string value) =>
        system is null or IdentifierSystems.ZorgDomein ? r => r.Referral.ZorgDomeinNumber == value : r => false;

    private static Expression<Func<FollowedReferral, bool>> BsnIs(string? system, string value) =>
        system is null or IdentifierSystems.Bsn ? r => r.Referral.Resident.Bsn == value : r => false;
}

/// <summary>A referral and its Task, side by side.</summary>
internal sealed class FollowedReferral
{
    public required Referral Referral { get; init; }
    public required ReferralTask Task { get; init; }
}

/// <summary>Which of our states a code of FHIR means: the table of interface section 3, read the other way.</summary>
internal static class ReferralStates
{
    internal static IReadOnlyDictionary<string, ReferralState[]> Of<TCode>(
        Func<(RequestStatus Request, Hl7.Fhir.Model.Task.TaskStatus Task, string? Business, string? Display), TCode> code)
        where TCode : struct, Enum => Enum.GetValues<TCode>().ToDictionary(
            c => EnumUtility.GetLiteral(c)!, c => Enum.GetValues<ReferralState>().Where(s => code(ReferralStatus.Of(s)).Equals(c)).ToArray());

    internal static IReadOnlyDictionary<string, ReferralState[]> Business() =>
        Enum.GetValues<ReferralState>().Where(s => ReferralStatus.Of(s).Business is not null).GroupBy(s => ReferralStatus.Of(s).Business!).ToDictionary(g => g.Key, g => g.ToArray());
}
