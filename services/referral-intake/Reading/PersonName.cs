using Hl7.Fhir.Model;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>A Dutch name as people write it: given names, prefix and family name, each once.</summary>
internal static class PersonName
{
    private const string OwnPrefix = "http://hl7.org/fhir/StructureDefinition/humanname-own-prefix";

    internal static string? Of(IReadOnlyList<HumanName> names)
    {
        var name = names.FirstOrDefault(n => n.Use is HumanName.NameUse.Official)
            ?? names.FirstOrDefault(n => n.Use is HumanName.NameUse.Usual) ?? (names.Count > 0 ? names[0] : null);
        if (name is null)
        {
            return null;
        }

        var prefix = name.FamilyElement?.GetStringExtension(OwnPrefix)?.Trim();
        var family = name.Family?.Trim();
        if (prefix is { Length: > 0 } && family is not null && !family.StartsWith($"{prefix} ", StringComparison.OrdinalIgnoreCase))
        {
            family = $"{prefix} {family}";
        }

        // The prefixes of FHIR are titles (dr., mw.); Dutch prefixes belong to the family name.
        var text = string.Join(' ', name.Prefix.Concat(name.Given).Append(family).Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => p!.Trim()));
        return text.Length > 0 ? text : string.IsNullOrWhiteSpace(name.Text) ? null : name.Text.Trim();
    }
}
