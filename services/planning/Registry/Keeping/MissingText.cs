namespace VGIntegration.Planning.Registry.Keeping;

internal static class MissingText
{
    /// <summary>As people read it, behind a name.</summary>
    internal static string Text(this Missing missing) => missing switch
    {
        Missing.ELearning => "e-learning ontbreekt",
        Missing.Training => "training ontbreekt",
        Missing.Registration => "de registratie is verlopen",
        Missing.Stopped => "doet niet meer mee",
        Missing.Role => "deze rol telt in deze regio niet mee",
        Missing.Agreement => "afspraak over geheimhouding ontbreekt",
        Missing.OnePerson => "de twee hebben dezelfde inlognaam",
        Missing.DuoStopped => "dit duo is gestopt",
        Missing.Duo => "nog geen maatje",
        Missing.Moments => "nog geen vast moment",
        Missing.Met => "nog niet kennisgemaakt",
        Missing.SupportStaff => "ondersteuning weet het nog niet",
        Missing.Research => "kan het onderzoek nog niet uitleggen",
        Missing.Evaluation => "weet nog niet hoe te evalueren en te registreren",
        Missing.Counting => "houdt het aantal gesprekken nog niet bij",
        _ => throw new ArgumentOutOfRangeException(nameof(missing)),
    };
}
