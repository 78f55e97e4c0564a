using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Printing;

/// <summary>Who writes, at the top of each letter: the region's name (Explaining:Region) and its logo (Printing:Logo).</summary>
internal sealed record Masthead(string? Region = null, Logo? Logo = null)
{
    internal static readonly Masthead None = new();

    /// <exception cref="SettingException">The logo cannot be printed.</exception>
    internal static Masthead Of(IConfiguration settings) => new(
        settings["Explaining:Region"]?.Trim() is { Length: > 0 } region ? region : null,
        settings["Printing:Logo"]?.Trim() is { Length: > 0 } path ? Logo.Of(path) : null);
}
