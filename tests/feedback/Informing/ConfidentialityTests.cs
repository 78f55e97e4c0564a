using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Informing;

/// <summary>A neighbour that tells a page too much still shows nobody a BSN.</summary>
public sealed class ConfidentialityTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sociaal", "professional")]
    [InlineData("ggz", "professional")]
    [InlineData("mira", "manager")]
    public async Task No_page_and_no_file_shows_a_person_a_BSN(string login, string role)
    {
        await using var feedback = await FeedbackHost.Start();
        var referral = await feedback.ASignedAdvice(null);
        var advice = await feedback.InDatabase(db => db.Advices.Where(a => a.ReferralId == referral).Select(a => a.Id).SingleAsync(Ct));
        using var http = feedback.App.LoggedInAs(login, role);

        var walked = await Walk(feedback, http, advice);

        Assert.Contains(walked, w => w.Address.Contains($"{advice}", StringComparison.Ordinal));
        Assert.Empty(walked.Where(w => w.Body.Contains(FeedbackHost.Bsn, StringComparison.Ordinal)).Select(w => w.Address));
        Assert.Equal(role is "professional", walked.Any(w => w.Body.Contains("Wilhelmina", StringComparison.Ordinal))); // the walk sees what is shown
    }

    private static async Task<List<(string Address, string Body)>> Walk(FeedbackHost feedback, HttpClient http, Guid advice)
    {
        var walked = new List<(string, string)>();
        var routes = feedback.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern).DistinctBy(p => p.RawText).Where(p => p.RawText!.TrimStart('/') is not "feedback/log-out");
        foreach (var route in routes)
        {
            var address = route.RawText!;
            foreach (var parameter in route.Parameters)
            {
                var whole = address[address.IndexOf('{' + parameter.Name, StringComparison.Ordinal)..];
                address = address.Replace(whole[..(whole.IndexOf('}', StringComparison.Ordinal) + 1)], parameter.Name is "status" ? "404" : $"{advice}", StringComparison.Ordinal);
            }

            using var answer = await http.GetAsync(new Uri("/" + address.TrimStart('/'), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
            walked.Add((address, await Text(answer)));
        }

        return walked;
    }

    private static async Task<string> Text(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return "";
        }

        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        if (answer.Content.Headers.ContentType?.MediaType != "application/pdf")
        {
            return WebUtility.HtmlDecode(Encoding.UTF8.GetString(bytes));
        }

        using var pdf = PdfDocument.Open(bytes);
        return string.Concat(pdf.GetPages().Select(p => p.Text));
    }
}
