using System.Net;
using UglyToad.PdfPig;
using VGIntegration.Feedback.Printing;
using VGIntegration.Hosting;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Printing;

public sealed class LogoTests
{
    private static readonly string Png = Path.Combine(Letters.Folder, "logo.png");

    [Fact]
    public async Task The_logo_and_the_name_of_the_region_stand_on_what_is_handed_out()
    {
        await using var feedback = await FeedbackHost.Start($"--Printing:Logo={Png}", "--Explaining:Region=Netwerk Amstelland");
        using var anybody = new HttpClient { BaseAddress = feedback.App.Address() };

        using var answer = await anybody.GetAsync("/verkennend-gesprek/folder.pdf", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var leaflet = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var logo = Assert.Single(leaflet.GetPage(1).GetImages());
        Assert.InRange(logo.BoundingBox.Height, 10, 40);
        Assert.Equal(320d / 120, logo.BoundingBox.Width / logo.BoundingBox.Height, 2);
        Assert.Contains("Netwerk", leaflet.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_photo_in_colour_will_do_too()
    {
        var jpeg = Path.Combine(Letters.Folder, "logo.jpg");

        var pdf = AdvicePdf.Write(Examples.ALetter() with { Masthead = new(null, Logo.Of(jpeg)) });

        using var letter = PdfDocument.Open(pdf);
        Assert.Single(letter.GetPage(1).GetImages());
        Assert.Equal(pdf, AdvicePdf.Write(Examples.ALetter() with { Masthead = new(null, Logo.Of(jpeg)) }));
    }

    [Fact]
    public void Without_a_logo_and_a_name_the_letter_begins_with_its_title()
    {
        using var letter = PdfDocument.Open(AdvicePdf.Write(Examples.ALetter()));

        Assert.Empty(letter.GetPage(1).GetImages());
        Assert.StartsWith("Advies", letter.GetPage(1).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not there", "is not there")]
    [InlineData("text", "PNG")]
    [InlineData("too large", "100 kB")]
    [InlineData("half a picture", "cannot be read as a picture")]
    [InlineData("too many pixels", "1600 pixels")]
    [InlineData("grey photo", "three colours")]
    public async Task A_logo_that_cannot_be_printed_stops_the_start_with_one_line(string what, string said)
    {
        var png = await File.ReadAllBytesAsync(Png, TestContext.Current.CancellationToken);
        var file = Path.Combine(Sandbox.Folder("logo"), "logo");
        byte[]? bytes = what switch
        {
            "text" => "Dit is geen plaatje, maar een brief."u8.ToArray(),
            "too large" => [.. png, .. new byte[Logo.LargestFile]],
            "half a picture" => png[..400],
            "too many pixels" => [.. png[..16], 0, 1, 0, 0, .. png[20..]],
            "grey photo" => [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 9, 0, 9, 1, 1, 0x11, 0, 0xFF, 0xD9],
            _ => null,
        };
        if (bytes is not null)
        {
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }

        var refused = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start($"--Printing:Logo={file}"));

        Assert.StartsWith("Printing:Logo", refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
