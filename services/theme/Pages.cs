using System.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace VGIntegration.Theme;

/// <summary>Somebody is logged in and may still not see the page.</summary>
[AllowAnonymous, KnowPerson]
public sealed class NoAccess : PageModel
{
    /// <summary>Answers 403.</summary>
    public void OnGet() => Response.StatusCode = StatusCodes.Status403Forbidden;
}

/// <summary>Where logging out ends.</summary>
[AllowAnonymous]
public sealed class LoggedOut : PageModel;

/// <summary>Something went wrong; a person reads what to do, and only the trace id of why.</summary>
[AllowAnonymous, KnowPerson, IgnoreAntiforgeryToken, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class Error : PageModel
{
    /// <summary>The status of the answer that this page replaces.</summary>
    [BindProperty(SupportsGet = true)]
    public int Status { get; set; } = StatusCodes.Status500InternalServerError;

    /// <summary>The heading.</summary>
    public string Title => Status switch
    {
        400 => "Dit formulier is niet meer geldig",
        401 => "U bent niet ingelogd",
        403 => "U mag deze pagina niet zien",
        404 or 410 => "Deze pagina is er niet",
        429 => "Het ging even te snel",
        502 or 503 or 504 => "Dit onderdeel is even niet bereikbaar",
        < 500 => "Dit kan hier niet",
        _ => "Er ging iets mis",
    };

    /// <summary>What the reader can do.</summary>
    public string WhatNow => Status switch
    {
        400 => "Ga terug, ververs de pagina en vul het formulier nog een keer in.",
        401 => "Ga naar het begin en log in.",
        403 => "Deze pagina hoort niet bij uw rol.",
        404 or 410 => "Misschien klopt het adres niet, of is de pagina niet voor u.",
        429 => "Wacht een minuut en probeer het dan opnieuw.",
        502 or 503 or 504 => "Wacht een minuut en probeer het dan opnieuw. Wat u eerder hebt opgeslagen, is er nog.",
        < 500 => "Ga terug naar het begin en probeer het opnieuw.",
        _ => "Dat ligt aan ons, niet aan u. Wat u eerder hebt opgeslagen, is er nog. Probeer het straks opnieuw.",
    };

    /// <summary>What an administrator finds the cause with; only when the fault is ours.</summary>
    public string? TraceId => Status >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;

    /// <summary>The page for a person, the bare status for a program; a re-executed POST stays a POST.</summary>
    public IActionResult OnGet()
    {
        Response.StatusCode = Status;
        return HttpContext.IsFromPerson() ? Page() : new EmptyResult();
    }

    /// <inheritdoc cref="OnGet"/>
    public IActionResult OnPost() => OnGet();
}

/// <summary>A page for everybody still shows who is logged in: the cookie is read where no policy asked for it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KnowPersonAttribute : Attribute, IAsyncPageFilter
{
    private const string Cookie = "Cookies";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var schemes = http.RequestServices.GetService<IAuthenticationSchemeProvider>();
        if (schemes is not null && await schemes.GetSchemeAsync(Cookie) is not null
            && (await http.AuthenticateAsync(Cookie)).Principal is { } person)
        {
            http.User = person;
        }

        await next();
    }
}
