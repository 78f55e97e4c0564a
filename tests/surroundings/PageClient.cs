using System.Net;
using Microsoft.AspNetCore.Builder;

namespace VGIntegration.Surroundings;

/// <summary>A person at the pages, without a browser: opens them, fills in forms, follows where they lead, keeps cookies.</summary>
public sealed class PageClient(Uri site, CookieContainer? cookies = null) : IDisposable
{
    private readonly HttpClient _http = new(new Browsing(cookies ?? new CookieContainer()))
    {
        BaseAddress = site,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>How long a page that does not come, or comes as 5xx, is asked for again. Zero unless set.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>A person who is logged in already, at a service of this process.</summary>
    public static PageClient LoggedInAs(WebApplication app, string login, params string[] roles) =>
        new(app.Address(), app.Cookies(login, roles));

    /// <summary>Opens a page.</summary>
    public Task<Page> Open(string path) => Open(new Uri(site, path));

    /// <summary>Opens a page.</summary>
    public Task<Page> Open(Uri address) => Get(() => _http.GetAsync(address));

    /// <summary>The bytes behind a link, such as a PDF.</summary>
    public async Task<byte[]> Download(Uri address) => await _http.GetByteArrayAsync(new Uri(site, address));

    /// <summary>Sends the form with these fields filled in over what was there; a field given as null is left out.</summary>
    public Task<Page> Submit(PageForm form, params (string Name, string? Value)[] filledIn)
    {
        var names = filledIn.Select(f => f.Name).ToHashSet();
        var fields = form.Fields.Where(f => !names.Contains(f.Key))
            .Concat(filledIn.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!))).ToList();
        if (!form.Method.Equals("post", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
            return Open(new UriBuilder(form.Action) { Query = query }.Uri);
        }

        return Get(() => _http.PostAsync(form.Action, new FormUrlEncodedContent(fields)));
    }

    /// <summary>Opens a page that needs a log-in, logs in at the authority's own page, and comes back.</summary>
    /// <exception cref="InvalidOperationException">The log-in was refused.</exception>
    public async Task<Page> LogIn(string path, string userName, string password = "demo")
    {
        var logIn = await Open(path);
        var page = await Submit(logIn.Form("Password"), ("Username", userName), ("Password", password));
        return page.Address.AbsolutePath.StartsWith("/connect/", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"Log-in of {userName} was refused ({(int)page.Status}): {page.Text}")
            : page;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Page> Get(Func<Task<HttpResponseMessage>> ask)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await ask();
                if ((int)answer.StatusCode < 500 || clock.GetElapsedTime(start) > Patience)
                {
                    var html = await answer.Content.ReadAsStringAsync();
                    return new Page(answer.RequestMessage!.RequestUri!, answer.StatusCode, html);
                }
            }
            catch (Exception e) when (
                e is HttpRequestException or TaskCanceledException or IOException && clock.GetElapsedTime(start) < Patience)
            {
                // the service is away for a moment: a person presses the button again
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), clock);
        }
    }

    /// <summary>
    /// Cookies and redirects as a browser does them: this machine counts as a secure place, so that a cookie with Secure is
    /// kept over plain http. CookieContainer alone does not know that.
    /// </summary>
    private sealed class Browsing(CookieContainer cookies)
        : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var hops = 0; ; hops++)
            {
                var address = request.RequestUri!;
                if (cookies.GetCookieHeader(address) is { Length: > 0 } known)
                {
                    request.Headers.Add("Cookie", known);
                }

                var answer = await base.SendAsync(request, cancellationToken);
                foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
                {
                    cookies.SetCookies(address, address.IsLoopback ? cookie.Replace("; secure", "", StringComparison.OrdinalIgnoreCase) : cookie);
                }

                if ((int)answer.StatusCode is not (301 or 302 or 303) || answer.Headers.Location is not { } next || hops == 20)
                {
                    return answer;
                }

                answer.Dispose();
                request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, next));
            }
        }
    }
}
