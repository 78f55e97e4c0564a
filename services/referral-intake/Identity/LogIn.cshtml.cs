using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace VGIntegration.ReferralIntake.Identity;

[AllowAnonymous]
public sealed class LogInModel : PageModel
{
    [BindProperty]
    public string? Username { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool Failed { get; private set; }

    public bool IsLocked { get; private set; }

    public bool HasAccounts => Accounts.Exist;

    public async Task<IActionResult> OnPostAsync([FromForm] string? password)
    {
        var guesses = HttpContext.RequestServices.GetRequiredService<Guesses>();
        if (guesses.AreTooMany(Username))
        {
            IsLocked = true;
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = $"{(int)Guesses.Pause.TotalSeconds}";
            return Page();
        }

        if (Accounts.LogIn(Username, password) is not { } account)
        {
            guesses.Wrong(Username);
            Failed = true;
            return Page();
        }

        guesses.Right(Username);

        var identity = new ClaimsIdentity([new Claim("sub", account.Name)], Registration.CookieScheme);
        await HttpContext.SignInAsync(Registration.CookieScheme, new ClaimsPrincipal(identity));
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/");
    }

    private DemoAccounts Accounts => HttpContext.RequestServices.GetRequiredService<DemoAccounts>();
}
