namespace VGIntegration.Planning.Registry;

/// <summary>The whole registry of a region at one moment, in memory: what matching reasons about.</summary>
internal sealed class Region(
    IReadOnlyList<Organisation> organisations, IReadOnlyList<Agreement> agreements, IReadOnlyList<Professional> professionals,
    IReadOnlyList<Location> locations, IReadOnlyList<Duo> duos, IReadOnlyList<FixedMoment> moments, IReadOnlyList<PostcodeArea> postcodes)
{
    internal IReadOnlyList<Duo> Duos => duos;

    internal IReadOnlyDictionary<Guid, Organisation> Organisations { get; } = organisations.ToDictionary(o => o.Id);

    internal IReadOnlyDictionary<Guid, Professional> Professionals { get; } = professionals.ToDictionary(p => p.Id);

    internal IReadOnlyDictionary<Guid, Location> Locations { get; } = locations.ToDictionary(l => l.Id);

    internal ILookup<Guid, FixedMoment> MomentsOf { get; } = moments.ToLookup(m => m.DuoId);

    private readonly ILookup<(Guid, Guid), Agreement> _agreements = agreements
        .SelectMany(a => new[] { (a.OneOrganisationId, a.OtherOrganisationId), (a.OtherOrganisationId, a.OneOrganisationId) }, (a, two) => (a, two))
        .ToLookup(x => x.two, x => x.a);

    private readonly Dictionary<string, PostcodeArea> _postcodes = postcodes.ToDictionary(p => p.Digits);

    internal IEnumerable<Agreement> AgreementsOf(Guid one, Guid other) => _agreements[(one, other)];

    /// <summary>As the crow flies, in kilometres; null when the postcode is not known.</summary>
    internal double? Kilometres(string? postcodeDigits, Location to)
    {
        if (postcodeDigits is null || !_postcodes.TryGetValue(postcodeDigits, out var from))
        {
            return null;
        }

        var (lat1, lat2) = (from.Latitude * Math.PI / 180, to.Latitude * Math.PI / 180);
        var (dLat, dLon) = (lat2 - lat1, (to.Longitude - from.Longitude) * Math.PI / 180);
        var h = Math.Pow(Math.Sin(dLat / 2), 2) + (Math.Cos(lat1) * Math.Cos(lat2) * Math.Pow(Math.Sin(dLon / 2), 2));
        return 12_742 * Math.Asin(Math.Sqrt(h));
    }

    internal IReadOnlySet<Guid> IdsOf(string login) =>
        Professionals.Values.Where(p => string.Equals(p.Login, login, StringComparison.OrdinalIgnoreCase)).Select(p => p.Id).ToHashSet();
}
