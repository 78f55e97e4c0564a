using Hl7.Fhir.Model;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Returning;

/// <summary>As what each practice files our letters: its own type and category, where it has them (interface section 7).</summary>
internal sealed class LetterKinds
{
    private static readonly string[] Types = ["56444-3", "51852-2", "11488-4"]; // LOINC, in Dutch use for a letter
    private readonly Dictionary<string, (string? Type, Coding? Category)> _own;

    private LetterKinds(Dictionary<string, (string? Type, Coding? Category)> own) => _own = own;

    /// <exception cref="SettingException">A type that is no letter, or a category that is no code of a system.</exception>
    public static LetterKinds Of(Dictionary<string, ReturnSettings.PracticeSettings>? practices) => new((practices ?? []).ToDictionary(
        p => p.Key, p => (TypeOf(p.Key, p.Value.LetterType), CategoryOf(p.Key, p.Value.LetterCategory)), StringComparer.OrdinalIgnoreCase));

    public void Apply(Parcel parcel, ParcelKind kind)
    {
        if (parcel is not { Letter: { } letter, Practice: { } practice } || !_own.TryGetValue(practice.Id, out var own))
        {
            return;
        }

        if (own.Type is { } type)
        {
            letter.Type!.Coding[0].Code = type;
        }

        if (own.Category is { } category && kind is ParcelKind.Advice)
        {
            letter.Category = [new CodeableConcept { Coding = [category] }];
        }
    }

    private static string? TypeOf(string practice, string? given) => given is not { Length: > 0 } ? null
        : Types.Contains(given) ? given
        : throw new SettingException($"Practices:{practice}:LetterType is '{given}'. Use {string.Join(", ", Types[..^1])} or {Types[^1]} (LOINC).");

    private static Coding? CategoryOf(string practice, string? given) => given is not { Length: > 0 } ? null
        : given.Split('|') is [{ Length: > 0 } system, { Length: > 0 } code] && Uri.TryCreate(system, UriKind.Absolute, out _) ? new Coding(system, code)
        : throw new SettingException($"Practices:{practice}:LetterCategory is '{given}'. Use a system and a code: http://example.nl/system|code.");
}
