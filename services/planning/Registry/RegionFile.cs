using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using VGIntegration.Hosting;
using VGIntegration.Planning.Matching;

namespace VGIntegration.Planning.Registry;

/// <summary>
/// A region as a project office can write it down: keys of one's own, days and times of Europe/Amsterdam. See
/// demo-region.json for one of each, and README.md beside this file.
/// </summary>
internal sealed record RegionFile(
    IReadOnlyList<RegionFile.OrganisationLine> Organisations, IReadOnlyList<RegionFile.AgreementLine> Agreements,
    IReadOnlyList<RegionFile.ProfessionalLine> Professionals, IReadOnlyList<RegionFile.LocationLine> Locations,
    IReadOnlyList<RegionFile.DuoLine> Duos, IReadOnlyList<RegionFile.PostcodeLine> Postcodes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    internal sealed record OrganisationLine(string Key, string Name);

    internal sealed record AgreementLine(string One, string Other, DateOnly From, DateOnly? Until = null);

    internal sealed record ProfessionalLine(
        string Key, string Name, Discipline Discipline, string Profession, string Organisation, string Telephone, string Login,
        IReadOnlyList<string> Languages, DateOnly? ELearningDoneOn = null, DateOnly? TrainingDoneOn = null);

    internal sealed record LocationLine(
        string Key, string Name, string Address, double Latitude, double Longitude, bool Wheelchair = false);

    internal sealed record DuoLine(string Key, string MentalHealth, string SocialDomain, IReadOnlyList<MomentLine> Moments);

    internal sealed record MomentLine(string Location, DayOfWeek Day, TimeOnly From, TimeOnly Until, DateOnly ValidFrom, DateOnly? ValidUntil = null);

    internal sealed record PostcodeLine(string Digits, double Latitude, double Longitude);

    /// <exception cref="SettingException">The file is not there or not such a region; the text says what to change.</exception>
    internal static async Task<RegionFile> Read(string path, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var region = await JsonSerializer.DeserializeAsync<RegionFile>(file, Json, ct) ?? throw new JsonException("It is empty.");
            region.Check(path);
            return region;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new SettingException($"Registry:File {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>The same key always has the same id.</summary>
    private static Guid Id(string kind, string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}/{key}"))[..16]);

    internal IEnumerable<object> Entities() =>
    [
        .. Organisations.Select(o => new Organisation { Id = Id("organisation", o.Key), Name = o.Name }),
        .. Agreements.Select(a => new Agreement
        {
            Id = Id("agreement", $"{a.One}/{a.Other}/{a.From:O}"), OneOrganisationId = Id("organisation", a.One),
            OtherOrganisationId = Id("organisation", a.Other), From = a.From, Until = a.Until,
        }),
        .. Professionals.Select(p => new Professional
        {
            Id = Id("professional", p.Key), Name = p.Name, Discipline = p.Discipline, Profession = p.Profession,
            OrganisationId = Id("organisation", p.Organisation), Telephone = p.Telephone, Login = p.Login,
            Languages = string.Join(' ', p.Languages), ELearningDoneOn = p.ELearningDoneOn, TrainingDoneOn = p.TrainingDoneOn,
        }),
        .. Locations.Select(l => new Location
        {
            Id = Id("location", l.Key), Name = l.Name, Address = l.Address, Latitude = l.Latitude, Longitude = l.Longitude,
            IsWheelchairAccessible = l.Wheelchair,
        }),
        .. Duos.Select(d => new Duo
        {
            Id = Id("duo", d.Key), MentalHealthProfessionalId = Id("professional", d.MentalHealth),
            SocialDomainProfessionalId = Id("professional", d.SocialDomain),
        }),
        .. Duos.SelectMany(d => d.Moments, (d, m) => new FixedMoment
        {
            Id = Id("moment", $"{d.Key}/{m.Day}/{m.From:O}/{m.ValidFrom:O}"), DuoId = Id("duo", d.Key), LocationId = Id("location", m.Location),
            Day = m.Day, From = m.From, Until = m.Until, ValidFrom = m.ValidFrom, ValidUntil = m.ValidUntil,
        }),
        .. Postcodes.Select(p => new PostcodeArea { Digits = p.Digits, Latitude = p.Latitude, Longitude = p.Longitude }),
    ];

    private void Check(string path)
    {
        if (Doubles().Concat(Unknowns()).Concat(Duos.SelectMany(OfDuo)).Concat(Places()).Concat(Clashes()).FirstOrDefault() is { } fault)
        {
            throw new SettingException($"Registry:File {path}: {fault}.");
        }
    }

    private IEnumerable<string> Doubles() => new[]
    {
        ("organisation", Organisations.Select(o => o.Key)), ("professional", Professionals.Select(p => p.Key)),
        ("location", Locations.Select(l => l.Key)), ("duo", Duos.Select(d => d.Key)), ("postcode", Postcodes.Select(p => p.Digits)),
        ("moment", Duos.SelectMany(d => d.Moments, (d, m) => $"of duo {d.Key} on {m.Day} at {m.From:HH:mm} from {m.ValidFrom:O}")),
        ("agreement", Agreements.Select(a => $"{a.One} with {a.Other} from {a.From:O}")),
    }.SelectMany(kind => kind.Item2.GroupBy(key => key).Where(same => same.Count() > 1).Select(same => $"{kind.Item1} {same.Key} is there twice"));

    private IEnumerable<string> Unknowns()
    {
        var (organisations, professionals) = (Organisations.Select(o => o.Key).ToHashSet(), Professionals.Select(p => p.Key).ToHashSet());
        var locations = Locations.Select(l => l.Key).ToHashSet();
        return Professionals.Where(p => !organisations.Contains(p.Organisation)).Select(p => $"professional {p.Key} has the unknown organisation {p.Organisation}")
            .Concat(Agreements.Where(a => !organisations.Contains(a.One) || !organisations.Contains(a.Other)).Select(a => $"agreement {a.One} with {a.Other} names an unknown organisation"))
            .Concat(Duos.Where(d => !professionals.Contains(d.MentalHealth) || !professionals.Contains(d.SocialDomain)).Select(d => $"duo {d.Key} names an unknown professional"))
            .Concat(Duos.SelectMany(d => d.Moments, (d, m) => (d, m)).Where(x => !locations.Contains(x.m.Location)).Select(x => $"duo {x.d.Key} has the unknown location {x.m.Location}"))
            .Concat(Postcodes.Where(p => p.Digits.Length != 4 || !p.Digits.All(char.IsAsciiDigit)).Select(p => $"postcode {p.Digits} must be four digits"));
    }

    private IEnumerable<string> OfDuo(DuoLine duo)
    {
        var (one, other) = (Professionals.Single(p => p.Key == duo.MentalHealth), Professionals.Single(p => p.Key == duo.SocialDomain));
        if (one.Discipline is not Discipline.MentalHealth || other.Discipline is not Discipline.SocialDomain)
        {
            yield return $"duo {duo.Key} must have one professional of each side";
        }

        if (one.Organisation == other.Organisation)
        {
            yield return $"the two of duo {duo.Key} must be of different organisations";
        }

        foreach (var moment in duo.Moments.Where(m => m.Until.ToTimeSpan() - m.From.ToTimeSpan() < Matcher.Slot))
        {
            yield return $"on {moment.Day} at {moment.From:HH:mm} duo {duo.Key} has no time for one conversation";
        }
    }

    private IEnumerable<string> Places() => Locations.Select(l => ($"location {l.Key}", l.Latitude, l.Longitude))
        .Concat(Postcodes.Select(p => ($"postcode {p.Digits}", p.Latitude, p.Longitude)))
        .Where(p => p.Latitude is not (>= -90 and <= 90) || p.Longitude is not (>= -180 and <= 180))
        .Select(p => $"{p.Item1} is nowhere on earth: latitude {p.Latitude}, longitude {p.Longitude}");

    // The tables refuse two conversations of one person, or in one location, that begin together; that none overlap
    // otherwise is seen to here.
    private IEnumerable<string> Clashes()
    {
        var moments = Duos.SelectMany(d => d.Moments, (d, m) => (Duo: d, Moment: m)).ToList();
        return Overlapping(moments.ToLookup(x => x.Duo.MentalHealth, x => x.Moment), "professional {0} is in two places on {1} at {2:HH:mm}")
            .Concat(Overlapping(moments.ToLookup(x => x.Duo.SocialDomain, x => x.Moment), "professional {0} is in two places on {1} at {2:HH:mm}"))
            .Concat(Overlapping(moments.ToLookup(x => x.Moment.Location, x => x.Moment), "location {0} has two conversations on {1} at {2:HH:mm}"));
    }

    private static IEnumerable<string> Overlapping(ILookup<string, MomentLine> moments, string fault) =>
        from theirs in moments
        from day in theirs.GroupBy(m => m.Day)
        let inOrder = day.OrderBy(m => m.From).ToList()
        from one in inOrder
        from other in inOrder.SkipWhile(m => m.From <= one.From).TakeWhile(m => m.From < one.Until)
        where !(other.ValidFrom > one.ValidUntil) && !(one.ValidFrom > other.ValidUntil)
        select string.Format(CultureInfo.InvariantCulture, fault, theirs.Key, day.Key, other.From);
}
