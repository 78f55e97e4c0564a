using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>
/// Every page that a link leads to, for each role, on a phone of 320 pixels: no violation of axe-core, nothing that is wider than
/// the window, no error in the console. A new page is found by itself, as soon as something links to it.
/// </summary>
public sealed partial class EveryPageTests
{
    private static readonly string Pictures = Repository.Results("screenshots");

    // Where each begins, how many kinds of pages there are at least, and what is looked at as somebody else.
    private static readonly (string Login, string Start, int AtLeast, string Elsewhere)[] Roles =
    [
        ("planner", "/planning", 15, "/planning/registry/"), ("manager", "/planning/registry", 40, "-"), ("ggz", "/planning/conversations", 5, "-"),
        ("sociaal", "/feedback", 5, "-"), ("", "/verkennend-gesprek", 1, "-"),
    ];

    [Fact]
    public async Task No_page_has_anything_that_keeps_people_out()
    {
        await using var region = await RunningRegion.InOneProcess(Repository.Results("browser-every-page"));
        await Walked(region);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.LaunchChromium();
        var complaints = new List<string>();
        foreach (var (login, start, atLeast, elsewhere) in Roles)
        {
            var seen = await Visits(region.Address, chromium, login, start, elsewhere, complaints);
            TestContext.Current.TestOutputHelper!.WriteLine($"{login}: {string.Join(' ', seen.Order())}");
            Assert.True(seen.Count >= atLeast, $"{login}: {seen.Count} pages: {string.Join(' ', seen)}");
        }

        Assert.Empty(complaints);
    }

    private static async Task<HashSet<string>> Visits(Uri site, IBrowser chromium, string login, string start, string elsewhere, List<string> complaints)
    {
        var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 320, Height = 800 }, Locale = "nl-NL" });
        var (page, address) = (await context.NewPageAsync(), "");
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                complaints.Add($"{login} {address}: console: {message.Text}");
            }
        };
        await page.GotoAsync(new Uri(site, start).ToString());
        if (login.Length > 0)
        {
            await page.GetByLabel("Naam").FillAsync(login);
            await page.GetByLabel("Wachtwoord").FillAsync("demo");
            await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
            await page.GetByText("Uitloggen").WaitForAsync();
        }

        var (seen, waiting) = (new HashSet<string>(), new Queue<string>([start]));
        while (waiting.TryDequeue(out address!))
        {
            if (!seen.Add(Kind().Replace(address, "{id}")) || await page.GotoAsync(new Uri(site, address).ToString()) is not { } answer)
            {
                continue;
            }

            if (!answer.Headers.TryGetValue("content-type", out var type) || !type.StartsWith("text/html", StringComparison.Ordinal))
            {
                continue; // shown by another program
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"every-{login}-{seen.Count:00}.png"), FullPage = true });
            complaints.AddRange(answer.Status < 400 ? [] : [$"{login} {address}: {answer.Status}"]);
            complaints.AddRange((await page.RunAxe()).Violations.Select(v => $"{address}: {v.Id} {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > 320)
            {
                complaints.Add($"{address}: {wide} pixels wide");
            }

            foreach (var link in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].map(a => a.getAttribute('href'))"))
            {
                if (Ours().IsMatch(link) && !link.StartsWith(elsewhere, StringComparison.Ordinal))
                {
                    waiting.Enqueue(link.Split('#')[0]);
                }
            }
        }

        await context.CloseAsync();
        return seen;
    }

    // One referral that waits, one that is booked, and one of which the advice came back.
    private static async Task Walked(RunningRegion region)
    {
        using var gp = new ReferringGp(region.Address);
        using var people = new People(region.Address, TimeSpan.FromSeconds(60));
        var person = new TestPerson("Wilhelmina", "Verzonnen", "999990019", "0612349999");
        var (done, booked) = (await gp.Refer("E1", person), await gp.Refer("E2", person));
        await people.Book(done);
        await people.Hold(done);
        await people.Advise(done, "Mevrouw gaat wandelen met de buurvrouw.");
        await people.Book(booked);
        await gp.Refer("E3", person);
        await Eventually.Is(async () => (await gp.Task(done)).Status == "completed");
    }

    // Of every kind of page one: whatever the id, the page, the week or the filter.
    [GeneratedRegex(@"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9a-f]{40}|(?<=[?&](p|week|from|q|show|month|year)=)[^&]*")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^/(planning|feedback|practices|verkennend-gesprek)(?!.*(log-out|\.ics|\.txt|/csv|/fhir|\.pdf))")]
    private static partial Regex Ours();
}
