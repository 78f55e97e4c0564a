using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>A planner at work in Chromium: every page and every state of a referral, wide, on a phone, and without JavaScript.</summary>
public sealed class PlannerBrowserTests
{
    private static readonly Dictionary<string, string?> WithUndo = new() { ["Planning__UndoSeconds"] = "10" };
    private static readonly string Pictures = Repository.Results("screenshots");

    [Theory]
    [InlineData("planner-wide", 1280, true)]
    [InlineData("planner-phone", 320, true)]
    [InlineData("planner-without-script", 1280, false)]
    public async Task Every_step_of_the_planner_in_the_browser(string name, int width, bool hasScript)
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results($"browser-{name}"), environment: WithUndo);
        await using var desk = await Desk.Open(region.Address, name, width, hasScript);
        await desk.Refers();
        var page = await desk.LogsIn();
        await desk.Looks(page, "work-list");

        await page.GetByRole(AriaRole.Link, new() { Name = "Plan de hele wachtlijst" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Maak een voorstel" }).ClickAsync();
        await Assertions.Expect(page.GetByText("is al het beste voor de hele lijst")).ToBeVisibleAsync();
        await desk.Looks(page, "whole-list");
        await page.GetByRole(AriaRole.Link, new() { Name = "Terug naar de werklijst" }).ClickAsync();

        foreach (var who in new[] { "ggz", "sociaal" })
        {
            var professional = await desk.LogsIn(who, "/planning/proposals", "main form");
            await desk.Looks(professional, $"proposal-{who}");
            await professional.GetByRole(AriaRole.Button, new() { Name = "Ja, ik kan" }).ClickAsync();
            await Assertions.Expect(professional.GetByText("Vastgelegd: u zei ja")).ToBeVisibleAsync();
            await desk.Looks(professional, $"agreed-{who}");
        }

        await page.Locator("main td a").First.ClickAsync();
        await Assertions.Expect(page.GetByText("zeiden allebei ja")).ToBeVisibleAsync();
        await desk.Looks(page, "referral");
        await page.GetByRole(AriaRole.Link, new() { Name = "Per week" }).ClickAsync();
        await desk.Looks(page, "week-view");
        await page.GetByRole(AriaRole.Link, new() { Name = "Per plek, dichtbij eerst" }).ClickAsync();
        await desk.Looks(page, "distance-view");

        await page.GetByText("Ik heb gebeld").ClickAsync();
        await page.GetByText("Nee", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Bel terug op").FillAsync("2020-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leg het telefoontje vast" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Terugbellen kan alleen in de toekomst")).ToBeVisibleAsync();
        Assert.Equal("2020-01-01", await page.GetByLabel("Bel terug op").InputValueAsync());
        await desk.Looks(page, "refused");

        await page.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).ClickAsync();
        await Assertions.Expect(page.GetByText("De afspraak is gepland")).ToBeVisibleAsync();
        await desk.Looks(page, "booked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Het is ongedaan gemaakt")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Verzet de afspraak" }).ClickAsync();
        await desk.Looks(page, "move");
        await page.Locator("label.vg-choice:has(input[name=Choice])").Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verzet de afspraak" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Vervang een verkenner" }).ClickAsync();
        await desk.Looks(page, "replace");
        await page.Locator("label.vg-choice:has(input[name=Replacement])").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Vervang", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("De verkenner is vervangen")).ToBeVisibleAsync();

        var day = (await page.Locator("dt:text-is('Wanneer') + dd").InnerTextAsync()).Split(' ')[0];
        await page.GetByText("Wensen van de inwoner").ClickAsync();
        foreach (var part in await page.Locator($"input[aria-label^='{day} ']").AllAsync())
        {
            await part.CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaar de wensen" }).ClickAsync();
        await page.WaitForURLAsync("**?done=Wishes");
        await page.GotoAsync(new Uri(region.Address, "/planning").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Herstel afspraken" }).ClickAsync();
        await Assertions.Expect(page.GetByText("op dat dagdeel niet")).ToBeVisibleAsync();
        await page.Locator("label.vg-choice:has(input[name=rows])").First.ClickAsync();
        await desk.Looks(page, "repairs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Herstel wat een vinkje heeft" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 afspraak is hersteld")).ToBeVisibleAsync();
        await desk.Looks(page, "repaired");

        await page.GotoAsync(new Uri(region.Address, "/planning/week").ToString());
        await desk.Looks(page, "week");
        await page.GotoAsync(new Uri(region.Address, "/planning?show=planned").ToString());
        await desk.Looks(page, "filtered");
        await page.Locator("main td a").First.ClickAsync();
        await page.GetByText("Sluit af met een reden").ClickAsync();
        await page.GetByText("De inwoner woont buiten de regio").ClickAsync();
        await desk.Looks(page, "closing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sluit de verwijzing af" }).ClickAsync();
        await Assertions.Expect(page.GetByText("De inwoner woont buiten de regio. Er is niets meer te plannen")).ToBeVisibleAsync();
        await desk.Looks(page, "closed");

        Assert.Empty(desk.Complaints);
    }

    [Fact]
    public async Task Of_two_planners_on_one_referral_the_second_sees_it_within_two_seconds_and_loses_nothing()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-two-planners"));
        await using var desk = await Desk.Open(region.Address, "two-planners", 1280, hasScript: true);
        await desk.Refers();
        var (one, other) = (await desk.LogsIn(), await desk.LogsIn());
        await Task.WhenAll(one.Locator("main td a").First.ClickAsync(), other.Locator("main td a").First.ClickAsync());
        await other.GetByText("Pauzeer", new() { Exact = true }).ClickAsync();
        await other.GetByLabel("Waarom (blijft hier").FillAsync("Wil na de vakantie");
        await one.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).WaitForAsync();

        var pressed = Stopwatch.GetTimestamp();
        var answered = one.WaitForResponseAsync(r => r.Request.Method == "POST");
        await one.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).ClickAsync();
        await answered;
        var (done, answer) = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(pressed));
        await other.GetByText("Deze verwijzing is net veranderd").WaitForAsync(new() { Timeout = 10_000 });
        var seen = Stopwatch.GetElapsedTime(done);
        await desk.Looks(other, "told");
        await other.GetByRole(AriaRole.Button, new() { Name = "Pauzeer de verwijzing" }).ClickAsync();

        await Assertions.Expect(other.GetByText("net door een ander veranderd")).ToBeVisibleAsync();
        Assert.Contains("Wil na de vakantie", await other.ContentAsync(), StringComparison.Ordinal);
        Assert.InRange(seen.TotalSeconds, 0, Math.Max(2, 4 * answer.TotalSeconds)); // a machine that is slow for the one is for the other
        TestContext.Current.TestOutputHelper!.WriteLine($"seen {seen.TotalMilliseconds:0} ms after an answer of {answer.TotalMilliseconds:0} ms");
    }

    [Fact]
    public async Task The_list_of_a_planner_who_only_looks_changes_by_itself()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-live-list"));
        await using var desk = await Desk.Open(region.Address, "live-list", 1280, hasScript: true);
        await desk.Refers();
        var page = await desk.LogsIn();
        Assert.Equal(1, await page.Locator("main tbody tr").CountAsync());

        await desk.Refers();

        await Assertions.Expect(page.Locator("main tbody tr")).ToHaveCountAsync(2, new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task From_opening_a_new_referral_to_both_invited_takes_at_most_three_clicks()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-clicks"));
        await using var desk = await Desk.Open(region.Address, "clicks", 1280, hasScript: true);
        await desk.Refers();
        var page = await desk.LogsIn();
        await page.Context.AddInitScriptAsync(
            "addEventListener('click', e => { if (e.isTrusted) sessionStorage.setItem('clicks', 1 + Number(sessionStorage.getItem('clicks'))) }, true)");
        await page.Locator("main td a").First.ClickAsync(); // opens it: not counted

        await page.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).ClickAsync();

        await Assertions.Expect(page.GetByText("De afspraak is gepland")).ToBeVisibleAsync();
        Assert.InRange(await page.EvaluateAsync<int>("Number(sessionStorage.getItem('clicks'))"), 1, 3);
        var duo = (await page.Locator("dt:text-is('Duo') + dd").InnerTextAsync()).Split('\n').Select(n => n.Split(',', '(')[0].Trim()).ToList();
        Assert.Equal(2, duo.Count);
        await Eventually.Is(async () =>
        {
            await page.GotoAsync(new Uri(region.Address, "/planning/mail").ToString());
            var mails = await page.Locator("main").InnerTextAsync();
            return duo.TrueForAll(name => mails.Contains(name, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task The_letter_to_a_resident_without_mail_prints_on_one_sheet_of_A4()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-letter"));
        await using var desk = await Desk.Open(region.Address, "letter", 1280, hasScript: true);
        using var gp = new ReferringGp(region.Address);
        await gp.Refer("L1", new TestPerson("Wilhelmina", "Verzonnen", "999990019", "0612349999"));
        var page = await desk.LogsIn();
        await page.Locator("main td a").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).ClickAsync();
        await Eventually.Is(async () =>
        {
            await page.GotoAsync(new Uri(region.Address, "/planning/notices").ToString());
            return await page.GetByRole(AriaRole.Button, new() { Name = "Maak de brief" }).CountAsync() > 0;
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Maak de brief" }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("Dorpsstraat 1")).ToBeVisibleAsync();

        var sheet = await page.PdfAsync(new() { Path = Path.Combine(Pictures, "letter.pdf"), PreferCSSPageSize = true });

        using var pdf = UglyToad.PdfPig.PdfDocument.Open(sheet);
        Assert.Equal(1, pdf.NumberOfPages);
        var first = pdf.GetPage(1);
        var words = string.Join(' ', first.GetWords().Select(w => w.Text));
        Assert.Equal((595, 842), ((int)Math.Round(first.Width), (int)Math.Round(first.Height)));
        Assert.Contains("Dorpsstraat 1", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Ctrl+P", words, StringComparison.Ordinal); // what is for the screen stays on the screen
        await desk.Looks(page, "letter");
        Assert.Empty(desk.Complaints);
    }

    [Fact]
    public async Task A_planner_without_a_mouse_books_and_moves_and_always_sees_where_the_focus_is()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-keyboard"));
        await using var desk = await Desk.Open(region.Address, "keyboard", 1280, hasScript: true);
        await desk.Refers();
        await desk.LogsIn(); // the referral is on the list
        var page = await desk.NewPage();
        await page.GotoAsync(new Uri(region.Address, "/planning").ToString());

        await desk.TabsTo(page, "e.labels?.[0]?.innerText.startsWith('Naam')");
        await page.Keyboard.TypeAsync("planner");
        await desk.TabsTo(page, "e.labels?.[0]?.innerText.startsWith('Wachtwoord')");
        await page.Keyboard.TypeAsync("demo");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Uri(region.Address, "/planning").ToString());
        await desk.TabsTo(page, "e.matches('main td a')");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan de afspraak" }).WaitForAsync();
        await desk.TabsTo(page, "e.innerText === 'Plan de afspraak'");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("De afspraak is gepland")).ToBeVisibleAsync();
        await desk.TabsTo(page, "e.innerText === 'Verzet de afspraak'");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("input[name=Choice]").First.WaitForAsync();
        await desk.TabsTo(page, "e.name === 'Choice'");
        await page.Keyboard.PressAsync("ArrowDown");
        await desk.TabsTo(page, "e.tagName === 'BUTTON' && e.innerText === 'Verzet de afspraak'");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByText("De afspraak is verzet")).ToBeVisibleAsync();
        Assert.Empty(desk.Complaints);
    }

    [Fact]
    public async Task The_planner_who_has_the_referral_open_sees_it_when_the_resident_chooses()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-resident-live"));
        await using var desk = await Desk.Open(region.Address, "resident-live", 1280, hasScript: true);
        await desk.Refers();
        var (open, sends, resident) = (await desk.LogsIn(), await desk.LogsIn(), await desk.NewPage());
        await open.Locator("main td a").First.ClickAsync();
        var referral = await sends.Locator("main td a").First.GetAttributeAsync("href");
        await sends.GotoAsync(new Uri(region.Address, $"{referral}/resident").ToString());
        await sends.GetByRole(AriaRole.Button, new() { Name = "Toon een link" }).ClickAsync();
        await resident.GotoAsync((await sends.Locator("code").First.InnerTextAsync()).Trim());
        await open.ReloadAsync(); // as it is now
        await resident.Locator("input[name=Choice]").First.CheckAsync();

        await resident.GetByRole(AriaRole.Button, new() { Name = "Maak de afspraak" }).ClickAsync();

        await Assertions.Expect(open.GetByText("Deze verwijzing is net veranderd")).ToBeVisibleAsync(new() { Timeout = 10_000 });
    }

    /// <summary>Chromium at one width, minding what is wrong with each page.</summary>
    private sealed class Desk(IPlaywright playwright, IBrowser chromium, Uri site, string name, int width, bool hasScript) : IAsyncDisposable
    {
        private int _number;

        internal List<string> Complaints { get; } = [];

        internal static async Task<Desk> Open(Uri site, string name, int width, bool hasScript)
        {
            var playwright = await Playwright.CreateAsync();
            var chromium = await playwright.LaunchChromium();
            return new Desk(playwright, chromium, site, name, width, hasScript);
        }

        internal async Task Refers()
        {
            var gp = await NewPage();
            await gp.GotoAsync(new Uri(site, "/gp-system").ToString());
            await gp.Locator("main form button[type=submit]").Last.ClickAsync();
        }

        internal Task<IPage> LogsIn() => LogsIn("planner", "/planning", "main td a");

        /// <summary>Until what is looked for is there.</summary>
        internal async Task<IPage> LogsIn(string who, string path, string lookedFor)
        {
            var page = await NewPage();
            await page.GotoAsync(new Uri(site, path).ToString());
            await page.GetByLabel("Naam").FillAsync(who);
            await page.GetByLabel("Wachtwoord").FillAsync("demo");
            await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
            await Eventually.Is(async () =>
            {
                await page.GotoAsync(new Uri(site, path).ToString());
                return await page.Locator(lookedFor).CountAsync() > 0;
            });
            return page;
        }

        internal async Task Looks(IPage page, string picture)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{++_number:00}-{picture}.png"), FullPage = true });
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

        /// <summary>With the tab key alone, to the first element of which the expression in e is true; each on the way shows that it has the focus.</summary>
        internal async Task TabsTo(IPage page, string isIt)
        {
            for (var i = 0; i < 150; i++)
            {
                await page.Keyboard.PressAsync("Tab");
                var focus = await page.EvaluateAsync<string>($$"""
                    () => {
                      const e = document.activeElement, shows = x => { const s = getComputedStyle(x); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
                      const seen = e === document.body || shows(e) || (e.closest('label') && shows(e.closest('label')));
                      return (seen ? '' : 'hidden ' + e.outerHTML.slice(0, 200)) + ({{isIt}} ? ' it' : '');
                    }
                    """);
                if (focus.StartsWith("hidden", StringComparison.Ordinal))
                {
                    Complaints.Add($"the focus is not to be seen: {focus}");
                }

                if (focus.EndsWith(" it", StringComparison.Ordinal))
                {
                    return;
                }
            }

            Assert.Fail($"Tab never comes to {isIt}");
        }

        internal async Task<IPage> NewPage()
        {
            var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = hasScript, Locale = "nl-NL" });
            var page = await context.NewPageAsync();
            page.Console += (_, message) =>
            {
                if (message.Type is "error")
                {
                    Complaints.Add($"console: {message.Text}");
                }
            };
            return page;
        }

        public async ValueTask DisposeAsync()
        {
            await chromium.DisposeAsync();
            playwright.Dispose();
        }
    }
}
