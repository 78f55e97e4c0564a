using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>What residents read, and the question whether to take part in the study, in Chromium; every page is kept as a picture.</summary>
public sealed class InformationBrowserTests
{
    private static readonly string Pictures = Repository.Results("screenshots");

    [Theory]
    [InlineData("information-wide", 1280, true)]
    [InlineData("information-phone", 320, true)]
    [InlineData("information-without-script", 320, false)]
    public async Task Residents_read_it_and_a_professional_asks_for_consent(string name, int width, bool hasScript)
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results($"browser-{name}"));
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromSeconds(60));
        var referral = await gp.Refer(name, new TestPerson("Bente", "Meetpersoon", "999990019", "0612345678"));
        await people.Book(referral);
        await people.Hold(referral);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.LaunchChromium();
        var (complaints, number) = (new List<string>(), 0);
        var size = new BrowserNewContextOptions
        {
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = hasScript,
            Locale = "nl-NL",
            ReducedMotion = ReducedMotion.Reduce,
        };

        var anybody = await (await chromium.NewContextAsync(size)).NewPageAsync();
        foreach (var path in new[] { "/verkennend-gesprek", "/verkennend-gesprek/wachtkamer" })
        {
            await anybody.GotoAsync(new Uri(region.Address, path).ToString());
            await Assertions.Expect(anybody.GetByRole(AriaRole.Heading, new() { Name = "Verkennend gesprek", Exact = true })).ToBeVisibleAsync();
            await Keeps(anybody, path.Split('/')[^1]);
        }

        var ggz = await LogsIn("/feedback", "ggz");
        await Eventually.Is(async () =>
        {
            await ggz.GotoAsync(new Uri(region.Address, "/feedback").ToString());
            return await ggz.Locator("main a[href*='/feedback/advices/']").CountAsync() > 0;
        });
        await ggz.Locator("main a[href*='/feedback/advices/']").First.ClickAsync();
        await ggz.GetByRole(AriaRole.Link, new() { Name = "Vraag of de inwoner aan het onderzoek meedoet" }).ClickAsync();
        await ggz.GetByRole(AriaRole.Button, new() { Name = "Bewaar het antwoord" }).ClickAsync();
        await Keeps(ggz, "research-unanswered");
        await ggz.GetByLabel("Ja, ik doe mee").CheckAsync();
        await ggz.GetByRole(AriaRole.Button, new() { Name = "Bewaar het antwoord" }).ClickAsync();
        await Assertions.Expect(ggz.GetByText("De inwoner doet mee.")).ToBeVisibleAsync();
        await Keeps(ggz, "research-yes");

        var manager = await LogsIn("/feedback/research", "manager");
        await Assertions.Expect(manager.GetByText("Aan de beurt", new() { Exact = true })).ToBeVisibleAsync();
        await manager.GetByLabel("Ingevuld").First.CheckAsync();
        await manager.GetByRole(AriaRole.Button, new() { Name = "Bewaar start" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("1 vragenlijst, samen € 20")).ToBeVisibleAsync();
        await Keeps(manager, "research");
        Assert.Empty(complaints);

        async Task<IPage> LogsIn(string path, string login)
        {
            var page = await (await chromium.NewContextAsync(size)).NewPageAsync();
            await page.GotoAsync(new Uri(region.Address, path).ToString());
            await page.GetByLabel("Naam").FillAsync(login);
            await page.GetByLabel("Wachtwoord").FillAsync("demo");
            await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
            await page.WaitForURLAsync(new Uri(region.Address, path).ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 60_000 });
            return page;
        }

        async Task Keeps(IPage page, string picture)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{++number:00}-{picture}.png"), FullPage = true });
            if (hasScript) // the checks below run as scripts
            {
                var result = await page.RunAxe();
                complaints.AddRange(result.Violations.Select(v => $"{picture}: {v.Id} {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
                {
                    complaints.Add($"{picture}: {wide} pixels wide in a window of {width}");
                }
            }
        }
    }
}
