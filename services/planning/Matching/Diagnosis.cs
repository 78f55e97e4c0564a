using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Matching;

/// <summary>Why nothing fits, and what would help: found by ranking again with one wish or rule less.</summary>
internal sealed class Diagnosis(Matcher matcher, DateTimeOffset now, int weeks)
{
    private const int Further = 4;

    private readonly Region _region = matcher.Region;

    internal BindingRule Of(Wishes wishes)
    {
        var days = matcher.Days(now, weeks).Select(w => w.Day).ToList();
        var pairs = _region.Duos.Select(d => (One: _region.Professionals[d.MentalHealthProfessionalId], Other: _region.Professionals[d.SocialDomainProfessionalId]))
            .Where(p => p.One.Discipline is Discipline.MentalHealth && p.Other.Discipline is Discipline.SocialDomain
                && p.One.OrganisationId != p.Other.OrganisationId && !p.One.IsSamePerson(p.Other)).ToList();
        if (pairs.Count == 0)
        {
            return BindingRule.NoDuos;
        }

        var ready = pairs.Where(p => days.Exists(d => IsReady(p.One, d) && IsReady(p.Other, d))).ToList();
        if (ready.Count == 0)
        {
            return BindingRule.NobodyReady;
        }

        if (!ready.Exists(p => _region.AgreementsOf(p.One.OrganisationId, p.Other.OrganisationId).Any(a => days.Exists(a.IsInForce))))
        {
            return BindingRule.NoAgreement;
        }

        var none = new Wishes(null, null);
        return !Fits(none, Ignored.Bookings) ? BindingRule.NoMoments
            : !Fits(none) ? BindingRule.AllMomentsTaken
            : Single(wishes).Where(w => Fits(w.Relaxed)).Select(w => (BindingRule?)w.Rule).FirstOrDefault() ?? BindingRule.Together;
    }

    /// <summary>Cheapest first: what asks least of the resident, then what others have to do.</summary>
    internal IReadOnlyList<Relaxation> Relaxations(Wishes wishes)
    {
        var said = wishes.Said;
        var days = ResidentWishes.Days.Where(d => ResidentWishes.Parts.Any(p => said.NotPossibleParts.Contains(ResidentWishes.PartOf(d, p))));
        Relaxation?[] single =
        [
            .. days.Select(d => Try(Relaxation.AllowDay, wishes with { Said = WithDay(said, d) }, day: d)).OrderByDescending(r => r?.Moments),
            Try(Relaxation.LookFurther, wishes, further: Further),
            wishes.OtherLanguage is null ? null : Try(Relaxation.Interpreter, wishes with { Said = said with { HasInterpreter = true } }),
            said.Place is WishedPlace.Anywhere ? null : Try(Relaxation.AnyPlace, wishes with { Said = said with { Place = WishedPlace.Anywhere } }),
            said.NeedsAccess ? Try(Relaxation.NoAccess, wishes with { Said = said with { NeedsAccess = false } }) : null,
            Try(Relaxation.Training, wishes, Ignored.Readiness),
            Try(Relaxation.Agreement, wishes, Ignored.Agreements),
            said.Without.Length == 0 ? null : Try(Relaxation.AnyPerson, wishes with { Said = said with { Without = "" } }),
        ];
        var helping = single.OfType<Relaxation>().ToList();
        return helping.Count > 0 ? helping
            : [.. new[] { Try(Relaxation.NoWishes, new Wishes(wishes.PostcodeDigits, null)) }.OfType<Relaxation>()];
    }

    private static IEnumerable<(BindingRule Rule, Wishes Relaxed)> Single(Wishes wishes) =>
    [
        (BindingRule.Language, wishes with { Said = wishes.Said with { HasInterpreter = true } }),
        (BindingRule.DayParts, wishes with { Said = wishes.Said with { NotPossible = "" } }),
        (BindingRule.Access, wishes with { Said = wishes.Said with { NeedsAccess = false } }),
        (BindingRule.Place, wishes with { Said = wishes.Said with { Place = WishedPlace.Anywhere } }),
        (BindingRule.Persons, wishes with { Said = wishes.Said with { Without = "" } }),
    ];

    private static ResidentWishes WithDay(ResidentWishes said, DayOfWeek day) => said with
    {
        NotPossible = string.Join(' ', said.NotPossibleParts.Except(ResidentWishes.Parts.Select(p => ResidentWishes.PartOf(day, p)))),
    };

    private Relaxation? Try(string code, Wishes relaxed, Ignored ignored = Ignored.Nothing, DayOfWeek? day = null, int further = 0)
    {
        var found = matcher.Rank(relaxed, now, weeks + further, int.MaxValue, ignored);
        return found.Count == 0 ? null : new Relaxation(code, found.Count, found[0].Score, day, further > 0 ? weeks + further : 0);
    }

    private bool Fits(Wishes wishes, Ignored ignored = Ignored.Nothing) => matcher.Rank(wishes, now, weeks, 1, ignored).Count > 0;

    private bool IsReady(Professional who, DateOnly day) => who.IsReadyOn(day) && _region.HasCountingRole(who, day);
}
