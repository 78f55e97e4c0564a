namespace VGIntegration.Planning.Registry.Keeping;

/// <summary>A field with what is filled in; after a conflict also with what is stored.</summary>
internal sealed record FieldOnPage(Field Field, string? Value, string? Stored, string? Fault, Register Register)
{
    internal string? StoredInstead => Stored is not null && Stored != (Value ?? "")
        ? Field.Show(Stored, Register) is { Length: > 0 } text ? text : "leeg"
        : null;

    internal string DescribedBy => string.Join(' ', new[]
    {
        Field.Hint is null ? null : $"{Field.Name}-hint", StoredInstead is null ? null : $"{Field.Name}-stored", Fault is null ? null : $"{Field.Name}-fault",
    }.OfType<string>());

    /// <summary>What can be chosen: what has ended only when it is what stands there.</summary>
    internal IEnumerable<(string Code, string Label)> Choices => Field.Refers is { } kind
        ? Register.Of(kind).Select(r => ($"{r.Id}", Kinds.Of(kind)!.Title(r, Register))).OrderBy(c => c.Item2, StringComparer.OrdinalIgnoreCase)
        : Field.Choices;

    internal string InputType => Field.Type switch
    {
        FieldType.Date => "date",
        FieldType.Time => "time",
        FieldType.Email => "email",
        FieldType.Telephone => "tel",
        _ => "text",
    };
}
