using VGIntegration.Planning.Matching;

namespace VGIntegration.Planning.Registry.Keeping;

internal static partial class Kinds
{
    private static RecordKind Duos { get; } = new("duos", "Duo's", "duo")
    {
        Purpose = "Een verkenner van de GGZ en een van het sociaal domein, die samen gesprekken voeren.",
        Fields =
        [
            Refers("MentalHealth", "Verkenner van de GGZ", "professionals"), Refers("SocialDomain", "Verkenner van het sociaal domein", "professionals"),
            new("MetOn", "Kennisgemaakt op", FieldType.Date, Hint: "Leeg zolang de twee elkaar niet hebben gezien."), LastDayOf(),
        ],
        Table = db => db.Set<Duo>(),
        Values = r => r is Duo d ? [d.MentalHealthProfessionalId, d.SocialDomainProfessionalId, d.MetOn, d.Until] : [],
        Title = (r, register) => r is Duo d ? $"{NameOf(register, d.MentalHealthProfessionalId)} en {NameOf(register, d.SocialDomainProfessionalId)}" : "",
        Until = r => ((Duo)r).Until,
        Make = MakeDuo,
    };

    private static RecordKind Locations { get; } = new("locations", "Locaties", "locatie")
    {
        Purpose = "Waar gesprekken kunnen zijn: in een gebouw, thuis bij de inwoner of online.",
        Fields =
        [
            new("Name", "Naam", IsRequired: true), OneOf("Kind", "Soort", Places), new("Address", "Adres", IsRequired: true, Hint: "Bij thuis of online: de buurt, of hoe de inwoner meedoet.") { Longest = 300 },
            new("Rooms", "Spreekkamers", FieldType.Count, IsRequired: true, Hint: "Hoeveel gesprekken er tegelijk kunnen zijn. Thuis en online tellen kamers niet."),
            YesNo("Wheelchair", "Rolstoeltoegankelijk"),
            new("Latitude", "Breedtegraad", FieldType.Degrees, IsRequired: true, Hint: "Voor de afstand tot de inwoner, zoals 52.3085. Bij thuis: het midden van de buurt."),
            new("Longitude", "Lengtegraad", FieldType.Degrees, IsRequired: true, Hint: "Zoals 4.8574."),
            LastDayOf(),
        ],
        Table = db => db.Set<Location>(),
        Values = r => r is Location l ? [l.Name, l.Kind, l.Address, l.Rooms, l.IsWheelchairAccessible, l.Latitude, l.Longitude, l.Until] : [],
        Title = (r, _) => ((Location)r).Name,
        Until = r => ((Location)r).Until,
        Make = (draft, id, version) =>
        {
            var made = new Location
            {
                Id = id,
                Version = version,
                Name = draft.Text("Name"),
                Kind = draft.Choice<LocationKind>("Kind") ?? default,
                Address = draft.Text("Address"),
                Rooms = draft.Count("Rooms", 100),
                IsWheelchairAccessible = draft.YesNo("Wheelchair"),
                Latitude = draft.Degrees("Latitude", 90),
                Longitude = draft.Degrees("Longitude", 180),
                Until = draft.Date("Until"),
            };
            draft.Refuse(draft.Register.Named("locations", made.Name).Any(l => l.Id != id), "Name", "Er is al een locatie met deze naam.");
            return made;
        },
    };

