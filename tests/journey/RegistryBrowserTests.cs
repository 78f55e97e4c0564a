using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>The registry and the looking back in Chromium, with and without script; every page is kept as a picture.</summary>
public sealed class RegistryBrowserTests
{
    private static readonly string Pictures = Repository.Results("screenshots");

    [Theory]
    [InlineData("registry-wide", 1280, true)]
    [InlineData("registry-phone", 320, true)]
    [InlineData("registry-without-script", 1280, false)]
    public async Task The_registry_is_kept_and_looked_back_on(string name, int width, bool hasScript)
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results($"browser-{name}"));
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.LaunchChromium();
        var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = hasScript, Locale = "nl-NL" });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        await page.GotoAsync(new Uri(region.Address, "/planning/registry").ToString());
        await page.GetByLabel("Naam").FillAsync("manager");
        await page.GetByLabel("Wachtwoord").FillAsync("demo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(region.Address, "/planning/registry").ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 60_000 });
        await Keeps("contents");

        foreach (var path in new[] { "registry/professionals", "registry/moments", "registry/absences", "registry/professionals/new", "registry/import", "looking-back" })
        {
            await page.GotoAsync(new Uri(region.Address, $"/planning/{path}").ToString());
            await Keeps(path.Replace('/', '-'));
        }

        await page.GotoAsync(new Uri(region.Address, "/planning/registry/absences/new").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Opslaan" }).ClickAsync();
        await Keeps("faults");
        await page.GetByLabel("Verkenner").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Eerste dag").FillAsync("2026-12-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Opslaan" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Opgeslagen.")).ToBeVisibleAsync();
        await Keeps("saved");
        await page.GotoAsync(new Uri(region.Address, "/planning/registry/absences").ToString());
        await page.Locator("main a[href*='/planning/registry/absences/']:not([href$='/new'])").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Geschiedenis" })).ToBeVisibleAsync();
        await Keeps("history");

        await page.GotoAsync(new Uri(region.Address, "/planning/registry/import").ToString());
        await page.GetByLabel("Wat staat erin?").SelectOptionAsync("organisations");
        await page.GetByLabel("Bestand", new() { Exact = true }).SetInputFilesAsync(new FilePayload
        {
            Name = "organisaties.csv",
            MimeType = "text/csv",
            Buffer = "Naam;Kant\r\nNieuw Huis;sociaal domein\r\nFout;boven\r\n"u8.ToArray(),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Kijk het bestand na" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Rij 3")).ToBeVisibleAsync();
        await Keeps("import-faults");
        await page.GetByLabel("Bestand", new() { Exact = true }).SetInputFilesAsync(new FilePayload
        {
            Name = "organisaties.csv",
            MimeType = "text/csv",
            Buffer = "Naam;Kant\r\nNieuw Huis;sociaal domein\r\n"u8.ToArray(),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Kijk het bestand na" }).ClickAsync();
        await Keeps("import-checked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alles inlezen" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Het bestand is ingelezen: 1 rij.")).ToBeVisibleAsync();
        Assert.Empty(complaints);

        async Task Keeps(string picture)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{picture}.png"), FullPage = true });
            if (!hasScript)
            {
                return; // the checks below run as scripts
            }

            complaints.AddRange((await page.RunAxe()).Violations.Select(v => $"{picture}: {v.Id} {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
            {
                complaints.Add($"{picture}: {wide} pixels wide in a window of {width}");
            }
        }
    }
}
