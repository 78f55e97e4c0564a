namespace VGIntegration.Planning.Registry;

/// <summary>The whole registry of a region at one moment, in memory: what matching reasons about.</summary>
internal sealed class Region(
    IReadOnlyList<Organisation> organisations, IReadOnlyList<Agreement> agreements, IReadOnlyList<Professional> professionals,
    IReadOnlyList<Location> locations, IReadOnlyList<Duo> duos, IReadOnlyList<FixedMoment> moments, IReadOnlyList<PostcodeArea> postcodes,
    RegionCalendar? calendar = null, IReadOnlyList<Role>? roles = null)
{
    internal IReadOnlyList<Duo> Duos => duos;

    internal IReadOnlyDictionary<Guid, Organisation> Organisations { get; } = organisations.ToDictionary(o => o.Id);

    internal IReadOnlyDictionary<Guid, Professional> Professionals { get; } = professionals.ToDictionary(p => p.Id);

    internal IReadOnlyDictionary<Guid, Location> Locations { get; } = locations.ToDictionary(l => l.Id);

    internal ILookup<Guid, FixedMoment> MomentsOf { get; } = moments.ToLookup(m => m.DuoId);

    /// <summary>The fixed moments of a weekday, each with its duo.</summary>
    internal ILookup<DayOfWeek, (Duo Duo, FixedMoment Moment)> MomentsOn { get; } = moments
        .Join(duos, m => m.DuoId, d => d.Id, (m, d) => (d, m)).ToLookup(x => x.m.Day);

    private readonly ILookup<(Guid, Guid), Agreement> _agreements = agreements
        .SelectMany(a => new[] { (a.OneOrganisationId, a.OtherOrganisationId), (a.OtherOrganisationId, a.OneOrganisationId) }, (a, two) => (a, two))
        .ToLookup(x => x.two, x => x.a);

    private readonly Dictionary<string, PostcodeArea> _postcodes = postcodes.ToDictionary(p => p.Digits);

    internal RegionCalendar Calendar { get; } = calendar ?? RegionCalendar.Empty;

    internal ILookup<Guid, Duo> DuosOf { get; } = duos
        .SelectMany(d => new[] { d.MentalHealthProfessionalId, d.SocialDomainProfessionalId }, (d, who) => (d, who)).ToLookup(x => x.who, x => x.d);

    internal IEnumerable<Agreement> AgreementsOf(Guid one, Guid other) => _agreements[(one, other)];

    /// <summary>The half-day is held: no holiday, no exception, nobody of the duo away, and duo and place still take part.</summary>
    internal bool IsHeld(Duo duo, FixedMoment moment, DateOnly day) =>
        moment.IsOn(day) && !(day > duo.Until) && !(day > Locations[moment.LocationId].Until)
        && !Calendar.IsAbsent(duo.MentalHealthProfessionalId, day) && !Calendar.IsAbsent(duo.SocialDomainProfessionalId, day)
        && !Calendar.IsPaused(moment.Id, day) && Calendar.Holiday(day) is null;

    /// <summary>What the two of a duo lack on a day; what forbids planning comes first.</summary>
    internal IEnumerable<MissingItem> MissingOf(Duo duo, DateOnly day)
    {
        var (one, other) = (Professionals[duo.MentalHealthProfessionalId], Professionals[duo.SocialDomainProfessionalId]);
        var forbidden = new[] { one, other }.SelectMany(p => ForbiddingOf(p, day), (p, what) => new MissingItem(what, p.Id));
        var isAgreed = AgreementsOf(one.OrganisationId, other.OrganisationId).Any(a => a.IsInForce(day));
        return
        [
            .. forbidden,
            .. isAgreed ? [] : new[] { new MissingItem(Missing.Agreement) },
            .. one.IsSamePerson(other) ? new[] { new MissingItem(Missing.OnePerson) } : [],
            .. day > duo.Until ? new[] { new MissingItem(Missing.DuoStopped) } : [],
            .. duo.MetOn <= day ? [] : new[] { new MissingItem(Missing.Met) },
            .. MomentsOf[duo.Id].Any(m => !(day > m.ValidUntil)) ? [] : new[] { new MissingItem(Missing.Moments) },
        ];
    }

    /// <summary>The checklist of a professional: what is still open on a day.</summary>
    internal IEnumerable<Missing> MissingOf(Professional professional, DateOnly day)
    {
        var theirs = DuosOf[professional.Id].Where(d => !(day > d.Until)).ToList();
        return
        [
            .. ForbiddingOf(professional, day),
            .. theirs.Count > 0 ? [] : new[] { Missing.Duo },
            .. theirs.Count == 0 || theirs.Exists(d => d.MetOn <= day) ? [] : new[] { Missing.Met },
            .. theirs.Exists(d => MomentsOf[d.Id].Any(m => !(day > m.ValidUntil))) ? [] : new[] { Missing.Moments },
            .. professional.HasInformedSupportStaff ? [] : new[] { Missing.SupportStaff },
            .. professional.CanIntroduceResearch ? [] : new[] { Missing.Research },
            .. professional.CanEvaluateAndRegister ? [] : new[] { Missing.Evaluation },
            .. professional.KeepsCount ? [] : new[] { Missing.Counting },
        ];
    }

    /// <summary>The role counts on the side of the professional; where a region has named none, every role does.</summary>
    internal bool HasCountingRole(Professional p, DateOnly day) =>
        roles is null or [] || roles.Any(r => r.Counts(p.Profession, p.Discipline, day));

    private IEnumerable<Missing> ForbiddingOf(Professional p, DateOnly day) =>
        p.MissingOn(day).Concat(HasCountingRole(p, day) ? [] : [Missing.Role]);

    /// <summary>As the crow flies, in kilometres; null when the postcode is not known.</summary>
    internal double? Kilometres(string? postcodeDigits, Location to)
    {
        if (postcodeDigits is null || !_postcodes.TryGetValue(postcodeDigits, out var from))
        {
            return null;
        }

        return Kilometres(from.Latitude, from.Longitude, to.Latitude, to.Longitude);
    }

    internal static double Kilometres(double fromLatitude, double fromLongitude, double toLatitude, double toLongitude)
    {
        var (lat1, lat2) = (fromLatitude * Math.PI / 180, toLatitude * Math.PI / 180);
        var (dLat, dLon) = (lat2 - lat1, (toLongitude - fromLongitude) * Math.PI / 180);
        var h = Math.Pow(Math.Sin(dLat / 2), 2) + (Math.Cos(lat1) * Math.Cos(lat2) * Math.Pow(Math.Sin(dLon / 2), 2));
        return 12_742 * Math.Asin(Math.Sqrt(h));
    }

    internal IReadOnlySet<Guid> IdsOf(string login) =>
        Professionals.Values.Where(p => string.Equals(p.Login, login, StringComparison.OrdinalIgnoreCase)).Select(p => p.Id).ToHashSet();
}
