using VGIntegration.Contracts.Planning;

namespace VGIntegration.Feedback.Tests.Claiming;

/// <summary>Invented organisations and professionals, as planning names them; and settings.</summary>
internal static class ClaimRegion
{
    public static readonly Someone Psychologist = new(1, "Noor van den Bedachten", "mental-health", "GZ-psycholoog", "gz-psycholoog", Id(101));
    public static readonly Someone Nurse = new(2, "=HYPERLINK(\"x\")", "mental-health", "POH-GGZ", "poh-ggz", Id(102));
    public static readonly Someone Colleague = new(3, "Verzonnen Collega", "mental-health", "Psychotherapeut", "psychotherapeut", Id(102));
    public static readonly Someone SocialWorker = new(4, "Özgür Fictief", "social-domain", "Maatschappelijk werker", "maatschappelijk-werker", Id(103));

    public static readonly string[] Tariffs =
    [
        "--Claiming:Tariffs:0:Payer=insurer", "--Claiming:Tariffs:0:Code=VG-1", "--Claiming:Tariffs:0:Euros=87.50",
        "--Claiming:Tariffs:0:From=2025-01-01", "--Claiming:Tariffs:0:Until=2026-11-30",
        "--Claiming:Tariffs:1:Payer=insurer", "--Claiming:Tariffs:1:Code=VG-2", "--Claiming:Tariffs:1:Euros=90",
        "--Claiming:Tariffs:1:From=2026-12-01",
        "--Claiming:Tariffs:2:Payer=municipality", "--Claiming:Tariffs:2:Code=SD-1", "--Claiming:Tariffs:2:Euros=60.25",
        "--Claiming:Tariffs:2:From=2026-01-01",
    ];

    public static Guid Id(int number) => Guid.Parse($"5d2f6a4e-0000-4000-8000-{number:000000000000}");

    public static object Registry { get; } = new
    {
        organisations = new[]
        {
            new { id = Id(101), name = "GGZ De Verbeelding" }, new { id = Id(102), name = "+Praktijk Verzonnen" }, new { id = Id(103), name = "Welzijn Bedacht" },
        },
        professionals = new[] { Psychologist, Nurse, Colleague, SocialWorker }.Select(s => new
        {
            id = s.Id,
            name = s.Name,
            profession = s.Profession,
            professionCode = s.ProfessionCode,
            discipline = s.Discipline,
            organisationId = s.OrganisationId,
        }),
    };

    public static async Task<FeedbackHost> Start(params string[] settings)
    {
        var feedback = await FeedbackHost.Start(settings);
        feedback.Neighbours.Registry = Registry;
        return feedback;
    }

    public static ConversationHeld Held(DateTimeOffset startsAt, Someone? mentalHealth = null, Someone? socialDomain = null) => Examples.Held() with
    {
        StartsAt = startsAt,
        EndsAt = startsAt.AddMinutes(75),
        OccurredAt = startsAt.AddMinutes(80),
        Professionals = [(mentalHealth ?? Psychologist).Partner, (socialDomain ?? SocialWorker).Partner],
    };

    /// <summary>Conversations on these days of 2026, at ten in the morning.</summary>
    public static async Task Hold(this FeedbackHost feedback, Someone mentalHealth, params (int Month, int Day)[] days)
    {
        foreach (var (month, day) in days)
        {
            await feedback.Tell(Held(new DateTimeOffset(2026, month, day, 9, 0, 0, TimeSpan.Zero), mentalHealth), Guid.NewGuid());
        }
    }

    internal sealed record Someone(int Number, string Name, string Discipline, string Profession, string ProfessionCode, Guid OrganisationId)
    {
        public Guid Id => ClaimRegion.Id(Number);

        public ConversationPartner Partner => new(Id, Discipline, $"login-{Number}") { OrganisationId = OrganisationId, ProfessionCode = ProfessionCode };
    }
}
