using System.Globalization;

namespace VGIntegration.Planning.Choosing;

/// <summary>What a resident reads on the personal page, in plain Dutch (B1, u) and English.</summary>
internal sealed record ResidentWords
{
    /// <summary>The languages a resident can ask for, in their own words.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Languages = new Dictionary<string, string>
    {
        ["nl"] = "Nederlands",
        ["en"] = "English",
        ["ar"] = "العربية",
        ["de"] = "Deutsch",
        ["es"] = "Español",
        ["fa"] = "فارسی",
        ["fr"] = "Français",
        ["pl"] = "Polski",
        ["pt"] = "Português",
        ["ru"] = "Русский",
        ["so"] = "Soomaali",
        ["ti"] = "ትግርኛ",
        ["tr"] = "Türkçe",
        ["uk"] = "Українська",
        ["zh"] = "中文",
    };

    internal static readonly ResidentWords Dutch = new()
    {
        Code = "nl",
        Culture = CultureInfo.GetCultureInfo("nl-NL"),
        Pattern = "dddd d MMMM yyyy, HH:mm 'uur'",
        Skip = "Direct naar de inhoud",
        Product = "Uw gesprek",
        Other = "Read this in English",
        Choose = "Kies een moment",
        ChooseLead = "U krijgt een gesprek met twee mensen: een van de GGZ en een van het sociaal domein. Kies wanneer en waar. Het duurt 60 tot 90 minuten en is gratis.",
        Which = "Welk moment past u?",
        Book = "Maak de afspraak",
        Booked = "Uw afspraak",
        BookedDone = "Uw afspraak staat. U hoeft niets meer te doen.",
        MovedDone = "Uw afspraak is verzet.",
        SavedDone = "Wat u doorgaf, is bewaard.",
        When = "Wanneer",
        Until = "tot",
        Where = "Waar",
        With = "Met wie",
        Wheelchair = "toegankelijk met een rolstoel",
        MoveHeading = "Wilt u een ander moment?",
        Move = "Verzet de afspraak",
        CancelHeading = "Wilt u het gesprek niet meer?",
        CancelLead = "Dan stopt de aanvraag. Uw huisarts krijgt daar bericht van. Wilt u alleen een ander moment? Kies dat dan hierboven.",
        CancelSure = "Ja, ik wil het gesprek niet meer",
        Cancel = "Zeg het gesprek af",
        CancelTick = "Zet eerst een vinkje als u het gesprek echt niet meer wilt.",
        Tell = "Wat wij moeten weten",
        Save = "Bewaar",
        Companion = "Komt er iemand met u mee?",
        CompanionHelp = "Dat mag altijd, en het helpt vaak.",
        NotSaid = "Weet ik nog niet",
        Language = "Welke taal spreekt u het liefst?",
        Needs = "Wat hebt u nodig?",
        Pick = "Kies een van de momenten.",
        Taken = "Dit moment is net door een ander gekozen. Kies een ander moment; hieronder staat wat nu vrij is.",
        Changed = "Er is net iets veranderd. Hieronder staat hoe het nu is.",
        None = "Er is nu geen moment vrij dat wij u kunnen laten kiezen. Wij bellen u.",
        Stopped = "Er is geen gesprek meer gepland. U hoeft niets te doen.",
        Held = "Het gesprek is geweest.",
        Begun = "Het gesprek begint bijna, of is al begonnen. Bel ons als u niet kunt komen.",
        Wrong = "Er klopt nog iets niet",
        Gone = "Deze link werkt niet",
        GoneLead = "Misschien is de link verlopen, of is er iets misgegaan bij het overtypen. Hebt u een brief of e-mail van ons? Bel dan het nummer dat daarin staat.",
        Questions = "Hebt u een vraag?",
        Call = "Bel ons:",
        CallUnknown = "Bel degene die u over dit gesprek belde.",
        CompanionNames = new Dictionary<string, string>
        {
            ["nobody"] = "Nee, ik kom alleen",
            ["partner"] = "Mijn partner",
            ["family"] = "Familie",
            ["friend"] = "Een vriend, vriendin of buur",
            ["care-worker"] = "Een hulpverlener",
            ["other"] = "Iemand anders",
        },
        NeedNames = new Dictionary<string, string>
        {
            ["wheelchair"] = "Ik kom met een rolstoel of rollator",
            ["no-stairs"] = "Ik kan geen trap lopen",
            ["hearing"] = "Ik hoor slecht",
            ["sight"] = "Ik zie slecht",
            ["interpreter"] = "Ik wil graag een tolk",
            ["call-me"] = "Bel mij, ik wil iets bespreken",
        },
    };

