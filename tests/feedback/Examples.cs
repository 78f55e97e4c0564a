using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.Tests;

/// <summary>Invented people, and what they said.</summary>
internal static class Examples
{
    public const string Situation = "Ik slaap slecht sinds de scheiding en kom mijn huis bijna niet meer uit.";
    public static readonly Guid PracticeId = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000a001");
    public static readonly DateTimeOffset Day = new(2026, 12, 8, 9, 0, 0, TimeSpan.Zero);

    public static readonly Guid MentalHealth = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000b001");
    public static readonly Guid SocialDomain = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000b002");

    public static ConversationHeld Held(Guid? referralId = null) => new()
    {
        ReferralId = referralId ?? Guid.NewGuid(),
        Sequence = 4,
        OccurredAt = Day.AddMinutes(80),
        ConversationId = Guid.NewGuid(),
        StartsAt = Day,
        EndsAt = Day.AddMinutes(75),
        Professionals =
        [
            new(MentalHealth, "mental-health", "ggz"),
            new(SocialDomain, "social-domain", "sociaal"),
        ],
    };

    public static object Recipient(Guid referralId, Uri? fhirBase, string delivery = "Put", Guid? practiceId = null, object? ended = null,
        bool takesTransactions = false) => new
        {
            referralId,
            identifierSystem = "https://his.example.nl/verwijzing",
            identifierValue = $"V-{referralId.ToString()[..8]}",
            practice = new
            {
                id = practiceId ?? PracticeId,
                name = "Huisartsenpraktijk De Verzonnen Brug",
                agb = "01999999",
                ura = (string?)null,
                fhirBase,
                delivery,
                takesTransactions,
            },
            referrer = "dr. A. Verzinsel",
            resident = new
            {
                name = FeedbackHost.Resident,
                bsn = FeedbackHost.Bsn,
                birthDate = "1984-02-29",
                patientReference = "https://his.example.nl/fhir/Patient/77",
            },
            ended,
        };

    public static object Conversation(ConversationHeld held) => new
    {
        held.ConversationId,
        held.ReferralId,
        held.StartsAt,
        held.EndsAt,
        location = new { name = "Buurthuis De Schakel", address = "Verzonnenlaan 12, 1185 ZZ Amstelveen" },
        professionals = new[]
        {
            new { professionalId = MentalHealth, discipline = "mental-health", name = "Noor van den Bedachten", profession = "POH-GGZ", organisation = "GGZ De Verbeelding", telephone = "020 999 00 01", login = "ggz" },
            new { professionalId = SocialDomain, discipline = "social-domain", name = "Özgür Fictief", profession = "Maatschappelijk werker", organisation = "Welzijn Verzonnen", telephone = "020 999 00 02", login = "sociaal" },
        },
    };

    public static Advice AnAdvice(AdviceText? text = null, bool? sharesWithGp = true, bool isSigned = true, ProposedReferral? proposed = null)
    {
        var held = Held(Guid.Parse("5d2f6a4e-0000-4000-8000-00000000c001"));
        var advice = Advice.Open(
            held.ReferralId, (Guid.Parse("5d2f6a4e-0000-4000-8000-00000000d001"), held.StartsAt, held.EndsAt),
            (new Author(MentalHealth, "ggz"), new Author(SocialDomain, "sociaal")), Day.AddHours(2));
        advice.Write(text ?? Text, proposed ?? new(), SocialDomain, Day.AddHours(3));
        if (sharesWithGp is { } shares && (isSigned || !shares))
        {
            advice.Answer(new() { Opinion = Opinion.Agrees, SharesWithGp = shares, AnsweredBy = "ggz" }, Day.AddHours(3));
        }

        if (isSigned)
        {
            advice.Sign("ggz", Day.AddHours(4));
            advice.Sign("sociaal", Day.AddHours(5));
        }

        return advice;
    }

    public static AdviceText Text { get; } = new()
    {
        Situation = Situation + " Op het werk lukt het ook niet meer goed.\n\nMijn huisarts dacht aan een depressie, maar zelf denk ik dat het vooral eenzaamheid is.",
        Strengths = "Mevrouw tuiniert graag en heeft een goede band met haar zus. De buurvrouw komt elke week koffie drinken.",
        Wishes = "Weer onder de mensen komen. Beter slapen. Geen medicijnen, in elk geval nu niet.",
        Self = "Elke dag een half uur naar buiten.",
        SocialDomain = "De tuingroep van het buurthuis, woensdag om 10.00 uur.",
        GeneralPractitioner = "Na zes weken samen kijken hoe het slapen gaat.",
        Agreements = "Özgür gaat de eerste keer mee naar de tuingroep. Noor belt over twee weken. Daarna beslist mevrouw zelf hoe het verder gaat.",
    };

    public static AdviceLetter ALetter(AdviceText? text = null, bool? sharesWithGp = true, ProposedReferral? proposed = null, string? agb = "01999999")
    {
        var advice = AnAdvice(text, sharesWithGp, proposed: proposed);
        return new(advice, advice.Editions[^1], ARecipient(agb), AConversation()) { WithBsn = true };
    }

    /// <summary>With what the resident said of it.</summary>
    public static AdviceLetter ALetter(ResidentMark mark)
    {
        var advice = AnAdvice(sharesWithGp: null, isSigned: false);
        advice.Answer(mark, Day.AddHours(3));
        advice.Sign("ggz", Day.AddHours(4));
        advice.Sign("sociaal", Day.AddHours(5));
        return new(advice, advice.Editions[^1], ARecipient(), AConversation()) { WithBsn = true };
    }

    public static Recipient ARecipient(string? agb = "01999999") => new()
    {
        IdentifierSystem = "https://his.example.nl/verwijzing",
        IdentifierValue = "V-2026-000123",
        Practice = new Practice
        {
            Id = PracticeId.ToString(),
            Name = "Huisartsenpraktijk De Verzonnen Brug",
            Agb = agb,
            FhirBase = "https://his.example.nl/fhir",
        },
        Referrer = "dr. A. Verzinsel",
        Resident = new Recipient.Person
        {
            Name = FeedbackHost.Resident,
            Bsn = FeedbackHost.Bsn,
            BirthDate = new DateOnly(1984, 2, 29),
            PatientReference = "https://his.example.nl/fhir/Patient/77",
        },
    };

    public static HeldConversation AConversation() => new()
    {
        ConversationId = Guid.Parse("5d2f6a4e-0000-4000-8000-00000000d001"),
        StartsAt = Day,
        EndsAt = Day.AddMinutes(75),
        Location = new("Buurthuis De Schakel", "Verzonnenlaan 12, 1185 ZZ Amstelveen"),
        Professionals =
        [
            new()
            {
                ProfessionalId = MentalHealth, Discipline = "mental-health", Name = "Noor van den Bedachten", Profession = "POH-GGZ",
                Organisation = "GGZ De Verbeelding", Telephone = "020 999 00 01",
            },
            new()
            {
                ProfessionalId = SocialDomain, Discipline = "social-domain", Name = "Özgür Fictief", Profession = "Maatschappelijk werker",
                Organisation = "Welzijn Verzonnen", Telephone = "020 999 00 02",
            },
        ],
    };
}
