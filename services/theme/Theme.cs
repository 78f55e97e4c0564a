using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace VGIntegration.Theme;

/// <summary>One entry of the navigation at the top of each page.</summary>
/// <param name="Text">As the user reads it.</param>
/// <param name="Href">Path on the same site.</param>
/// <param name="Roles">Who sees it; empty is everybody.</param>
public sealed record NavigationItem(string Text, string Href, params string[] Roles)
{
    /// <summary>One navigation over all services: the same for a person wherever that person is.</summary>
    public static readonly NavigationItem[] OfTheSystem =
    [
        new("Werklijst", "/planning", "planner", "manager"),
        new("Week", "/planning/week", "planner", "manager"),
        new("Berichten", "/planning/notices", "planner"),
        new("Register", "/planning/registry", "planner", "manager"),
        new("Terugkijken", "/planning/looking-back", "planner", "manager"),
        new("Voorstellen", "/planning/proposals", "professional"),
        new("Mijn gesprekken", "/planning/conversations", "professional"),
        new("Mijn agenda", "/planning/calendar", "professional"),
        new("Adviezen", "/feedback", "professional"),
        new("Verzending", "/feedback/deliveries", "manager"),
        new("Brieven doorgeven", "/feedback/letters", "manager"),
        new("Monitoring", "/feedback/monitoring", "manager"),
        new("Declaraties", "/feedback/claims", "manager"),
        new("Onderzoek", "/feedback/research", "manager"),
        new("Praktijken", "/practices", "manager"),
        new("Bewaren", "/practices/keeping", "manager"),
    ];
}

/// <summary>How every page looks.</summary>
public static class Theme
{
    /// <summary>
    /// Adds the layout /Theme/_Layout.cshtml for the pages below the path, with its navigation, and the pages
    /// {path}/no-access, {path}/logged-out and {path}/error.
    /// </summary>
    public static void AddTheme(this WebApplicationBuilder builder, string path, params NavigationItem[] navigation)
    {
        builder.Services.AddSingleton(new Look(path, navigation));
        builder.Services.AddRazorPages(pages =>
            {
                pages.RootDirectory = "/";
                pages.Conventions.AddPageRouteModelConvention("/Theme/NoAccess", page => Move(page, $"{path}/no-access"));
                pages.Conventions.AddPageRouteModelConvention("/Theme/LoggedOut", page => Move(page, $"{path}/logged-out"));
                pages.Conventions.AddPageRouteModelConvention("/Theme/Error", page => Move(page, $"{path}/error/{{status:int?}}"));
            })
            .ConfigureApplicationPartManager(AddOwnPages);
        // Several services share one address behind the gateway: each keeps its cookies below its own path.
        var (name, below) = ($"vg{path.Replace('/', '-')}", path is "" ? "/" : path);
        builder.Services.AddAntiforgery(forms => (forms.Cookie.Name, forms.Cookie.Path) = ($"{name}-form", below));
        builder.Services.Configure<CookieTempDataProviderOptions>(
            notes => (notes.Cookie.Name, notes.Cookie.Path) = ($"{name}-note", below));
    }

    /// <summary>Serves the style sheet at {path}/theme.css and the script, that pages work without, at {path}/theme.js.</summary>
    public static void MapTheme(this IEndpointRouteBuilder app)
    {
        var look = app.ServiceProvider.GetRequiredService<Look>();
        app.MapGet($"{look.Path}/theme.css", ThemeFile.Css.Answer).AllowAnonymous();
        app.MapGet($"{look.Path}/theme.js", ThemeFile.Script.Answer).AllowAnonymous();
    }

    /// <summary>
    /// A person gets a page that says what to do when something is not there or went wrong; a program gets the bare status.
    /// </summary>
    public static void UseFriendlyErrors(this WebApplication app)
    {
        var error = $"{app.Services.GetRequiredService<Look>().Path}/error";
        app.UseExceptionHandler($"{error}/500");
        app.UseStatusCodePagesWithReExecute($"{error}/{{0}}");
        app.Use((http, next) =>
        {
            http.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = http.IsFromPerson();
            return next(http);
        });
    }

    internal static bool IsFromPerson(this HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static void Move(PageRouteModel page, string template)
    {
        foreach (var selector in page.Selectors)
        {
            selector.AttributeRouteModel = new AttributeRouteModel { Template = template.TrimStart('/') };
        }
    }

    // In a process of several services each knows only its own assembly, and what that was built with.
    private static void AddOwnPages(ApplicationPartManager parts)
    {
        var own = typeof(Theme).Assembly;
        if (!parts.ApplicationParts.Any(part => part.Name == own.GetName().Name))
        {
            parts.ApplicationParts.Add(new AssemblyPart(own));
            parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(own));
        }
    }
}
