using System.Net.Mail;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace VGIntegration.Planning.Registry.Keeping;

internal static partial class Kinds
{
    private static RecordKind Organisations { get; } = new("organisations", "Organisaties", "organisatie")
    {
        Purpose = "Waar verkenners werken. De twee van een duo komen van verschillende organisaties.",
        Fields =
        [
            new("Name", "Naam", IsRequired: true),
            OneOf("Domain", "Kant", Sides, isRequired: false, hint: "Laat leeg als er aan beide kanten mensen werken."),
            LastDayOf(),
        ],
        Table = db => db.Set<Organisation>(),
        Values = r => r is Organisation o ? [o.Name, o.Domain, o.Until] : [],
        Title = (r, _) => ((Organisation)r).Name,
        Until = r => ((Organisation)r).Until,
        Make = (draft, id, version) =>
        {
            var made = new Organisation { Id = id, Version = version, Name = draft.Text("Name"), Domain = draft.Choice<Discipline>("Domain"), Until = draft.Date("Until") };
            draft.Refuse(draft.Register.Named("organisations", made.Name).Any(o => o.Id != id), "Name", "Er is al een organisatie met deze naam.");
            return made;
        },
    };

    private static RecordKind Agreements { get; } = new("agreements", "Geheimhouding", "afspraak over geheimhouding")
    {
        Purpose = "Afspraken over geheimhouding en het delen van informatie tussen twee organisaties. Een duo wordt alleen gepland op dagen waarop hun afspraak geldt.",
        Fields =
        [
            Refers("One", "De ene organisatie", "organisations"), Refers("Other", "De andere organisatie", "organisations"),
            new("From", "Eerste dag", FieldType.Date, IsRequired: true), LastDayOf(),
        ],
        Table = db => db.Set<Agreement>(),
        Values = r => r is Agreement a ? [a.OneOrganisationId, a.OtherOrganisationId, a.From, a.Until] : [],
        Title = (r, register) => r is Agreement a ? $"{register.Name(a.OneOrganisationId)} met {register.Name(a.OtherOrganisationId)}, vanaf {a.From:dd-MM-yyyy}" : "",
        Until = r => ((Agreement)r).Until,
        Make = (draft, id, version) =>
        {
            var made = new Agreement
            {
                Id = id,
                Version = version,
                OneOrganisationId = draft.Reference("One"),
                OtherOrganisationId = draft.Reference("Other"),
                From = draft.Date("From") ?? default,
                Until = draft.Date("Until"),
            };
            draft.Refuse(made.OneOrganisationId == made.OtherOrganisationId && made.OneOrganisationId != Guid.Empty, "Other", "Kies twee verschillende organisaties.");
            draft.RefuseReversed(made.From, made.Until, "Until");
            return made;
        },
    };

    private static RecordKind Roles { get; } = new("roles", "Rollen", "rol")
    {
        Purpose = "Welke rollen in deze regio meetellen, en aan welke kant. Staat hier niets, dan telt elke rol mee.",
        Fields = [new("Name", "Rol", IsRequired: true) { Longest = 100 }, OneOf("Discipline", "Kant", Sides), LastDayOf()],
        Table = db => db.Set<Role>(),
        Values = r => r is Role o ? [o.Name, o.Discipline, o.Until] : [],
        Title = (r, _) => r is Role o ? $"{o.Name} ({(o.Discipline is Discipline.MentalHealth ? "GGZ" : "sociaal domein")})" : "",
        Until = r => ((Role)r).Until,
        Make = (draft, id, version) =>
        {
            var made = new Role { Id = id, Version = version, Name = draft.Text("Name"), Discipline = draft.Choice<Discipline>("Discipline") ?? default, Until = draft.Date("Until") };
            draft.Refuse(
                draft.Register.Of<Role>().Any(o => o.Id != id && o.Discipline == made.Discipline && string.Equals(o.Name, made.Name, StringComparison.OrdinalIgnoreCase)),
                "Name", "Deze rol staat er al, aan deze kant.");
            return made;
        },
    };

