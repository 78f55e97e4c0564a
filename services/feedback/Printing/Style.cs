namespace VGIntegration.Feedback.Printing;

internal readonly record struct Ink(byte R, byte G, byte B)
{
    internal static readonly Ink Black = new(0, 0, 0);
    internal static readonly Ink Blue = new(18, 66, 99);
    internal static readonly Ink Grey = new(90, 90, 90);
    internal static readonly Ink Hairline = new(205, 213, 219);
    internal static readonly Ink Mist = new(238, 243, 247);
    internal static readonly Ink Amber = new(150, 84, 0);
    internal static readonly Ink Sand = new(255, 245, 226);
}

/// <summary>How a text looks, and what it is for who cannot see it: the tags of PDF, H1, H2, H3 or P.</summary>
internal sealed record Style(Typeface Face, double Size, double Leading)
{
    public Ink Ink { get; init; } = Ink.Black;
    public string Tag { get; init; } = "P";
}

/// <summary>What is around a text that stands out: a ground, and a bar at its left.</summary>
internal sealed record Frame(Ink? Ground, Ink? Bar)
{
    internal const double Padding = 10;
    internal const double Above = 7; // a line has its own room above it
    internal const double Below = 11;
    internal static readonly Frame Panel = new(Ink.Mist, null);
    internal static readonly Frame Voice = new(null, Ink.Blue);
    internal static readonly Frame Otherwise = new(Ink.Sand, Ink.Amber);
    internal static readonly Frame Asked = new(Ink.Mist, Ink.Blue);
}
