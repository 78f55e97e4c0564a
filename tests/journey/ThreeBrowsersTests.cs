using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>Two professionals and the resident, each with an own browser, at one advice at the same time.</summary>
public sealed class ThreeBrowsersTests
{
    private static readonly string Pictures = Repository.Results("screenshots");

    [Fact]
    public async Task Two_write_at_once_the_service_is_killed_meanwhile_and_the_resident_reads_on_a_telephone()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-three"));
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.LaunchChromium();
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromMinutes(2));
        var referral = await gp.Refer("VG-DRIE-1", new TestPerson("Test", "Driebrowsers-Verzonnen", "999990019", "0206789012"));
        await people.Book(referral);
        await people.Hold(referral);
        var ggz = await AtTheAdvice(chromium, region.Address, "ggz");
        var sociaal = await AtTheAdvice(chromium, region.Address, "sociaal");
        List<string> complaints = [];

        await ggz.GetByLabel("Wat speelt er?").FillAsync("Ik slaap slecht en kom niet meer buiten.");
        await sociaal.GetByLabel("Wat wil de inwoner proberen?").FillAsync("Elke dag een half uur lopen.");
        await Assertions.Expect(ggz.GetByLabel("Wat wil de inwoner proberen?")).ToHaveValueAsync("Elke dag een half uur lopen.", new() { Timeout = 30_000 });
        await Assertions.Expect(sociaal.GetByLabel("Wat speelt er?")).ToHaveValueAsync("Ik slaap slecht en kom niet meer buiten.", new() { Timeout = 30_000 });
        await Keeps(ggz, "three-01-both-write", complaints);

        region.Processes["standalone"].Kill9();
        await ggz.GetByLabel("Afspraken").FillAsync("Noor belt maandag. Geschreven zonder verbinding.");
        await Assertions.Expect(ggz.GetByText("Geen verbinding. Uw tekst blijft hier staan")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Keeps(ggz, "three-02-no-connection", complaints);
        await region.Processes["standalone"].StartAgain();
        await Assertions.Expect(sociaal.GetByLabel("Afspraken")).ToHaveValueAsync("Noor belt maandag. Geschreven zonder verbinding.", new() { Timeout = 60_000 });
        await Assertions.Expect(ggz.GetByText("Alles is opgeslagen.")).ToBeVisibleAsync(new() { Timeout = 30_000 });

        await Contest(ggz, sociaal, region);
        await Keeps(ggz, "three-03-both-the-same-part", complaints);
        await StaysAfterReload(ggz, "Waarom deze verwijzing?");
        await ggz.Locator("input[name='Form.Contact']").First.CheckAsync();
        await ggz.GetByRole(AriaRole.Button, new() { Name = "Opslaan en de inwoner laten lezen" }).ClickAsync();
        await ggz.GetByRole(AriaRole.Button, new() { Name = "Maak een persoonlijke link" }).ClickAsync();
        await Keeps(ggz, "three-04-link", complaints);
        var link = (await ggz.Locator("code").First.InnerTextAsync()).Trim();

        var resident = await (await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 320, Height = 700 }, Locale = "nl-NL" })).NewPageAsync();
        await resident.GotoAsync(link);
        await Assertions.Expect(resident.GetByText("Elke dag een half uur lopen.")).ToBeVisibleAsync();
        await StaysAfterReload(resident, "Wilt u er zelf iets bij schrijven?");
        await Keeps(resident, "three-05-resident", complaints, 320);
        await resident.GetByRole(AriaRole.Button, new() { Name = "Bewaar mijn antwoord" }).ClickAsync();
        await Keeps(resident, "three-06-resident-missing", complaints, 320);
        await resident.GetByText("Nee, ik zie iets anders").ClickAsync();
        await resident.GetByLabel("Wilt u er zelf iets bij schrijven?").FillAsync("Ik wil liever zwemmen.");
        await resident.GetByText("Ja, mijn huisarts krijgt het advies").ClickAsync();
        await resident.GetByRole(AriaRole.Button, new() { Name = "Bewaar mijn antwoord" }).ClickAsync();
        await Assertions.Expect(resident.GetByText("Dank u. Uw antwoord is bewaard.")).ToBeVisibleAsync();

        foreach (var (page, who) in new[] { (ggz, "ggz"), (sociaal, "sociaal") })
        {
            await page.GotoAsync(new Uri(region.Address, new Uri(sociaal.Url).AbsolutePath).ToString());
            await Assertions.Expect(page.GetByText("Ik wil liever zwemmen.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Ondertekenen" }).ClickAsync();
            await Keeps(page, $"three-07-signed-{who}", complaints);
        }

        await Assertions.Expect(sociaal.GetByText("Het advies is definitief. Het gaat nu vanzelf naar de huisarts.")).ToBeVisibleAsync();
        await resident.ReloadAsync();
        await Keeps(resident, "three-08-resident-final", complaints, 320);
        await Eventually.Is(async () => (await gp.Task(referral)).BusinessStatus == "advies-teruggekoppeld", what: "the letter is there");
        Assert.Empty(complaints);
    }

    // Both change the same part: neither is overwritten, each sees the other's, and who was second decides.
    private static async Task Contest(IPage ggz, IPage sociaal, RunningRegion region)
    {
        await ggz.Context.SetOfflineAsync(true);
        await ggz.GetByLabel("Eigen kracht en netwerk").FillAsync("Van de GGZ.");
        await sociaal.GetByLabel("Eigen kracht en netwerk").FillAsync("Van het sociaal domein.");
        await Assertions.Expect(sociaal.GetByText("Alles is opgeslagen.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await ggz.Context.SetOfflineAsync(false);
        await Assertions.Expect(ggz.GetByText("Van het sociaal domein.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal("Van de GGZ.", await ggz.GetByLabel("Eigen kracht en netwerk").InputValueAsync());
        await ggz.GetByLabel("Eigen kracht en netwerk").FillAsync("Van ons allebei.");
        await ggz.GetByRole(AriaRole.Button, new() { Name = "Opslaan", Exact = true }).ClickAsync();
        await Assertions.Expect(ggz.GetByText("Uw duopartner heeft hetzelfde deel net veranderd.")).ToBeVisibleAsync();
        await ggz.GetByRole(AriaRole.Button, new() { Name = "Opslaan", Exact = true }).ClickAsync();
        await Assertions.Expect(ggz.GetByLabel("Eigen kracht en netwerk")).ToHaveValueAsync("Van ons allebei.");
        await Assertions.Expect(sociaal.GetByLabel("Eigen kracht en netwerk")).ToHaveValueAsync("Van ons allebei.", new() { Timeout = 30_000 });
        Assert.True(region.Processes["standalone"].IsRunning);
    }

    // What has no place on the server yet stays in the tab.
    private static async Task StaysAfterReload(IPage page, string label)
    {
        await page.GetByLabel(label).FillAsync("Nog niet verstuurd.");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel(label)).ToHaveValueAsync("Nog niet verstuurd.");
        await Assertions.Expect(page.GetByText("Deze tekst was nog niet opgeslagen.")).ToBeVisibleAsync();
        await page.GetByLabel(label).FillAsync("");
    }

    private static async Task<IPage> AtTheAdvice(IBrowser chromium, Uri site, string login)
    {
        var page = await (await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, Locale = "nl-NL" })).NewPageAsync();
        await page.GotoAsync(new Uri(site, "/feedback").ToString());
        await page.GetByLabel("Naam").FillAsync(login);
        await page.GetByLabel("Wachtwoord").FillAsync("demo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
        await Eventually.Is(async () =>
        {
            await page.GotoAsync(new Uri(site, "/feedback").ToString());
            return await page.Locator("main li a[href^='/feedback/advices/']:not([href$='/monitoring'])").CountAsync() > 0;
        });
        await page.Locator("main li a[href^='/feedback/advices/']:not([href$='/monitoring'])").First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Wat speelt er?")).ToBeVisibleAsync();
        return page;
    }

    private static async Task Keeps(IPage page, string picture, List<string> complaints, int width = 1280)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{picture}.png"), FullPage = true });
        var result = await page.RunAxe();
        complaints.AddRange(result.Violations.Select(v => $"{picture}: {v.Id} {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
        {
            complaints.Add($"{picture}: {wide} pixels wide in a window of {width}");
        }
    }
}
