using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

[Authorize(Policy = Pages.Managers)]
internal sealed class SwitchOffModel(IntakeDbContext db, PracticeRegister register) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [TempData]
    public string? Done { get; set; }

    public Practice Known { get; private set; } = null!;
    public int Referrals { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await db.Practices.SingleOrDefaultAsync(p => p.Id == Id, ct) is not { } practice)
        {
            return NotFound();
        }

        (Known, Referrals) = (practice, await db.Referrals.CountAsync(r => r.PracticeId == Id, ct));
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await db.Practices.SingleOrDefaultAsync(p => p.Id == Id, ct) is not { } practice)
        {
            return NotFound();
        }

        await register.SwitchOff(practice, User.Who(), ct);
        Done = $"De aansluiting van {practice.Name} is uitgezet.";
        return Redirect("/practices");
    }
}
