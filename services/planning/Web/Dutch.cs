using System.Globalization;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.Planning.Journey;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Web;

/// <summary>What planners and professionals read.</summary>
internal static class Dutch
{
    private static readonly CultureInfo Netherlands = CultureInfo.GetCultureInfo("nl-NL");
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    internal static string Moment(DateTimeOffset at) => Local(at).ToString("dddd d MMMM yyyy, HH:mm 'uur'", Netherlands);

    internal static string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", Netherlands);

    /// <summary>How people call a referral: never a name, on a list that others can see.</summary>
    internal static string Code(Guid referralId) => ReferralJourney.CodeOf(referralId);

    internal static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>What to know of a week in which summer time begins or ends; null in any other.</summary>
    internal static string? ClockChange(DateOnly monday)
    {
        var sunday = monday.AddDays(6);
        var (before, after) = (Amsterdam.GetUtcOffset(sunday.ToDateTime(TimeOnly.MinValue)), Amsterdam.GetUtcOffset(sunday.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        return before == after ? null
            : $"In de nacht voor {DayName(sunday)} gaat de klok een uur {(after > before ? "vooruit" : "terug")}. Vaste momenten en afspraken houden de tijd die hier staat.";
    }

    internal static string Size(int bytes) => bytes < 1_000_000
        ? string.Create(Netherlands, $"{Math.Max(1, bytes / 1_000)} kB")
        : string.Create(Netherlands, $"{bytes / 1_000_000.0:0.0} MB");

    internal static string Waiting(DateTimeOffset since, DateTimeOffset now) => (int)(Local(now).Date - Local(since).Date).TotalDays switch
    {
        0 => "vandaag",
        1 => "1 dag",
        var days => $"{days} dagen",
    };

    internal static string DayName(DateTimeOffset at) => Local(at).ToString("dddd d MMMM", Netherlands);

    internal static string DayName(DateOnly day) => day.ToString("dddd d MMMM", Netherlands);

    internal static string BadgeOf(Light light) => light switch
    {
        Light.Late => "danger",
        Light.Soon => "warning",
        _ => "success",
    };

    // The word says it too: a colour alone is not seen by everybody.
    internal static string Of(WaitingTime waiting) => waiting.Light switch
    {
        Light.Late => $"te laat: {waiting.Norm}",
        Light.Soon => $"bijna te laat: {waiting.Norm}",
        _ => $"op tijd: {waiting.Norm}",
    };

    internal static string Of(Stage stage) => stage switch
    {
        Stage.AwaitingMatch => "Zoekt een duo",
        Stage.AwaitingSchedule => "Bellen en plannen",
        Stage.AwaitingConversation => "Afspraak gepland",
        Stage.AwaitingAdvice => "Gesprek gevoerd",
        Stage.AwaitingReturn => "Advies op weg naar de huisarts",
        Stage.Completed => "Klaar",
        Stage.Closed => "Gestopt",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    internal static string Of(Step step) => step switch
    {
        Step.AssignmentProposed => "Duo, moment en plek voorgesteld",
        Step.ConversationScheduled => "Afspraak gepland",
        Step.ConversationHeld => "Gesprek gevoerd",
        Step.AdviceSigned => "Advies ondertekend",
        Step.AdviceReturned => "Advies ontvangen door de huisarts",
        Step.ReferrerWithdrew => "Ingetrokken door de huisarts",
        Step.PlanningStarted => "In behandeling genomen",
        Step.ResidentReached => "Gebeld: gesproken",
        Step.ResidentNotReached => "Gebeld: niet bereikt",
        Step.InformationRequested => "Gevraagd aan de huisarts",
        Step.ConversationRescheduled => "Afspraak verzet",
        Step.ProfessionalReplaced => "Verkenner vervangen",
        Step.NotAttended => "De inwoner kwam niet",
        Step.WishesTold => "Wensen van de inwoner vastgelegd",
        Step.Paused => "Gepauzeerd",
        Step.Resumed => "Weer opgepakt",
        Step.ResidentWithdrew => "De inwoner wil geen gesprek",
        Step.Closed => "Afgesloten",
        Step.ProfessionalAgreed => "Verkenner zei ja tegen het voorstel",
        Step.ProfessionalDeclined => "Verkenner zei nee tegen het voorstel",
        Step.AssignmentAccepted => "Beide verkenners zeiden ja",
        Step.LetterStuck => "Een brief komt niet aan bij de huisarts",
        Step.LetterSettled => "De brief is aangekomen, of hoeft niet meer weg",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>What a code in the note of a step says; null where a person wrote it.</summary>
    internal static string? NoteOf(Step step, string note) => step switch
    {
        Step.InformationRequested => MissingOf(note),
        Step.LetterStuck => Of(StuckLetter.Read(note)),
        _ => null,
    };

    internal static string Of(StuckLetter letter)
    {
        var what = letter.Kind switch
        {
            LetterKind.Correction => "De verbeterde brief met het advies",
            LetterKind.ClosingNote => "De brief dat er geen gesprek kwam",
            LetterKind.Retraction => "De terugname van de brief",
            LetterKind.Supersession => "Het bericht dat de oude brief is vervangen,",
            LetterKind.DraftReferral => "De concept-verwijzing bij het advies",
            LetterKind.DraftRevocation => "Het bericht dat de concept-verwijzing is vervallen,",
            _ => "Een brief",
        };
        return letter.Reason is "no-connection"
            ? $"{what} kan niet vanzelf naar de huisarts: deze praktijk heeft geen koppeling. De manager geeft de brief zelf door."
            : $"{what} komt niet aan bij de huisarts. Bel de praktijk.";
    }

    internal static string Of(PlannerAction action) => action switch
    {
        PlannerAction.Take => "in behandeling nemen",
        PlannerAction.Call => "een telefoontje vastleggen",
        PlannerAction.AskInformation => "de huisarts iets vragen",
        PlannerAction.Book => "een afspraak plannen",
        PlannerAction.Move => "de afspraak verzetten",
        PlannerAction.Replace => "een verkenner vervangen",
        PlannerAction.Wish => "wensen van de inwoner vastleggen",
        PlannerAction.Miss => "vastleggen dat de inwoner niet kwam",
        PlannerAction.Withdraw => "vastleggen dat de inwoner geen gesprek wil",
        PlannerAction.Close => "afsluiten",
        PlannerAction.Pause => "pauzeren",
        PlannerAction.Resume => "weer oppakken",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    /// <summary>What a huisarts can be asked for.</summary>
    internal static IReadOnlyDictionary<string, string> Missing { get; } = new Dictionary<string, string>
    {
        ["telephone"] = "een telefoonnummer dat werkt",
        ["language"] = "de taal van de inwoner",
        ["reason"] = "waarom een verkennend gesprek",
        ["address"] = "het adres",
        ["safety"] = "of het veilig is",
    };

    /// <summary>The form on the page of a referral that a field belongs to.</summary>
    internal static string FormOf(string field) => field switch
    {
        "Call" or "CallBackOn" or "CallBackAt" or "IsReached" => "f-Call",
        "PauseUntil" => "f-Pause",
        "" or "Undo" => "inhoud",
        _ => $"f-{field}",
    };

    /// <summary>What was done, for who did it.</summary>
    internal static string? Done(string form, bool isBooked, Step? last) => form switch
    {
        "Choice" when isBooked && last is Step.ConversationRescheduled => "De afspraak is verzet.",
        "Choice" when isBooked => "De afspraak is gepland. De huisarts ziet dit in het eigen systeem.",
        "Take" => "U hebt deze verwijzing in behandeling.",
        "Call" => "Het telefoontje is vastgelegd.",
        "Ask" => "De vraag gaat naar de huisarts.",
        "Wishes" => "De wensen zijn bewaard.",
        "Pause" => "De verwijzing is gepauzeerd.",
        "Resume" => "De verwijzing loopt weer.",
        "Withdraw" => "Vastgelegd: de inwoner wil geen gesprek.",
        "Close" => "De verwijzing is afgesloten.",
        "Miss" => "Vastgelegd: de inwoner kwam niet. Plan een nieuw gesprek, of sluit af.",
        "Replace" => "De verkenner is vervangen.",
        "Undo" => "Het is ongedaan gemaakt.",
        _ => null,
    };

    internal static string Seconds(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", Netherlands);

    internal static string Distance(double? kilometres) => kilometres is { } km ? $"Op {km.ToString("0.0", Netherlands)} km van de inwoner" : "Afstand onbekend";

    internal static string MissingOf(string? codes) =>
        string.Join(", ", (codes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => Missing.GetValueOrDefault(c, c)));

    internal static string Closed(string? reason) => reason switch
    {
        ClosingReason.WithdrawnByReferrer => "Ingetrokken door de huisarts",
        ClosingReason.EnteredInError => "De huisarts stuurde deze verwijzing per ongeluk",
        ClosingReason.WithdrawnByResident => "De inwoner wil geen gesprek",
        ClosingReason.Unreachable => "De inwoner was niet te bereiken",
        ClosingReason.NotAttended => "De inwoner kwam niet",
        ClosingReason.OutsideRegion => "De inwoner woont buiten de regio",
        ClosingReason.Duplicate => "Er was al een verwijzing",
        ClosingReason.Deceased => "De inwoner is overleden",
        _ => "Afgewezen",
    };

    internal static string Of(string criterion) => criterion switch
    {
        "basiszorg-onvoldoende" => "Zorg van de huisarts of de basis-GGZ is niet genoeg",
        "sociale-problematiek" => "Er spelen sociale problemen mee",
        "twijfel-ggz-of-eerder-onvoldoende" => "Twijfel over GGZ, of eerdere behandeling hielp niet genoeg",
        "behandelwens-wijkt-af" => "De wens van de inwoner is anders dan het advies van de huisarts",
        "twijfel" => "Twijfel",
        _ => criterion,
    };

    internal static string LanguageName(string? code) => code?.Split('-')[0].ToLowerInvariant() switch
    {
        null or "" => "onbekend",
        "ar" => "Arabisch",
        "ber" or "zgh" or "rif" => "Berbers",
        "bg" => "Bulgaars",
        "de" => "Duits",
        "en" => "Engels",
        "es" => "Spaans",
        "fa" => "Perzisch",
        "fr" => "Frans",
        "hu" => "Hongaars",
        "it" => "Italiaans",
        "ku" => "Koerdisch",
        "nl" => "Nederlands",
        "pap" => "Papiaments",
        "pl" => "Pools",
        "pt" => "Portugees",
        "ro" => "Roemeens",
        "ru" => "Russisch",
        "so" => "Somalisch",
        "ti" => "Tigrinya",
        "tr" => "Turks",
        "uk" => "Oekraïens",
        "zh" => "Chinees",
        _ => code!,
    };

    /// <summary>A day and time of Europe/Amsterdam as an instant; a time that summer time skips is an hour later.</summary>
    internal static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        local = Amsterdam.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, Amsterdam.GetUtcOffset(local)).ToUniversalTime();
    }

    private static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Amsterdam).DateTime;
}
