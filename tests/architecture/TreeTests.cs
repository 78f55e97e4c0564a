using System.Xml.Linq;
using VGIntegration.Surroundings;

namespace VGIntegration.Architecture.Tests;

public sealed class TreeTests
{
    private static readonly string[] Ours = ["services", "contracts", "tests", "deploy"];

    private static readonly string[] ForbiddenNames = ["Common", "Shared", "Core", "Utils", "Helpers", "Misc"];

    private static readonly string[] ForbiddenFolders =
        ["Controllers", "Services", "Validators", "Mappers", "Exceptions", "Extensions", "Constants", .. ForbiddenNames];

    [Fact]
    public void No_folder_or_class_has_a_name_that_says_nothing()
    {
        var files = Ours.SelectMany(o => Code.Files(o, "*.cs")).ToList();

        var folders = files.SelectMany(f => f.Split('/')[1..^1]).Distinct().Intersect(ForbiddenFolders);
        var classes = files.Select(f => Path.GetFileNameWithoutExtension(f)).Where(
            c => ForbiddenNames.Any(n => c.EndsWith(n, StringComparison.Ordinal)) || c.EndsWith("Manager", StringComparison.Ordinal)
            || c.EndsWith("Service", StringComparison.Ordinal) && c != "NoteService" || c.EndsWith("Consumer", StringComparison.Ordinal));

        Assert.Empty(folders);
        Assert.Empty(classes);
    }

    [Fact]
    public void Nothing_is_deeper_than_three_folders_below_services()
    {
        var deep = Code.Files("services", "*.cs").Where(f => f.Split('/').Length > 5);

        Assert.Empty(deep);
    }

    [Fact]
    public void A_shared_project_is_small_and_knows_no_other()
    {
        foreach (var project in new[] { "services/hosting", "services/keeping", "services/theme", "contracts/fhir" })
        {
            var csproj = XDocument.Load(Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.csproj").Single());

            Assert.Empty(csproj.Descendants("ProjectReference"));
            Assert.NotNull(csproj.Descendants("Description").SingleOrDefault());
            Assert.InRange(Code.Files(project, "*.cs").Count(), 1, 10);
        }
    }

    [Fact]
    public void Each_step_of_a_service_has_its_tests_in_the_same_folder()
    {
        var steps = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "services"))
            .SelectMany(Directory.EnumerateDirectories).Select(d => Path.GetRelativePath(Path.Combine(Repository.Root, "services"), d))
            .Where(d => d.EndsWith("ing", StringComparison.Ordinal));

        var untested = steps.Where(step => !Directory.Exists(Path.Combine(Repository.Root, "tests", step)));

        Assert.NotEmpty(steps);
        Assert.Empty(untested);
    }

    [Fact]
    public void Every_package_is_in_a_decision()
    {
        var decisions = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "contracts/decisions")).Select(File.ReadAllText));
        var packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("ItemGroup")
            .Where(g => g.Attribute("Label")?.Value.StartsWith("what we build on", StringComparison.Ordinal) is true)
            .Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value);

        var undecided = packages.Where(p => !decisions.Contains(p, StringComparison.Ordinal)
            && !decisions.Contains(p.Split('.')[0] + ".*", StringComparison.Ordinal)
            && !decisions.Contains($".{p.Split('.')[^1]}", StringComparison.Ordinal) && !p.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));

        Assert.Empty(undecided);
    }

    [Fact]
    public void The_numbers_of_the_house_style()
    {
        var files = Code.Files("services", "*.cs").Concat(Code.Files("contracts", "*.cs"))
            .Select(f => (File: f, Lines: File.ReadAllLines(Path.Combine(Repository.Root, f)))).OrderBy(f => f.Lines.Length).ToList();
        var wide = files.SelectMany(f => f.Lines.Select((l, i) => (f.File, Line: i + 1, l.Length))).Where(l => l.Length > 140).ToList();

        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"{files.Count} files, median {files[files.Count / 2].Lines.Length} lines");
        files.TakeLast(8).ToList().ForEach(f => output.WriteLine($"{f.Lines.Length,4} {f.File}"));
        wide.ForEach(l => output.WriteLine($"{l.Length} columns at {l.File}:{l.Line}"));
        var programs = files.Where(f => Path.GetFileName(f.File) == "Program.cs");

        Assert.All(programs, p => Assert.InRange(p.Lines.Length, 1, 80));
        Assert.All(files, f => Assert.InRange(f.Lines.Length, 1, 420));
    }
}