    internal static readonly ResidentWords English = new()
    {
        Code = "en",
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        Pattern = "dddd d MMMM yyyy, HH:mm",
        Skip = "Skip to the content",
        Product = "Your conversation",
        Other = "Lees dit in het Nederlands",
        Choose = "Choose a time",
        ChooseLead = "You will have a conversation with two people: one from mental health care and one from social services. Choose when and where. It takes 60 to 90 minutes and is free.",
        Which = "Which time suits you?",
        Book = "Make the appointment",
        Booked = "Your appointment",
        BookedDone = "Your appointment is made. You do not have to do anything else.",
        MovedDone = "Your appointment has been moved.",
        SavedDone = "What you told us has been saved.",
        When = "When",
        Until = "until",
        Where = "Where",
        With = "With whom",
        Wheelchair = "wheelchair accessible",
        MoveHeading = "Would you like another time?",
        Move = "Move the appointment",
        CancelHeading = "Do you no longer want the conversation?",
        CancelLead = "Then the request ends, and your GP is told. Do you only want another time? Choose it above.",
        CancelSure = "Yes, I no longer want the conversation",
        Cancel = "Cancel the conversation",
        CancelTick = "First tick the box if you really no longer want the conversation.",
        Tell = "What we should know",
        Save = "Save",
        Companion = "Is somebody coming with you?",
        CompanionHelp = "You always may, and it often helps.",
        NotSaid = "I do not know yet",
        Language = "Which language do you prefer?",
        Needs = "What do you need?",
        Pick = "Choose one of the times.",
        Taken = "Somebody else has just taken this time. Please choose another; below is what is free now.",
        Changed = "Something has just changed. Below is how it is now.",
        None = "There is no time free at the moment that you can choose. We will call you.",
        Stopped = "There is no conversation planned any more. You do not have to do anything.",
        Held = "The conversation has taken place.",
        Begun = "The conversation is about to begin, or has begun. Please call us if you cannot come.",
        Wrong = "Something is not right yet",
        Gone = "This link does not work",
        GoneLead = "It may have expired, or been typed wrong. Do you have a letter or e-mail from us? Please call the number in it.",
        Questions = "Any questions?",
        Call = "Call us:",
        CallUnknown = "Call the person who called you about this conversation.",
        CompanionNames = new Dictionary<string, string>
        {
            ["nobody"] = "No, I come alone",
            ["partner"] = "My partner",
            ["family"] = "Family",
            ["friend"] = "A friend or neighbour",
            ["care-worker"] = "A care worker",
            ["other"] = "Somebody else",
        },
        NeedNames = new Dictionary<string, string>
        {
            ["wheelchair"] = "I use a wheelchair or walker",
            ["no-stairs"] = "I cannot climb stairs",
            ["hearing"] = "I am hard of hearing",
            ["sight"] = "I have poor sight",
            ["interpreter"] = "I would like an interpreter",
            ["call-me"] = "Call me, I want to discuss something",
        },
    };

    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    public required string Code { get; init; }
    public required CultureInfo Culture { get; init; }
    public required string Pattern { get; init; }
    public required string Skip { get; init; }
    public required string Product { get; init; }
    public required string Other { get; init; }
    public required string Choose { get; init; }
    public required string ChooseLead { get; init; }
    public required string Which { get; init; }
    public required string Book { get; init; }
    public required string Booked { get; init; }
    public required string BookedDone { get; init; }
    public required string MovedDone { get; init; }
    public required string SavedDone { get; init; }
    public required string When { get; init; }
    public required string Until { get; init; }
    public required string Where { get; init; }
    public required string With { get; init; }
    public required string Wheelchair { get; init; }
    public required string MoveHeading { get; init; }
    public required string Move { get; init; }
    public required string CancelHeading { get; init; }
    public required string CancelLead { get; init; }
    public required string CancelSure { get; init; }
    public required string Cancel { get; init; }
    public required string CancelTick { get; init; }
    public required string Tell { get; init; }
    public required string Save { get; init; }
    public required string Companion { get; init; }
    public required string CompanionHelp { get; init; }
    public required string NotSaid { get; init; }
    public required string Language { get; init; }
    public required string Needs { get; init; }
    public required string Pick { get; init; }
    public required string Taken { get; init; }
    public required string Changed { get; init; }
    public required string None { get; init; }
    public required string Stopped { get; init; }
    public required string Held { get; init; }
    public required string Begun { get; init; }
    public required string Wrong { get; init; }
    public required string Gone { get; init; }
    public required string GoneLead { get; init; }
    public required string Questions { get; init; }
    public required string Call { get; init; }
    public required string CallUnknown { get; init; }
    public required IReadOnlyDictionary<string, string> CompanionNames { get; init; }
    public required IReadOnlyDictionary<string, string> NeedNames { get; init; }

    internal static ResidentWords Of(string? code) => code is "en" ? English : Dutch;

    internal string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Amsterdam).ToString(Pattern, Culture);

    internal string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Amsterdam).ToString("HH:mm", Culture);
}