    private static RecordKind FixedMoments { get; } = new("moments", "Vaste momenten", "vast moment")
    {
        Purpose = "De dagdelen waarop een duo elke week gesprekken voert. Een extra dagdeel is een vast moment met dezelfde eerste en laatste dag.",
        Fields =
        [
            Refers("Duo", "Duo", "duos"), Refers("Location", "Locatie", "locations"), OneOf("Day", "Dag", Days),
            new("From", "Van", FieldType.Time, IsRequired: true), new("Until", "Tot", FieldType.Time, IsRequired: true, Hint: "Voor elk gesprek is 110 minuten nodig: 90 voor het gesprek en 20 voor het duo zelf."),
            new("ValidFrom", "Eerste dag", FieldType.Date, IsRequired: true), LastDayOf("ValidUntil"),
        ],
        Table = db => db.Set<FixedMoment>(),
        Values = r => r is FixedMoment m ? [m.DuoId, m.LocationId, m.Day, m.From, m.Until, m.ValidFrom, m.ValidUntil] : [],
        Title = (r, register) => r is FixedMoment m ? $"{DayOf(m)} {m.From:HH\\:mm}, {register.TitleOf("duos", m.DuoId)}, vanaf {m.ValidFrom:dd-MM-yyyy}" : "",
        Until = r => ((FixedMoment)r).ValidUntil,
        Make = MakeMoment,
    };

    private static RecordKind Pauses { get; } = new("pauses", "Uitzonderingen", "uitzondering")
    {
        Purpose = "Dagen waarop een vast moment niet doorgaat.",
        Fields =
        [
            Refers("Moment", "Vast moment", "moments"), new("From", "Eerste dag", FieldType.Date, IsRequired: true),
            new("Until", "Laatste dag", FieldType.Date, IsRequired: true), new("Why", "Reden", Hint: "Zoals: zaal bezet. Schrijf niets over gezondheid."),
        ],
        Table = db => db.Set<MomentPause>(),
        Values = r => r is MomentPause p ? [p.FixedMomentId, p.From, p.Until, p.Why] : [],
        Title = (r, register) => r is MomentPause p ? $"{register.TitleOf("moments", p.FixedMomentId)}: niet van {p.From:dd-MM-yyyy} tot en met {p.Until:dd-MM-yyyy}" : "",
        Until = r => ((MomentPause)r).Until,
        Make = (draft, id, version) =>
        {
            var made = new MomentPause
            {
                Id = id,
                Version = version,
                FixedMomentId = draft.Reference("Moment"),
                From = draft.Date("From") ?? default,
                Until = draft.Date("Until") ?? default,
                Why = draft.Optional("Why"),
            };
            draft.RefuseReversed(made.From, made.Until, "Until");
            return made;
        },
    };

    private static RecordKind Absences { get; } = new("absences", "Afwezigheid", "afwezigheid")
    {
        Purpose = "Dagen waarop een verkenner er niet is. Waarom staat er niet bij: ziekte schrijven we niet op.",
        Fields =
        [
            Refers("Professional", "Verkenner", "professionals"), new("From", "Eerste dag", FieldType.Date, IsRequired: true),
            new("Until", "Laatste dag", FieldType.Date, Hint: "Leeg zolang die niet bekend is."),
        ],
        Table = db => db.Set<Absence>(),
        Values = r => r is Absence a ? [a.ProfessionalId, a.From, a.Until] : [],
        Title = (r, register) => r is Absence a ? $"{NameOf(register, a.ProfessionalId)}, vanaf {a.From:dd-MM-yyyy}" : "",
        Until = r => ((Absence)r).Until,
        Make = (draft, id, version) =>
        {
            var made = new Absence { Id = id, Version = version, ProfessionalId = draft.Reference("Professional"), From = draft.Date("From") ?? default, Until = draft.Date("Until") };
            draft.RefuseReversed(made.From, made.Until, "Until");
            return made;
        },
    };

    private static RecordKind Holidays { get; } = new("holidays", "Vrije dagen", "vrije dag")
    {
        Purpose = "Dagen waarop de hele regio geen gesprekken voert. De landelijke feestdagen kent het systeem zelf.",
        Fields =
        [
            new("Name", "Naam", IsRequired: true) { Longest = 100 }, new("From", "Eerste dag", FieldType.Date, IsRequired: true),
            new("Until", "Laatste dag", FieldType.Date, IsRequired: true),
        ],
        Table = db => db.Set<Holiday>(),
        Values = r => r is Holiday h ? [h.Name, h.From, h.Until] : [],
        Title = (r, _) => r is Holiday h ? $"{h.Name}, vanaf {h.From:dd-MM-yyyy}" : "",
        Until = r => ((Holiday)r).Until,
        Make = (draft, id, version) =>
        {
            var made = new Holiday { Id = id, Version = version, Name = draft.Text("Name"), From = draft.Date("From") ?? default, Until = draft.Date("Until") ?? default };
            draft.RefuseReversed(made.From, made.Until, "Until");
            return made;
        },
    };

