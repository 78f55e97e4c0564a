namespace VGIntegration.Surroundings;

/// <summary>
/// The planner and the two professionals at their pages, over HTTP and without a browser. Each does what has to be done until
/// it is done, as a person who presses the button again when a page does not come.
/// </summary>
public sealed class People(Uri site, TimeSpan patience) : IDisposable
{
    private readonly Dictionary<string, PageClient> _loggedIn = [];
    private readonly SemaphoreSlim _door = new(1);

    /// <summary>How people call a referral.</summary>
    public static string Code(Guid referralId) => $"VG-{referralId.ToString("N")[..6].ToUpperInvariant()}";

    /// <summary>The planner books the first moment that is offered; another when somebody else was faster.</summary>
    public Task Book(Guid referralId) => Until("planner", $"/planning/referrals/{referralId}", async (planner, page) =>
    {
        if (page.Text.Contains("De afspraak Wanneer", StringComparison.Ordinal))
        {
            return true;
        }

        if (page.Forms.FirstOrDefault(f => f.Choices("Choice").Count > 0) is { } form)
        {
            await planner.Submit(form, ("Choice", form.Choices("Choice")[0]));
        }

        return false;
    });

    /// <summary>A professional records that the conversation was held.</summary>
    public Task Hold(Guid referralId) => Until("ggz", "/planning/conversations", async (professional, list) =>
    {
        var page = await professional.Open(list.Link(Code(referralId)));
        if (page.Text.Contains("Dit gesprek is gevoerd", StringComparison.Ordinal))
        {
            return true;
        }

        await professional.Submit(page.Form("Het gesprek is gevoerd"));
        return false;
    });

    /// <summary>The one of the GGZ writes the advice and signs, the resident reads along and answers, the one of the sociaal domein signs too.</summary>
    public async Task Advise(Guid referralId, string text)
    {
        await Sign("ggz", referralId, text);
        await Sign("sociaal", referralId, text);
    }

    public void Dispose()
    {
        _loggedIn.Values.ToList().ForEach(p => p.Dispose());
        _door.Dispose();
    }

    private Task Sign(string login, Guid referralId, string text) => Until(login, "/feedback", async (professional, list) =>
    {
        var page = await professional.Open(list.Link(Code(referralId)));
        if (!HasSigned(page, login))
        {
            page = page.Forms.Any(f => f.Html.Contains("handler=Sign", StringComparison.Ordinal))
                ? await AdvicePages.Sign(professional, page)
                : await AdvicePages.Sign(professional, page, ("Form.Text[Situation]", text), ("Form.Text[SocialDomain]", "Maatschappelijk werk"),
                    ("Form.Text[Agreements]", "Bellen met de verkenner"));
        }

        if (login == "ggz" && HasSigned(page, login) && !AdvicePages.IsAnswered(page))
        {
            page = await AdvicePages.Answer(professional, page.Address);
        }

        return HasSigned(page, login) && (login != "ggz" || AdvicePages.IsAnswered(page));
    });

    private static bool HasSigned(Page advice, string login) => advice.Text.Contains(
        login == "ggz" ? "Handtekening GGZ gezet op" : "Handtekening sociaal domein gezet op", StringComparison.Ordinal);

    private async Task Until(string login, string path, Func<PageClient, Page, Task<bool>> isDone)
    {
        Page? page = null;
        await Eventually.Is(
            async () =>
            {
                var person = await LoggedIn(login);
                page = await person.Open(path);
                if (page.Address.AbsolutePath.StartsWith("/connect/", StringComparison.Ordinal))
                {
                    await person.LogIn(path, login);
                    page = await person.Open(path);
                }

                return await isDone(person, page);
            },
            patience,
            $"{login} is done at {path}; the last page was {page?.Address} {page?.Status}");
    }

    private async Task<PageClient> LoggedIn(string login)
    {
        await _door.WaitAsync();
        try
        {
            return _loggedIn.TryGetValue(login, out var known)
                ? known
                : _loggedIn[login] = new PageClient(site) { Patience = TimeSpan.FromSeconds(30) };
        }
        finally
        {
            _door.Release();
        }
    }
}
