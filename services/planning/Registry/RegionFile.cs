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
    IReadOnlyList<RegionFile.DuoLine> Duos, IReadOnlyList<RegionFile.PostcodeLine> Postcodes,
    IReadOnlyList<RegionFile.RoleLine>? Roles = null, IReadOnlyList<RegionFile.AbsenceLine>? Absences = null,
    IReadOnlyList<RegionFile.HolidayLine>? Holidays = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    internal sealed record OrganisationLine(string Key, string Name, Discipline? Domain = null);

    internal sealed record RoleLine(string Name, Discipline Discipline);

    internal sealed record AbsenceLine(string Professional, DateOnly From, DateOnly? Until = null);

    internal sealed record HolidayLine(string Name, DateOnly From, DateOnly Until);

    internal sealed record AgreementLine(string One, string Other, DateOnly From, DateOnly? Until = null);

    internal sealed record ProfessionalLine(
        string Key, string Name, Discipline Discipline, string Profession, string Organisation, string Telephone, string Login,
        IReadOnlyList<string> Languages, DateOnly? ELearningDoneOn = null, DateOnly? TrainingDoneOn = null, string? Email = null,
        DateOnly? RegisteredUntil = null, IReadOnlyList<CheckedItem>? Checklist = null);

    /// <summary>What the project office ticks; the rest of the checklist follows from the registry itself.</summary>
    internal enum CheckedItem
    {
        SupportStaff,
        Research,
        Evaluation,
        Counting,
    }

    internal sealed record LocationLine(
        string Key, string Name, string Address, double Latitude, double Longitude, bool Wheelchair = false,
        LocationKind Kind = LocationKind.Building, int Rooms = 1, string? Email = null);

    internal sealed record DuoLine(string Key, string MentalHealth, string SocialDomain, IReadOnlyList<MomentLine> Moments, DateOnly? MetOn = null);

    internal sealed record MomentLine(string Location, DayOfWeek Day, TimeOnly From, TimeOnly Until, DateOnly ValidFrom, DateOnly? ValidUntil = null,
        IReadOnlyList<PauseLine>? Pauses = null);

    internal sealed record PauseLine(DateOnly From, DateOnly Until, string? Why = null);

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
        .. Organisations.Select(o => new Organisation { Id = Id("organisation", o.Key), Name = o.Name, Domain = o.Domain }),
        .. (Roles ?? []).Select(r => new Role { Id = Id("role", $"{r.Discipline}/{r.Name}"), Name = r.Name, Discipline = r.Discipline }),
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
            Email = p.Email, RegisteredUntil = p.RegisteredUntil, HasInformedSupportStaff = IsChecked(p, CheckedItem.SupportStaff),
            CanIntroduceResearch = IsChecked(p, CheckedItem.Research), CanEvaluateAndRegister = IsChecked(p, CheckedItem.Evaluation),
            KeepsCount = IsChecked(p, CheckedItem.Counting),
        }),
        .. (Absences ?? []).Select(a => new Absence
        {
            Id = Id("absence", $"{a.Professional}/{a.From:O}"), ProfessionalId = Id("professional", a.Professional), From = a.From, Until = a.Until,
        }),
        .. (Holidays ?? []).Select(h => new Holiday { Id = Id("holiday", $"{h.Name}/{h.From:O}"), Name = h.Name, From = h.From, Until = h.Until }),
        .. Locations.Select(l => new Location
        {
            Id = Id("location", l.Key), Name = l.Name, Address = l.Address, Latitude = l.Latitude, Longitude = l.Longitude,
            IsWheelchairAccessible = l.Wheelchair, Kind = l.Kind, Rooms = l.Rooms, Email = l.Email,
        }),
        .. Duos.Select(d => new Duo
        {
            Id = Id("duo", d.Key), MentalHealthProfessionalId = Id("professional", d.MentalHealth),
            SocialDomainProfessionalId = Id("professional", d.SocialDomain), MetOn = d.MetOn,
        }),
        .. Duos.SelectMany(d => d.Moments, (d, m) => new FixedMoment
        {
            Id = MomentId(d, m), DuoId = Id("duo", d.Key), LocationId = Id("location", m.Location),
            Day = m.Day, From = m.From, Until = m.Until, ValidFrom = m.ValidFrom, ValidUntil = m.ValidUntil,
        }),
        .. from duo in Duos
           from moment in duo.Moments
           from pause in moment.Pauses ?? []
           select new MomentPause
           {
               Id = Id("pause", $"{MomentId(duo, moment)}/{pause.From:O}"), FixedMomentId = MomentId(duo, moment),
               From = pause.From, Until = pause.Until, Why = pause.Why,
           },
        .. Postcodes.Select(p => new PostcodeArea { Digits = p.Digits, Latitude = p.Latitude, Longitude = p.Longitude }),
    ];

    private static Guid MomentId(DuoLine d, MomentLine m) => Id("moment", $"{d.Key}/{m.Day}/{m.From:O}/{m.ValidFrom:O}");

    private static bool IsChecked(ProfessionalLine p, CheckedItem item) => p.Checklist?.Contains(item) is true;

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
        ("role", (Roles ?? []).Select(r => $"{r.Name} of {r.Discipline}")),
        ("absence", (Absences ?? []).Select(a => $"of {a.Professional} from {a.From:O}")),
        ("holiday", (Holidays ?? []).Select(h => $"{h.Name} from {h.From:O}")),
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
            .Concat((Absences ?? []).Where(a => !professionals.Contains(a.Professional)).Select(a => $"an absence names the unknown professional {a.Professional}"))
            .Concat(Professionals.Where(HasNoRole).Select(p => $"professional {p.Key} has a role that does not count on that side: {p.Profession}"))
            .Concat(Postcodes.Where(p => p.Digits.Length != 4 || !p.Digits.All(char.IsAsciiDigit)).Select(p => $"postcode {p.Digits} must be four digits"));
    }

    private bool HasNoRole(ProfessionalLine p) => Roles is { Count: > 0 }
        && !Roles.Any(r => r.Discipline == p.Discipline && string.Equals(r.Name, p.Profession, StringComparison.OrdinalIgnoreCase));

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

        if (one.Login.Length > 0 && string.Equals(one.Login, other.Login, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"the two of duo {duo.Key} must have different logins";
        }

        foreach (var moment in duo.Moments.Where(m => m.Until.ToTimeSpan() - m.From.ToTimeSpan() < Matcher.Slot))
        {
            yield return $"on {moment.Day} at {moment.From:HH:mm} duo {duo.Key} has no time for one conversation";
        }
    }

    private IEnumerable<string> Places() => Locations.Where(l => l.Rooms is < 1 or > 100).Select(l => $"location {l.Key} has {l.Rooms} rooms")
        .Concat(OnEarth());

    private IEnumerable<string> OnEarth() => Locations.Select(l => ($"location {l.Key}", l.Latitude, l.Longitude))
        .Concat(Postcodes.Select(p => ($"postcode {p.Digits}", p.Latitude, p.Longitude)))
        .Where(p => p.Latitude is not (>= -90 and <= 90) || p.Longitude is not (>= -180 and <= 180))
        .Select(p => $"{p.Item1} is nowhere on earth: latitude {p.Latitude}, longitude {p.Longitude}");

    // The tables refuse two conversations of one person, or in one location, that begin together; that none overlap
    // otherwise is seen to here.
    private IEnumerable<string> Clashes()
    {
        var moments = Duos.SelectMany(d => d.Moments, (d, m) => (Duo: d, Moment: m)).ToList();
        var single = Locations.Where(l => l is { Rooms: 1, Kind: LocationKind.Building }).Select(l => l.Key).ToHashSet();
        return Overlapping(moments.ToLookup(x => x.Duo.MentalHealth, x => x.Moment), "professional {0} is in two places on {1} at {2:HH:mm}")
            .Concat(Overlapping(moments.ToLookup(x => x.Duo.SocialDomain, x => x.Moment), "professional {0} is in two places on {1} at {2:HH:mm}"))
            .Concat(Overlapping(moments.Where(x => single.Contains(x.Moment.Location)).ToLookup(x => x.Moment.Location, x => x.Moment), "location {0} has two conversations on {1} at {2:HH:mm}"));
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
