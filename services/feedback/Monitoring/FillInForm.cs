using VGIntegration.Feedback.Advising;

namespace VGIntegration.Feedback.Monitoring;

/// <summary>What one of the duo typed, also when it could not be saved. Codes of <see cref="Choices"/>; anything else is not chosen.</summary>
internal sealed class FillInForm
{
    public int Version { get; set; }
    public string? Place { get; set; }
    public string? Setting { get; set; }
    public string[] Company { get; set; } = [];
    public string[] NextSteps { get; set; } = [];
    public string? Own { get; set; }
    public string? Learned { get; set; }
    public bool WithoutResident { get; set; }
    public bool WithoutPartner { get; set; }
    public string? Reason { get; set; }

    public int? OwnExperience => Own is [>= '1' and <= '5' and var score] ? score - '0' : null;

    public string ReasonText => NoNames.Clean(Reason);

    public static FillInForm Of(Held held) => held.Form is not { } form ? new() : new()
    {
        Version = form.DuoVersion,
        Place = Choices.Places.Of(form.Duo.Place)?.Code,
        Setting = Choices.Settings.Of(form.Duo.Setting)?.Code,
        Company = [.. Choices.Companies.In(form.Duo.Company).Select(c => c.Code)],
        NextSteps = [.. Choices.Steps.In(form.Duo.NextSteps).Select(c => c.Code)],
        Own = form.ExperienceOf(held.Me)?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Learned = form.Duo.Learned,
    };

    public DuoAnswers Answers() => new()
    {
        Place = Choices.Places.WithCode(Place)?.Value,
        Setting = Choices.Settings.WithCode(Setting)?.Value,
        Company = Company.Aggregate(Monitoring.Company.None, (all, code) => all | (Choices.Companies.WithCode(code)?.Value ?? default)),
        NextSteps = NextSteps.Aggregate(Monitoring.NextSteps.None, (all, code) => all | (Choices.Steps.WithCode(code)?.Value ?? default)),
        Learned = NoNames.Clean(Learned),
    };

    /// <summary>What may be missing, because this one says that it is not to be had.</summary>
    public IReadOnlyCollection<Missing> NotToBeHad(Held held) =>
        [.. WithoutResident ? new[] { Missing.ResidentTurn } : [], .. WithoutPartner ? new[] { held.OtherMissing } : []];

    /// <summary>What stands in the way: always what may not be stored, and what is missing only when the form is to be finished.</summary>
    public IEnumerable<(string Field, string Dutch)> Faults(Held held, bool isFinishing)
    {
        var answers = Answers();
        if (answers.Contradicts)
        {
            yield return ("NextSteps", "U kiest “geen vervolg” of “nog niet bekend”, en ook iets anders. Kies een van de twee.");
        }

        if (NoNames.Fault(answers.Learned) is { } inLearned)
        {
            yield return ("Learned", inLearned);
        }

        if (held.Form?.IsSent is true && (ReasonText is "" ? "Schrijf kort waarom u dit verbetert." : NoNames.Fault(ReasonText)) is { } inReason)
        {
            yield return ("Reason", inReason);
        }

        foreach (var missing in isFinishing ? WhatIsMissing(held, answers) : [])
        {
            yield return missing;
        }
    }

    private IEnumerable<(string Field, string Dutch)> WhatIsMissing(Held held, DuoAnswers answers)
    {
        foreach (var missing in answers.Missing.Where(m => m is not Missing.NextSteps || !answers.Contradicts))
        {
            yield return missing switch
            {
                Missing.Place => ("Place", "Kies waar het gesprek was."),
                Missing.Setting => ("Setting", "Kies hoe u elkaar sprak."),
                _ => ("NextSteps", "Kies hoe de inwoner verdergaat. Weet u het niet? Kies dan “nog niet bekend”."),
            };
        }

        if (held.Form?.IsSent is true)
        {
            yield break; // a correction: who was not heard then need not be heard now
        }

        if (OwnExperience is null)
        {
            yield return ("Own", "Kies hoe u het gesprek zelf vond.");
        }

        if (held.Form?.HasTurn is not true && !WithoutResident)
        {
            yield return ("WithoutResident", "De inwoner heeft nog niets ingevuld. Geef eerst het scherm aan de inwoner. Kan dat niet? Kruis dat dan aan.");
        }

        if (held.Form?.ExperienceOf(held.Other) is null && !WithoutPartner)
        {
            yield return ("WithoutPartner", "Uw duopartner heeft de eigen ervaring nog niet ingevuld. Bewaar, en laat uw duopartner versturen. Kan dat niet? Kruis dat dan aan.");
        }
    }
}