    private static RecordKind Professionals { get; } = new("professionals", "Verkenners", "verkenner")
    {
        Purpose = "Wie het gesprek mag voeren. Wat nog ontbreekt, staat erbij; niemand wordt stil overgeslagen.",
        Fields =
        [
            new("Name", "Naam", IsRequired: true),
            OneOf("Discipline", "Kant", Sides),
            new("Profession", "Rol", IsRequired: true, Hint: "Een rol die in deze regio aan die kant meetelt.") { Longest = 100 },
            Refers("Organisation", "Organisatie", "organisations"),
            new("Telephone", "Telefoon van het werk", FieldType.Telephone, IsRequired: true, Hint: "De inwoner belt dit nummer met vragen na het gesprek.") { Longest = 30 },
            new("Email", "E-mail van het werk", FieldType.Email, Hint: "Hier gaan de uitnodigingen heen."),
            new("Login", "Inlognaam", IsRequired: true),
            new("Languages", "Talen", FieldType.Languages, IsRequired: true, Hint: "Taalcodes met een spatie ertussen, zoals nl tr ar."),
            new("ELearning", "E-learning gedaan op", FieldType.Date),
            new("Training", "Training gedaan op", FieldType.Date, Hint: "Vanaf de dag na de e-learning en de training kan iemand worden gepland."),
            new("RegisteredUntil", "Registratie tot en met", FieldType.Date, Hint: "Laatste dag van de inschrijving in het beroepsregister. Leeg als die er niet is."),
            YesNo("SupportStaff", "Ondersteuning weet ervan", "Receptie en secretariaat zijn op de hoogte."),
            YesNo("Research", "Kan het onderzoek uitleggen"),
            YesNo("Evaluation", "Weet hoe te evalueren en te registreren"),
            YesNo("Counting", "Houdt bij hoeveel gesprekken er zijn"),
            LastDayOf(),
        ],
        Table = db => db.Set<Professional>(),
        Values = r => r is Professional p
            ? [p.Name, p.Discipline, p.Profession, p.OrganisationId, p.Telephone, p.Email, p.Login, p.Languages, p.ELearningDoneOn, p.TrainingDoneOn,
                p.RegisteredUntil, p.HasInformedSupportStaff, p.CanIntroduceResearch, p.CanEvaluateAndRegister, p.KeepsCount, p.Until]
            : [],
        Title = (r, register) => r is Professional p ? $"{p.Name} ({register.Name(p.OrganisationId)})" : "",
        Until = r => ((Professional)r).Until,
        Make = MakeProfessional,
    };

    private static Professional MakeProfessional(Draft draft, Guid id, int version)
    {
        var made = new Professional
        {
            Id = id,
            Version = version,
            Name = draft.Text("Name"),
            Discipline = draft.Choice<Discipline>("Discipline") ?? default,
            Profession = draft.Text("Profession"),
            OrganisationId = draft.Reference("Organisation"),
            Telephone = draft.Text("Telephone"),
            Email = draft.Optional("Email"),
            Login = draft.Text("Login"),
            Languages = LanguagesOf(draft),
            ELearningDoneOn = draft.Date("ELearning"),
            TrainingDoneOn = draft.Date("Training"),
            RegisteredUntil = draft.Date("RegisteredUntil"),
            HasInformedSupportStaff = draft.YesNo("SupportStaff"),
            CanIntroduceResearch = draft.YesNo("Research"),
            CanEvaluateAndRegister = draft.YesNo("Evaluation"),
            KeepsCount = draft.YesNo("Counting"),
            Until = draft.Date("Until"),
        };
        var roles = draft.Register.Of<Role>().Where(r => r.Discipline == made.Discipline).ToList();
        draft.Refuse(
            made.Profession.Length > 0 && draft.Register.Of<Role>().Any() && !roles.Exists(r => string.Equals(r.Name, made.Profession, StringComparison.OrdinalIgnoreCase)),
            "Profession", $"Deze rol telt aan deze kant niet mee. Kies uit: {string.Join(", ", roles.Select(r => r.Name))}.");
        draft.Refuse(made.Telephone.Length > 0 && !IsDialable(made.Telephone), "Telephone", "Dit is geen telefoonnummer. Schrijf het zo: 020 555 0101.");
        draft.Refuse(made.Email is { } email && !MailAddress.TryCreate(email, out _), "Email", "Dit is geen e-mailadres. Schrijf het zo: naam@organisatie.nl.");
        var organisation = draft.Register.Find("organisations", made.OrganisationId) as Organisation;
        draft.Refuse(organisation?.Domain is { } domain && domain != made.Discipline, "Organisation", "Deze organisatie werkt aan de andere kant. Kies een andere organisatie of een andere kant.");
        draft.Refuse(
            PartnersOf(id, draft.Register).Any(made.IsSamePerson),
            "Login", "De ander in een duo van deze verkenner heeft dezelfde inlognaam. Een duo bestaat uit twee mensen: geef ieder een eigen inlognaam.");
        return made;
    }

    private static IEnumerable<Professional> PartnersOf(Guid id, Register register) => register.Of<Duo>().Where(d => d.Until is null && d.IsOf(id))
        .Select(d => register.Find("professionals", d.MentalHealthProfessionalId == id ? d.SocialDomainProfessionalId : d.MentalHealthProfessionalId))
        .OfType<Professional>();

    private static string LanguagesOf(Draft draft)
    {
        var codes = draft.Text("Languages").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        draft.Refuse(codes.Any(c => !LanguageCode().IsMatch(c)), "Languages", "Schrijf taalcodes met een spatie ertussen, zoals nl tr ar.");
        return string.Join(' ', codes.Distinct());
    }

    private static bool IsDialable(string number)
    {
        try
        {
            return PhoneNumberUtil.GetInstance().IsPossibleNumber(PhoneNumberUtil.GetInstance().Parse(number, "NL"));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    // BCP 47, as far as people write it here: a language and perhaps a region.
    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z]{2})?$")]
    private static partial Regex LanguageCode();
}
