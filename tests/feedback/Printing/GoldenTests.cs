using System.Diagnostics;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Printing;

/// <summary>
/// Each letter looks as it did when somebody last looked at it. VG_WRITE_GOLDEN=1 writes the pictures anew: look at them before
/// they are committed.
/// </summary>
public sealed class GoldenTests
{
    // Another version of poppler draws edges a little otherwise; a line of text that moves or changes is far more than this.
    private const double Tolerance = 0.001;

    public static TheoryData<string> Names => [.. Letters.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_letter_looks_as_it_did_when_it_was_last_looked_at(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pdftoppm"), "poppler-utils is not installed");
        var isWriting = Environment.GetEnvironmentVariable("VG_WRITE_GOLDEN") == "1";

        var drawn = Draw(name, isWriting ? Letters.Folder : Repository.Results("letters"));

        Assert.Equal(GoldenOf(name), drawn.Select(Path.GetFileName).Order());
        Assert.All(drawn, picture =>
        {
            var share = GreyPicture.Read(picture).Difference(GreyPicture.Read(Path.Combine(Letters.Folder, Path.GetFileName(picture))));
            Assert.True(share <= Tolerance, $"{share:P2} of the page is otherwise: look at {picture}");
        });
    }

    private static IEnumerable<string?> GoldenOf(string name) =>
        Directory.EnumerateFiles(Letters.Folder, $"{name}.*.png").Select(Path.GetFileName).Order();

    private static List<string> Draw(string name, string folder)
    {
        foreach (var old in Directory.EnumerateFiles(folder, $"{name}.*.png").ToList())
        {
            File.Delete(old);
        }

        var pdf = Path.Combine(Sandbox.Folder("pdf"), $"{name}.pdf");
        File.WriteAllBytes(pdf, Letters.All[name]());
        using var process = Process.Start("pdftoppm", ["-r", "72", "-gray", "-png", "-sep", ".", pdf, Path.Combine(folder, name)]);
        process.WaitForExit();
        return [.. Directory.EnumerateFiles(folder, $"{name}.*.png")];
    }
}
