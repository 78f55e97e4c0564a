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
    private const int Pages = 4; // of a long letter; how all its pages break is judged elsewhere

    // Another version of poppler draws edges a little otherwise; a line of text that moves or changes is far more than this.
    private const double Tolerance = 0.001;

    public static TheoryData<string> Names => [.. Letters.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_letter_looks_as_it_did_when_it_was_last_looked_at(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pdftoppm"), "poppler-utils is not installed");
        var drawn = Draw(name);
        if (Environment.GetEnvironmentVariable("VG_WRITE_GOLDEN") == "1")
        {
            Golden(name).ForEach(File.Delete);
            drawn.ForEach(d => d.Picture.Save(Path.Combine(Letters.Folder, d.Name)));
        }

        Assert.Equal(Golden(name).Select(Path.GetFileName), drawn.Select(d => d.Name));
        Assert.All(drawn, d =>
        {
            var share = d.Picture.Difference(GreyPicture.Read(Path.Combine(Letters.Folder, d.Name)));
            var seen = Path.Combine(Repository.Results("letters"), d.Name);
            d.Picture.Save(seen);
            Assert.True(share <= Tolerance, $"{share:P2} of the page is otherwise: look at {seen} beside {d.Name} in {Letters.Folder}");
        });
    }

    private static List<string> Golden(string name) => [.. Directory.EnumerateFiles(Letters.Folder, $"{name}.*.png").Order()];

    private static List<(string Name, GreyPicture Picture)> Draw(string name)
    {
        var (folder, pdf) = (Sandbox.Folder("pdf"), Path.Combine(Repository.Results("letters"), $"{name}.pdf"));
        File.WriteAllBytes(pdf, Letters.All[name]());
        using var process = Process.Start("pdftoppm", ["-r", "72", "-gray", "-l", $"{Pages}", pdf, Path.Combine(folder, "page")]);
        process.WaitForExit();
        return [.. Directory.EnumerateFiles(folder, "page-*.pgm").Order().Select((file, i) => ($"{name}.{i + 1}.png", GreyPicture.OfPgm(file)))];
    }
}
