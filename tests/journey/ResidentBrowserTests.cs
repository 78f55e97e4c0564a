using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>The resident chooses by the personal link, and everybody's mail, in Chromium; every page is kept as a picture.</summary>
public sealed class ResidentBrowserTests
{
    private static readonly string Pictures = Repository.Results("screenshots");

    [Theory]
    [InlineData("resident-wide", 1280, true)]
    [InlineData("resident-phone", 320, true)]
    [InlineData("resident-without-script", 320, false)]
    public async Task The_resident_chooses_moves_and_cancels_and_the_planner_sees_what_was_sent(string name, int width, bool hasScript)
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results($"browser-{name}"));
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.LaunchChromium();
        var (complaints, number) = (new List<string>(), 0);
        var size = new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = hasScript, Locale = "nl-NL" };

        var gp = await (await chromium.NewContextAsync(size)).NewPageAsync();
        await gp.GotoAsync(new Uri(region.Address, "/gp-system").ToString());
        await gp.Locator("main form button[type=submit]").Last.ClickAsync();

        var planner = await LogsIn("/planning", "planner");
        await Eventually.Is(async () =>
        {
            await planner.GotoAsync(new Uri(region.Address, "/planning").ToString());
            return await planner.Locator("main a[href*='/planning/referrals/']").CountAsync() > 0;
        });
        var referral = await planner.Locator("main a[href*='/planning/referrals/']").First.GetAttributeAsync("href");
        await planner.GotoAsync(new Uri(region.Address, $"{referral}/resident").ToString());
        await planner.GetByRole(AriaRole.Button, new() { Name = "Toon een link" }).ClickAsync();
        await Keeps(planner, "link");
        var link = (await planner.Locator("code").First.InnerTextAsync()).Trim();

        var resident = await (await chromium.NewContextAsync(size)).NewPageAsync();
        await resident.GotoAsync(link);
        await Keeps(resident, "choose");
        await resident.GotoAsync($"{link}?taal=en");
        await Keeps(resident, "choose-english");
        await resident.GotoAsync(link);
        await resident.Locator("input[name=Choice]").First.CheckAsync();
        await resident.GetByLabel("Komt er iemand met u mee?").SelectOptionAsync("partner");
        await resident.GetByRole(AriaRole.Button, new() { Name = "Maak de afspraak" }).ClickAsync();
        await Assertions.Expect(resident.GetByText("Uw afspraak staat")).ToBeVisibleAsync();
        await Keeps(resident, "booked");
        await resident.Locator("input[name=Choice]").First.CheckAsync();
        await resident.GetByRole(AriaRole.Button, new() { Name = "Verzet de afspraak" }).ClickAsync();
        await Assertions.Expect(resident.GetByText("Uw afspraak is verzet")).ToBeVisibleAsync();
        await resident.GetByRole(AriaRole.Button, new() { Name = "Zeg het gesprek af" }).ClickAsync();
        await Keeps(resident, "unsure");
        await resident.Locator("#zeker").CheckAsync();
        await resident.GetByRole(AriaRole.Button, new() { Name = "Zeg het gesprek af" }).ClickAsync();
        await Assertions.Expect(resident.GetByText("geen gesprek meer gepland")).ToBeVisibleAsync();
        await Keeps(resident, "cancelled");
        await resident.GotoAsync(new Uri(region.Address, "/uw-gesprek/does-not-exist").ToString());
        await Keeps(resident, "gone");

        await Eventually.Is(async () =>
        {
            await planner.GotoAsync(new Uri(region.Address, "/planning/mail").ToString());
            return await planner.GetByText("Vervallen").CountAsync() > 0;
        });
        await Keeps(planner, "mail");
        await planner.Locator("main li a").First.ClickAsync();
        await Keeps(planner, "one-mail");
        await planner.GotoAsync(new Uri(region.Address, "/planning/notices?show=all").ToString());
        await Keeps(planner, "notices");
        await planner.GotoAsync(new Uri(region.Address, $"{referral}/resident").ToString());
        await Assertions.Expect(planner.GetByText("Mijn partner")).ToBeVisibleAsync();
        await Keeps(planner, "answer");

        var ggz = await LogsIn("/planning/calendar", "ggz");
        await ggz.Locator("main form button").First.ClickAsync();
        await Keeps(ggz, "calendar");
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
