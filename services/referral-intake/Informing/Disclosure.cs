using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Informing;

/// <summary>Who gets to see what one of our services asks for. No person: what leaves is a letter on its way.</summary>
internal enum Onlooker { NoPerson, Planner, MentalHealth, SocialDomain, Other }

/// <summary>
/// What of a referral leaves intake, and for whose eyes: the one place where that is decided, whatever page asks. The service
/// that asks says for whom; who is not known to be somebody else gets what the social domain gets, or less.
/// </summary>
internal static class Disclosure
{
    /// <summary>
    /// A BSN belongs to care: it stands on the letter to a care provider, and on no page of ours. The resident's agreement
    /// does not make it lawful for the social domain, so it is not asked.
    /// </summary>
    internal static bool Bsn(Onlooker who, Practice to) => who is Onlooker.NoPerson && (to.Agb is { Length: > 0 } || to.Ura is { Length: > 0 });

    /// <summary>What the huisarts wrote and sent along: care reads it, the social domain when the resident agreed to that.</summary>
    internal static bool FromGp(Onlooker who, bool hasAgreed) => who switch
    {
        Onlooker.Planner or Onlooker.MentalHealth => true,
        Onlooker.SocialDomain => hasAgreed,
        _ => false,
    };

    internal static Onlooker WhoLooks(this HttpContext http)
    {
        var roles = http.Request.Headers["X-Roles"].ToString().Split(' ');
        var isPerson = http.Request.Headers["X-On-Behalf-Of"].ToString().Length > 0;
        return (isPerson, http.Request.Query["side"].ToString()) switch
        {
            (false, _) => Onlooker.NoPerson,
            (_, "mental-health") when roles.Contains("professional") => Onlooker.MentalHealth,
            (_, "") when roles.Contains("planner") => Onlooker.Planner,
            _ when roles.Contains("professional") => Onlooker.SocialDomain,
            _ => Onlooker.Other,
        };
    }

    internal static async Task<bool> MayReadFromGp(this HttpContext http, IntakeDbContext db, Guid referralId, CancellationToken ct) => FromGp(
        http.WhoLooks(),
        http.WhoLooks() is Onlooker.SocialDomain
            && await db.Sharing.AnyAsync(s => s.ReferralId == referralId && s.WithdrawnAt == null, ct));
}
