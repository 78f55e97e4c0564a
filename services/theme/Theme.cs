using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace VGIntegration.Theme;

/// <summary>One entry of the navigation at the top of each page.</summary>
/// <param name="Text">As the user reads it.</param>
/// <param name="Href">Path on the same site.</param>
/// <param name="Roles">Who sees it; empty is everybody.</param>
public sealed record NavigationItem(string Text, string Href, params string[] Roles);

/// <summary>How every page looks.</summary>
public static class Theme
{
    /// <summary>Adds the layout /Theme/_Layout.cshtml for the pages below the path, with its navigation.</summary>
    public static void AddTheme(this WebApplicationBuilder builder, string path, params NavigationItem[] navigation)
    {
    }

    /// <summary>Serves the style sheet below the path.</summary>
    public static void MapTheme(this IEndpointRouteBuilder app)
    {
    }
}
