using Microsoft.Playwright;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>What people do after the advice, with JavaScript off; up to the advice <see cref="BrowserTests"/> does so.</summary>
public sealed class WithoutScriptTests
{
    private static readonly string Pictures = Repository.Results("screenshots");

    [Fact]
    public async Task Monitoring_a_correction_the_personal_link_and_a_change_of_mind_need_no_script()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-no-script-after"));
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromMinutes(2));
        var referral = await gp.Refer("VG-ZONDER-1", new TestPerson("Test", "Zonderscript-Verzonnen", "999990019", "0206789012"));
        await people.Book(referral);
        await people.Hold(referral);
        await people.Advise(referral, "Mevrouw gaat wandelen met de buurvrouw.");
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.LaunchChromium();
        var (ggz, sociaal) = (await LogsIn(chromium, region.Address, "ggz"), await LogsIn(chromium, region.Address, "sociaal"));
        var advice = await ggz.Locator("main li a[href^='/feedback/advices/']:not([href$='/monitoring'])").First.GetAttributeAsync("href");

        await FillsIn(ggz, new Uri(region.Address, $"{advice}/monitoring"));
        var link = await Corrects(ggz, new Uri(region.Address, advice));
        var resident = await Blank(chromium, 320);
        await Answers(resident, link);
        foreach (var page in new[] { ggz, sociaal })
        {
            await page.GotoAsync(new Uri(region.Address, advice).ToString());
            await Press(page, "Ondertekenen");
        }

        await Assertions.Expect(sociaal.GetByText("Het advies is definitief. Het gaat nu vanzelf naar de huisarts.")).ToBeVisibleAsync();
        await resident.GotoAsync(link);
        await Press(resident, "Ik wil niet meer dat mijn huisarts dit leest");
        await Assertions.Expect(resident.GetByText("Uw huisarts krijgt het advies niet (meer).")).ToBeVisibleAsync();
        await resident.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "no-script-resident.png"), FullPage = true });
    }

    private static async Task FillsIn(IPage ggz, Uri form)
    {
        await ggz.GotoAsync(form.ToString());
        await ggz.GetByRole(AriaRole.Link, new() { Name = "Open de vragen voor de inwoner" }).ClickAsync();
        await ggz.Locator("label.vg-face:has(input[name=experience])").Nth(3).ClickAsync();
        await ggz.Locator("label.vg-face-skip:has(input[name=helpfulness])").ClickAsync();
        await Press(ggz, "Klaar");
        await ggz.GetByRole(AriaRole.Link, new() { Name = "Ik ben de verkenner: verder" }).ClickAsync();
        await ggz.Locator("label.vg-choice:has(input[name='Form.Place'])").First.ClickAsync();
        await ggz.Locator("label.vg-choice:has(input[name='Form.Setting'])").First.ClickAsync();
        await ggz.Locator("label.vg-choice:has(input[name='Form.NextSteps'])").First.ClickAsync();
        await ggz.Locator("label.vg-face:has(input[name='Form.Own'])").Nth(2).ClickAsync();
        await ggz.GetByText("Mijn duopartner kan niets meer invullen").ClickAsync();
        await Press(ggz, "Versturen");
        await Assertions.Expect(ggz.GetByText("Dit formulier is verstuurd op")).ToBeVisibleAsync();
        await ggz.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "no-script-monitoring.png"), FullPage = true });
    }

    private static async Task<string> Corrects(IPage ggz, Uri advice)
    {
        await ggz.GotoAsync(advice.ToString());
        await ggz.GetByRole(AriaRole.Link, new() { Name = "Corrigeren of terugnemen" }).ClickAsync();
        await ggz.GetByLabel("Waarom?").FillAsync("Een woord was verkeerd.");
        await ggz.Locator("label.vg-choice:has(input[value=correct])").ClickAsync();
        await ggz.GetByText("Ik weet het zeker.").ClickAsync();
        await Press(ggz, "Doorgaan");
        await Assertions.Expect(ggz.GetByText("U kunt het advies nu verbeteren.")).ToBeVisibleAsync();
        await ggz.GetByLabel("Wat wil de inwoner proberen?").FillAsync("Zwemmen.");
        await Press(ggz, "Opslaan en de inwoner laten lezen");
        await Press(ggz, "Maak een persoonlijke link");
        return (await ggz.Locator("code").First.InnerTextAsync()).Trim();
    }

    private static async Task Answers(IPage resident, string link)
    {
        await resident.GotoAsync(link);
        await Assertions.Expect(resident.GetByText("Zwemmen.")).ToBeVisibleAsync();
        await resident.GetByText("Ja, ik ben het eens met het advies").ClickAsync();
        await resident.GetByText("Ja, mijn huisarts krijgt het advies").ClickAsync();
        await Press(resident, "Bewaar mijn antwoord");
        await Assertions.Expect(resident.GetByText("Dank u. Uw antwoord is bewaard.")).ToBeVisibleAsync();
    }

    private static async Task Press(IPage page, string button)
    {
        var answered = page.WaitForResponseAsync(r => r.Request.Method == "POST");
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await answered;
    }

    private static async Task<IPage> LogsIn(IBrowser chromium, Uri site, string login)
    {
        var page = await Blank(chromium, 1280);
        await page.GotoAsync(new Uri(site, "/feedback").ToString());
        await page.GetByLabel("Naam").FillAsync(login);
        await page.GetByLabel("Wachtwoord").FillAsync("demo");
        await Press(page, "Inloggen");
        await page.WaitForURLAsync(new Uri(site, "/feedback").ToString());
        return page;
    }

    private static async Task<IPage> Blank(IBrowser chromium, int width) => await (await chromium.NewContextAsync(
        new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = false, Locale = "nl-NL" })).NewPageAsync();
}
