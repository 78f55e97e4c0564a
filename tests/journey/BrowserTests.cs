using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>The demo as a visitor clicks through it, in Chromium; every page is kept as a picture.</summary>
public sealed class BrowserTests
{
    private const string Advice = "Mevrouw wil elke week gaan wandelen met de buurvrouw.";

    private static readonly string Pictures = Repository.Results("screenshots");

    [Theory]
    [InlineData("wide", 1280, true)]
    [InlineData("phone", 320, true)]
    [InlineData("without-script", 1280, false)]
    public async Task From_the_huisarts_to_the_huisarts_in_the_browser(string name, int width, bool hasScript)
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results($"browser-{name}"));
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.LaunchChromium();
        var visitor = new Visitor(chromium, region.Address, name, width, hasScript);

        var gp = await visitor.Opens("/", "start");
        await visitor.Opens(gp, "/gp-system", "gp-system");
        await gp.Locator("main form button[type=submit]").Last.ClickAsync();
        await visitor.Keeps(gp, "gp-system-sent");

        if (hasScript)
        {
            await visitor.ReadsTheApi();
        }

        var planner = await visitor.LogsIn("/planning", "planner");
        await visitor.Keeps(planner, "work-list");
        await planner.Locator("main td a").First.ClickAsync();
        await visitor.Keeps(planner, "referral");
        Assert.NotEqual(0, await planner.Locator("a[href^='tel:']").CountAsync());
        await planner.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).ClickAsync();
        await Assertions.Expect(planner.GetByText("De afspraak is gepland")).ToBeVisibleAsync();
        await visitor.Keeps(planner, "booked");

        var ggz = await visitor.LogsIn("/planning/conversations", "ggz");
        await visitor.Keeps(ggz, "conversations");
        await ggz.Locator("main li a").First.ClickAsync();
        await visitor.Keeps(ggz, "conversation");
        await ggz.GetByRole(AriaRole.Button, new() { Name = "Het gesprek is gevoerd" }).ClickAsync();
        await Assertions.Expect(ggz.GetByText("Dit gesprek is gevoerd")).ToBeVisibleAsync();
        await visitor.Signs(ggz);

        var sociaal = await visitor.LogsIn("/feedback", "sociaal");
        await visitor.SignsToo(sociaal);
        await visitor.Keeps(sociaal, "signed");

        var manager = await visitor.LogsIn("/feedback/deliveries", "manager");
        await visitor.Keeps(manager, "deliveries");

        await LetterIsThere(visitor, gp);
        await visitor.Keeps(gp, "gp-system-letter");
        await HasTheAdvice(gp, region.Address);
        Assert.Empty(visitor.Complaints);
    }

    private static async Task LetterIsThere(Visitor visitor, IPage gp) => await Eventually.Is(async () =>
    {
        await gp.GotoAsync(new Uri(visitor.Site, "/gp-system").ToString());
        return await gp.Locator("a[href$='.pdf'], a[href*='pdf'], a[href*='letters/']").CountAsync() > 0
            && (await gp.ContentAsync()).Contains("u heeft het advies ontvangen", StringComparison.Ordinal);
    });

    private static async Task HasTheAdvice(IPage gp, Uri site)
    {
        var link = await gp.Locator("a[href$='.pdf'], a[href*='pdf'], a[href*='letters/']").First.GetAttributeAsync("href");
        using var http = new HttpClient();
        using var pdf = PdfDocument.Open(await http.GetByteArrayAsync(new Uri(site, link)));
        Assert.Contains("wandelen", string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text)), StringComparison.Ordinal);
    }

    /// <summary>Somebody with a browser window of one width, who looks at each page and minds what is wrong with it.</summary>
    private sealed class Visitor(IBrowser browser, Uri site, string name, int width, bool hasScript)
    {
        private const string OpenAdvice = "main li a[href^='/feedback/advices/']:not([href$='/monitoring'])";
        private int _number;

        internal Uri Site => site;

        internal List<string> Complaints { get; } = [];

        internal async Task<IPage> Opens(string path, string picture)
        {
            var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = hasScript, Locale = "nl-NL" });
            var page = await context.NewPageAsync();
            await Opens(page, path, picture);
            return page;
        }

        internal async Task Opens(IPage page, string path, string picture)
        {
            await page.GotoAsync(new Uri(site, path).ToString());
            await Keeps(page, picture);
        }

        /// <summary>A page of Scalar's, which is not held to our own rules.</summary>
        internal async Task ReadsTheApi()
        {
            var page = await browser.NewPageAsync();
            await page.GotoAsync(new Uri(site, "/fhir/docs").ToString());
            await Assertions.Expect(page.GetByText("ServiceRequest").First).ToBeVisibleAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-api.png") });
        }

        internal async Task<IPage> LogsIn(string path, string login)
        {
            var page = await Opens(path, $"log-in-{login}");
            await page.GetByLabel("Naam").FillAsync(login);
            await page.GetByLabel("Wachtwoord").FillAsync("demo");
            await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
            await page.WaitForURLAsync(new Uri(site, path).ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 60_000 });
            return page;
        }

        internal async Task Signs(IPage page)
        {
            await Eventually.Is(async () =>
            {
                await page.GotoAsync(new Uri(site, "/feedback").ToString());
                return await page.Locator(OpenAdvice).CountAsync() > 0;
            });
            await Keeps(page, "advices");
            await page.Locator(OpenAdvice).First.ClickAsync();
            await Keeps(page, "advice");
            await page.GetByLabel("Wat speelt er?").FillAsync(Advice);
            await page.GetByLabel("Afspraken").FillAsync("Bellen met de verkenner.");
            await page.Locator("input[name='Form.Contact']").First.CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Opslaan en de inwoner laten lezen" }).ClickAsync();
            await Keeps(page, "resident-reads");
            await page.GetByText("Ja, ik ben het eens met het advies").ClickAsync();
            await page.GetByText("Ja, mijn huisarts krijgt het advies").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Bewaar mijn antwoord" }).ClickAsync();
            await Marks(page);
        }

        internal async Task SignsToo(IPage page)
        {
            await page.GotoAsync(new Uri(site, "/feedback").ToString());
            await Keeps(page, "advices");
            await page.Locator(OpenAdvice).First.ClickAsync();
            await Marks(page);
        }

        private async Task Marks(IPage page)
        {
            await Keeps(page, "before-signing");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ondertekenen" }).ClickAsync();
            await Keeps(page, "after-signing");
        }

        internal async Task Keeps(IPage page, string picture)
        {
            var file = Path.Combine(Pictures, $"{name}-{++_number:00}-{picture}.png");
            await page.ScreenshotAsync(new() { Path = file, FullPage = true });
            Assert.NotEmpty(await page.TitleAsync());
            if (!hasScript)
            {
                return; // the checks below run as scripts
            }

            var result = await page.RunAxe();
            Complaints.AddRange(result.Violations.Select(v => $"{picture}: {v.Id} {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
            {
                Complaints.Add($"{picture}: {wide} pixels wide in a window of {width}");
            }
        }
    }
}
