using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Hosting;
using VGIntegration.Planning.Scheduling;

namespace VGIntegration.Planning.Sharing;

/// <summary>What the huisarts sent along, for the two of the conversation: the social domain only when the resident agreed.</summary>
[Authorize(Policy = Web.Registration.Professionals)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class FromGpModel(OwnConversation own, SentByGp sent) : PageModel
{
    public Guid Id { get; private set; }
    public bool MayRead { get; private set; }

    /// <summary>Null when intake does not answer now.</summary>
    public IReadOnlyList<Attachment>? Files { get; private set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (await own.Of(id, User.Who(), ct) is not var (referral, side))
        {
            return NotFound();
        }

        var (status, files) = await sent.Files(referral, side, ct);
        (Id, MayRead, Files) = (id, status is not HttpStatusCode.Forbidden, files);
        return Page();
    }
}
