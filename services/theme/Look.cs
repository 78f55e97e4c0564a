using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace VGIntegration.Theme;

/// <summary>What the layout shows around the pages of one service.</summary>
public sealed class Look
{
    private readonly IReadOnlyList<NavigationItem> _navigation;

    internal Look(string path, IReadOnlyList<NavigationItem> navigation)
    {
        (Path, _navigation) = (path, navigation);
        StyleSheet = $"{path}/theme.css?v={ThemeFile.Css.Version}";
        Script = $"{path}/theme.js?v={ThemeFile.Script.Version}";
    }

    /// <summary>The name of the product, as people know it.</summary>
    public static string Product => "Verkennend gesprek";

    /// <summary>Where the pages of this service live, such as /planning.</summary>
    public string Path { get; }

    /// <summary>The link to the style sheet; another content is another link.</summary>
    public string StyleSheet { get; }

    /// <summary>The link to the script, for pages that live.</summary>
    public string Script { get; }

    /// <summary>The entries that this person sees.</summary>
    public IReadOnlyList<NavigationItem> For(ClaimsPrincipal person) =>
        [.. _navigation.Where(item => item.Roles.Length == 0 || item.Roles.Any(person.IsInRole))];

    /// <summary>The entry of the page that is shown: the longest address that the page's own begins with.</summary>
    public NavigationItem? Current(PathString page, ClaimsPrincipal person) => For(person)
        .Where(item => page.StartsWithSegments(new PathString(item.Href).Value!.TrimEnd('/')))
        .MaxBy(item => item.Href.Length);

    /// <summary>The person's name, or else the log-in.</summary>
    public static string NameOf(ClaimsPrincipal person) =>
        person.FindFirstValue("name") ?? person.FindFirstValue("preferred_username") ?? person.Identity?.Name ?? "";
}