    private static Duo MakeDuo(Draft draft, Guid id, int version)
    {
        var made = new Duo
        {
            Id = id,
            Version = version,
            MentalHealthProfessionalId = draft.Reference("MentalHealth"),
            SocialDomainProfessionalId = draft.Reference("SocialDomain"),
            MetOn = draft.Date("MetOn"),
            Until = draft.Date("Until"),
        };
        var one = draft.Register.Find("professionals", made.MentalHealthProfessionalId) as Professional;
        var other = draft.Register.Find("professionals", made.SocialDomainProfessionalId) as Professional;
        draft.Refuse(one?.Discipline is Discipline.SocialDomain, "MentalHealth", "Deze verkenner is van het sociaal domein. Kies iemand van de GGZ.");
        draft.Refuse(other?.Discipline is Discipline.MentalHealth, "SocialDomain", "Deze verkenner is van de GGZ. Kies iemand van het sociaal domein.");
        draft.Refuse(one is not null && one.OrganisationId == other?.OrganisationId, "SocialDomain", "De twee werken bij dezelfde organisatie. Kies iemand van een andere organisatie.");
        draft.Refuse(one is not null && other is not null && one.IsSamePerson(other), "SocialDomain", "De twee hebben dezelfde inlognaam. Een duo bestaat uit twee mensen: kies iemand anders.");
        draft.Refuse(
            draft.Register.Of<Duo>().Any(d => d.Id != id && d.MentalHealthProfessionalId == one?.Id && d.SocialDomainProfessionalId == other?.Id && d.Until is null),
            "SocialDomain", "Dit duo staat er al.");
        return made;
    }

    private static FixedMoment MakeMoment(Draft draft, Guid id, int version)
    {
        var made = new FixedMoment
        {
            Id = id,
            Version = version,
            DuoId = draft.Reference("Duo"),
            LocationId = draft.Reference("Location"),
            Day = draft.Choice<DayOfWeek>("Day") ?? default,
            From = draft.Time("From"),
            Until = draft.Time("Until"),
            ValidFrom = draft.Date("ValidFrom") ?? default,
            ValidUntil = draft.Date("ValidUntil"),
        };
        draft.Refuse(made.Until.ToTimeSpan() - made.From.ToTimeSpan() < Matcher.Slot, "Until", "Dit dagdeel is te kort. Voor een gesprek is 110 minuten nodig.");
        draft.RefuseReversed(made.ValidFrom, made.ValidUntil, "ValidUntil");
        var two = draft.Register.Find("duos", made.DuoId) is Duo duo ? new[] { duo.MentalHealthProfessionalId, duo.SocialDomainProfessionalId } : [];
        var clash = draft.Register.Of<FixedMoment>().FirstOrDefault(
            m => m.Id != id && Overlaps(m, made) && draft.Register.Find("duos", m.DuoId) is Duo other && two.Any(other.IsOf));
        draft.Refuse(clash is not null, "From", $"Een van de twee is dan al bezet: {(clash is null ? "" : draft.Register.TitleOf("moments", clash.Id))}.");
        return made;
    }

    private static bool Overlaps(FixedMoment one, FixedMoment other) =>
        one.Day == other.Day && one.From < other.Until && other.From < one.Until && !(one.ValidFrom > other.ValidUntil) && !(other.ValidFrom > one.ValidUntil);

    private static string NameOf(Register register, Guid professionalId) => (register.Find("professionals", professionalId) as Professional)?.Name ?? "onbekend";

    private static string DayOf(FixedMoment moment) => Days.First(d => d.Item1 == moment.Day.ToString()).Item2;
}
