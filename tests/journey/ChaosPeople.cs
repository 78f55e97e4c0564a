using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>
/// The people and the GP system of a region that is killed all the time. They do what people do: when a page does not
/// come they try again, and they look whether it has happened before they do it twice.
/// </summary>
internal sealed partial class ChaosPeople(ChaosRegion region) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly HttpClient _gp = new() { BaseAddress = region.Intake, Timeout = TimeSpan.FromSeconds(15) };
    private readonly ConcurrentDictionary<(string, Uri), PageClient> _people = new();
    private readonly string _bundle = File.ReadAllText(Path.Combine(
        Repository.Root, "contracts/fhir/examples/transaction-bundle.json"));

    private int _steps;
    private string? _token;

    /// <summary>How many steps of journeys are done.</summary>
    public int Steps => _steps;

    /// <summary>The GP system sends a referral until it has an answer.</summary>
    /// <returns>Our id of the referral.</returns>
    public async Task<Guid> Refer(string identifier)
    {
        var bundle = JsonNode.Parse(_bundle)!;
        bundle["entry"]![0]!["resource"]!["identifier"]![0]!["value"] = identifier;
        var id = Guid.Empty;
        await Step(async () =>
        {
            using var content = new StringContent(bundle.ToJsonString(), new MediaTypeHeaderValue("application/fhir+json"));
            using var answer = await Ask(HttpMethod.Post, "/fhir", content);
            answer.EnsureSuccessStatusCode();
            id = Guid.Parse(ReferralId().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value);
            return true;
        });
        return id;
    }

    /// <summary>The planner books one of the moments on offer.</summary>
    public async Task Book(Guid referral, Random random)
    {
        var path = $"/planning/referrals/{referral}";
        await Step(async () =>
        {
            var planner = await Person("planner", region.Planning, "/planning");
            var page = await Open(planner, path);
            if (page.Text.Contains("De afspraak", StringComparison.Ordinal))
            {
                return true;
            }

            var form = page.Form("Choice");
            var choices = form.Choices("Choice");
            page = await planner.Submit(form, ("Choice", choices[random.Next(choices.Count)]));
            return page.Text.Contains("De afspraak is gepland", StringComparison.Ordinal);
        });
    }

    /// <summary>A professional records every booked conversation as held, until there have been enough.</summary>
    public Task Hold(Func<bool> isEnough) => WorkThrough(
        "ggz", region.Planning, "/planning/conversations",
        page => Links(page with { Html = page.Html[page.Html.IndexOf("<h1", StringComparison.Ordinal)..] }, "/planning/conversations/", "gevoerd</span>"),
        HoldOne, isEnough);

    /// <summary>A professional signs every advice that stands under this heading, until there have been enough.</summary>
    public Task Sign(string login, string heading, Func<bool> isEnough) => WorkThrough(
        login, region.Feedback, "/feedback",
        page => Links(
            page with { Html = page.Html.Split("<h2").First(part => part.Contains($">{heading}<", StringComparison.Ordinal)) },
            "/feedback/advices/", "wacht op uw duopartner"),
        SignOne, isEnough);

    /// <summary>What the GP system sees of the referral now.</summary>
    public async Task<(string? Status, int Letters)> StatusOf(Guid referral)
    {
        using var answer = await Ask(HttpMethod.Get, $"/fhir/Task?focus=ServiceRequest/{referral}");
        answer.EnsureSuccessStatusCode();
        var task = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["entry"]!.AsArray().Single()!["resource"]!;
        return ((string?)task["status"], task["output"]?.AsArray().Count ?? 0);
    }

    public void Dispose()
    {
        _gp.Dispose();
        _people.Values.ToList().ForEach(p => p.Dispose());
    }

    private async Task WorkThrough(
        string login, Uri site, string list, Func<Page, IReadOnlyList<Uri>> links, Func<PageClient, string, Uri, Task<bool>> work, Func<bool> isEnough)
    {
        while (!isEnough())
        {
            IReadOnlyList<Uri> waiting = [];
            await Eventually.Is(
                async () =>
                {
                    waiting = links(await Open(await Person(login, site, list), list));
                    return true;
                },
                Patience);
            foreach (var link in waiting)
            {
                await Step(async () => await work(await Person(login, site, list), login, link));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private static List<Uri> Links(Page page, string below, string butNot) =>
        [.. page.Html.Split("<li").Where(line => !line.Contains(butNot, StringComparison.Ordinal))
            .SelectMany(line => (page with { Html = line }).Links).Select(link => link.Address)
            .Where(link => link.AbsolutePath.StartsWith(below, StringComparison.Ordinal))];

    private async Task<bool> HoldOne(PageClient professional, string login, Uri conversation)
    {
        var page = await Open(professional, conversation.AbsolutePath);
        if (page.Forms.FirstOrDefault(f => f.Html.Contains("Het gesprek is gevoerd", StringComparison.Ordinal)) is { } form)
        {
            page = await professional.Submit(form);
        }

        return page.Text.Contains("Dit gesprek is gevoerd", StringComparison.Ordinal);
    }

    private async Task<bool> SignOne(PageClient professional, string login, Uri advice)
    {
        var page = await Open(professional, advice.AbsolutePath);
        if (!HasSigned(page, login))
        {
            page = await AdvicePages.Sign(professional, page);
        }

        if (login == "ggz" && HasSigned(page, login) && !AdvicePages.IsAnswered(page))
        {
            page = await AdvicePages.Answer(professional, page.Address);
        }

        return HasSigned(page, login) && (login != "ggz" || AdvicePages.IsAnswered(page));
    }

    private static bool HasSigned(Page advice, string login) => SignatureOf(login).IsMatch(advice.Text);

    private static Regex SignatureOf(string login) =>
        new(login == "ggz" ? "Handtekening GGZ gezet op" : "Handtekening sociaal domein gezet op");

    private async Task<PageClient> Person(string login, Uri site, string path)
    {
        if (_people.TryGetValue((login, site), out var known))
        {
            return known;
        }

        var person = new PageClient(site);
        await person.LogIn(path, login);
        return _people.GetOrAdd((login, site), person);
    }

    private async Task<Page> Open(PageClient person, string path)
    {
        var page = await person.Open(path);
        if (page.Address.AbsolutePath.StartsWith("/connect/", StringComparison.Ordinal))
        {
            _people.Where(p => p.Value == person).ToList().ForEach(p => _people.TryRemove(p));
        }

        return (int)page.Status < 400 ? page : throw new HttpRequestException($"{path}: {(int)page.Status}");
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, HttpContent? content = null)
    {
        if (_token is null)
        {
            using var grant = await _gp.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "demo-practice",
                ["client_secret"] = "demo",
            }));
            grant.EnsureSuccessStatusCode();
            _token = (string)(await grant.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
        }

        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        var answer = await _gp.SendAsync(request);
        if (answer.StatusCode is System.Net.HttpStatusCode.Unauthorized)
        {
            _token = null; // it lives for 300 seconds
        }

        return answer;
    }

    private async Task Step(Func<Task<bool>> step, [CallerMemberName] string name = "")
    {
        await Eventually.Is(step, Patience, name);
        Interlocked.Increment(ref _steps);
    }

    [GeneratedRegex("ServiceRequest/([0-9a-f-]{36})")]
    private static partial Regex ReferralId();
}
