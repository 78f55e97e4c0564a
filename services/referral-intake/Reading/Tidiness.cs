using System.Buffers;
using System.Collections;
using System.Globalization;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>
/// A parsed resource may hold what its own properties cannot give (they then throw). The quick look finds out whether that,
/// or any other fault of form, may be so; tidying takes out what cannot be read and mends what can only mean one thing.
/// </summary>
internal static class Tidiness
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("-./:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>True only when strict parsing would find nothing; false means: look better.</summary>
    internal static bool IsTidy(Base element)
    {
        if (element.HasOverflow || element is IDynamicType)
        {
            return false;
        }

        foreach (var (_, value) in element.EnumerateElements())
        {
            var isTidy = value switch
            {
                PrimitiveType primitive => IsTidy(primitive),
                Base child => IsTidy(child),
                IReadOnlyList<Base> list => AreTidy(list),
                _ => true,
            };
            if (!isTidy)
            {
                return false;
            }
        }

        return true;
    }

    internal static void Tidy(Base element)
    {
        Mend(element);
        foreach (var (name, value) in element.EnumerateElements().ToList())
        {
            if (value is IList list)
            {
                var kept = list.OfType<Base>().Where(IsReadable).ToList();
                if (kept.Count < list.Count)
                {
                    list.Clear();
                    kept.ForEach(item => list.Add(item));
                }

                kept.ForEach(Tidy);
            }
            else if (value is Base child)
            {
                if (IsReadable(child))
                {
                    Tidy(child);
                }
                else
                {
                    element.SetValue(name, null);
                }
            }
        }
    }

    private static bool AreTidy(IReadOnlyList<Base> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null || !(list[i] is PrimitiveType primitive ? IsTidy(primitive) : IsTidy(list[i])))
            {
                return false;
            }
        }

        return true;
    }

    // The common, plain values are recognised at once; for the rest the library's own rules decide.
    private static bool IsTidy(PrimitiveType primitive)
    {
        var isPlain = primitive.JsonValue is string text && primitive switch
        {
            FhirString or Markdown => text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && !text.AsSpan().ContainsAnyInRange('\0', '\u001F'),
            Date => text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            FhirDateTime => text.Length == 25 && text[22] == ':'
                && DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            FhirUri or Canonical => IsPlainUri(text),
            Code when primitive.GetType() == typeof(Code) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('-', 'z'),
            _ => false,
        };
        return !primitive.HasOverflow && ((isPlain && !primitive.HasElements) || (primitive.HasValidValue() && (!primitive.HasElements || primitive.Extension.TrueForAll(IsTidy))));
    }

    private static bool IsPlainUri(string text) => text.StartsWith("urn:uuid:", StringComparison.Ordinal)
        ? text.Length == 45 && Guid.TryParseExact(text.AsSpan(9), "D", out _) && !text.AsSpan().ContainsAnyInRange('A', 'Z')
        : text.StartsWith("http", StringComparison.Ordinal) ? text.Length > 10 && !text.AsSpan().ContainsAnyExcept(Plain) && !text.EndsWith('/')
        : text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Letters); // Patient, as in request.url

    private static bool IsReadable(Base item) => item is PrimitiveType primitive
        ? primitive.JsonValue is null || primitive.HasValidValue() || Convert(primitive)
        : item is not IDynamicType;

    // One value where a list belongs, a list of one where a value belongs: read as meant. The rest of the overflow goes.
    private static void Mend(Base element)
    {
        if (!element.HasOverflow)
        {
            return;
        }

        var kept = element.EnumerateElements().ToList();
        var known = ModelInfo.ModelInspector.FindClassMapping(element.GetType());
        foreach (var (name, value) in kept)
        {
            if (known?.FindMappedElementByName(name) is not { } property)
            {
                continue;
            }

            var right = name.Equals(property.Name, StringComparison.OrdinalIgnoreCase) ? property.Name : name;
            if (right == name || !kept.Exists(k => k.Key == right)) // in the wrong case it counts when it is the only one
            {
                element.SetValue(right, null); // otherwise the property goes on pointing to where its value was
                element.SetValue(right, Fitting(property, value));
            }
        }

        element.ClearOverflow();
    }

    private static object? Fitting(PropertyMapping property, object value)
    {
        var one = value is IList { Count: > 0 } list ? list[0] : value;
        if (!property.IsCollection)
        {
            return property.ImplementingType.IsInstanceOfType(one) ? one : null;
        }

        if (value is IList many && many.GetType() is { IsGenericType: true } type && type.GenericTypeArguments[0] == property.ImplementingType)
        {
            return value;
        }

        if (!property.ImplementingType.IsInstanceOfType(one))
        {
            return null;
        }

        var made = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(property.ImplementingType))!;
        made.Add(one);
        return made;
    }

    // A number where text belongs is that text; "true" is true; a date of the wrong form stays, for the rules to judge.
    private static bool Convert(PrimitiveType primitive)
    {
        switch (primitive)
        {
            case FhirString or Markdown or Id or FhirUri or Canonical when primitive.JsonValue is not string:
                primitive.JsonValue = System.Convert.ToString(primitive.JsonValue, CultureInfo.InvariantCulture);
                return true;
            case FhirString or Markdown or Id or FhirUri or Canonical or Date or FhirDateTime when primitive.JsonValue is string:
                return true;
            case FhirBoolean when primitive.JsonValue is "true" or "false":
                primitive.JsonValue = primitive.JsonValue is "true";
                return true;
            default:
                return false;
        }
    }
}
