using System.Globalization;

namespace VGIntegration.Planning.Registry.Keeping;

internal enum FieldType
{
    Text,
    Email,
    Telephone,
    Languages,
    Date,
    Time,
    Degrees,
    Count,
    YesNo,
    Choice,
    Reference,
}

/// <summary>One thing that is written down about a record: on its page, and as a column of its file.</summary>
internal sealed record Field(string Name, string Label, FieldType Type = FieldType.Text, bool IsRequired = false, string? Hint = null)
{
    internal int Longest { get; init; } = 200;

    /// <summary>The codes and what people read, of a field to choose from.</summary>
    internal IReadOnlyList<(string Code, string Label)> Choices { get; init; } = [];

    /// <summary>The kind of record that it refers to.</summary>
    internal string? Refers { get; init; }

    /// <summary>A code as people read it.</summary>
    internal string Show(string? value, Register register) => (Type, value) switch
    {
        (_, null or "") => "",
        (FieldType.Date, _) => DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? $"{day:dd-MM-yyyy}" : value,
        (FieldType.Choice or FieldType.YesNo, _) => Choices.FirstOrDefault(c => c.Code == value).Label ?? value,
        (FieldType.Reference, _) => Guid.TryParse(value, out var id) ? register.TitleOf(Refers!, id) ?? value : value,
        _ => value,
    };
}

/// <summary>What is wrong with a field, for the person who filled it in; no field when it is about the record.</summary>
internal sealed record Fault(string Field, string Dutch);

/// <summary>What was filled in, at the page or in a row of a file, and what is wrong with it. It keeps what was typed.</summary>
internal sealed class Draft(RecordKind kind, IReadOnlyDictionary<string, string?> given, Register register)
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "d-M-yyyy", "d/M/yyyy"];
    private static readonly string[] TimeForms = ["H:mm", "HH:mm", "H.mm", "HH:mm:ss"];

    internal List<Fault> Faults { get; } = [];

    internal Register Register => register;

    internal string? Optional(string name)
    {
        var (field, value) = (kind[name], Raw(name));
        if (value.Length == 0)
        {
            Refuse(field.IsRequired, name, $"Vul in: {field.Label.ToLowerInvariant()}.");
            return null;
        }

        Refuse(value.Length > field.Longest, name, $"Gebruik ten hoogste {field.Longest} tekens.");
        Refuse(value.Any(char.IsControl), name, "Gebruik geen regeleinden of andere onzichtbare tekens.");
        return value;
    }

    internal string Text(string name) => Optional(name) ?? "";

    internal DateOnly? Date(string name)
    {
        if (Optional(name) is not { } value)
        {
            return null;
        }

        var isDate = DateOnly.TryParseExact(value, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        Refuse(!isDate || day.Year is < 1990 or > 2150, name, "Schrijf een datum zo: 31-12-2026.");
        return isDate ? day : null;
    }

    internal TimeOnly Time(string name)
    {
        var value = Optional(name);
        var isTime = TimeOnly.TryParseExact(value, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        Refuse(value is not null && !isTime, name, "Schrijf een tijd zo: 09:30.");
        return time;
    }

    internal double Degrees(string name, double most)
    {
        var value = Optional(name);
        var isNumber = double.TryParse(value?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees);
        Refuse(value is not null && (!isNumber || !(Math.Abs(degrees) <= most)), name, FormattableString.Invariant($"Schrijf graden als getal, van -{most} tot {most}, zoals 52.3085."));
        return isNumber ? degrees : 0;
    }

    internal int Count(string name, int most)
    {
        var value = Optional(name);
        var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        Refuse(value is not null && (!isNumber || count < 1 || count > most), name, $"Schrijf een heel getal van 1 tot {most}.");
        return isNumber ? count : 1;
    }

    internal bool YesNo(string name)
    {
        var value = Raw(name).ToLowerInvariant();
        var isYes = value is "ja" or "true" or "1" or "on";
        Refuse(!isYes && value is not ("" or "nee" or "false" or "0"), name, "Schrijf ja of nee.");
        return isYes;
    }

    internal T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Optional(name) is not { } value)
        {
            return null;
        }

        var code = kind[name].Choices.FirstOrDefault(c => Same(c.Code, value) || Same(c.Label, value)).Code;
        Refuse(code is null, name, $"Kies uit: {string.Join(", ", kind[name].Choices.Select(c => c.Label))}.");
        return code is null ? null : Enum.Parse<T>(code);
    }

    /// <summary>A record by its id, or by what people call it when only one is called so.</summary>
    internal Guid Reference(string name)
    {
        if (Optional(name) is not { } value)
        {
            return Guid.Empty;
        }

        var other = kind[name].Refers!;
        if (Guid.TryParse(value, out var id))
        {
            Refuse(register.Find(other, id) is null, name, "Dit staat niet in het register. Kies iets dat er wel in staat.");
            return id;
        }

        var named = register.Named(other, value).ToList();
        Refuse(named.Count == 0, name, "Deze naam staat niet in het register. Voeg die eerst toe.");
        Refuse(named.Count > 1, name, "Deze naam komt vaker voor. Gebruik hier het id uit de export.");
        return named.Count == 1 ? named[0].Id : Guid.Empty;
    }

    internal void Refuse(bool isWrong, string field, string dutch)
    {
        if (isWrong && !Faults.Exists(f => f.Field == field))
        {
            Faults.Add(new Fault(field, dutch));
        }
    }

    internal void RefuseReversed(DateOnly? from, DateOnly? until, string field) =>
        Refuse(until < from, field, "De laatste dag ligt voor de eerste dag.");

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private string Raw(string name) => given.GetValueOrDefault(name)?.Trim() ?? "";
}
