namespace VGIntegration.Surroundings;

/// <summary>Where this repository stands, and what was built in it.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The built program of a project folder, such as services/planning, in the configuration of the tests.</summary>
    public static string Dll(string project)
    {
        var folder = Path.Combine(Root, project);
        var name = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(folder, "*.csproj").Single());
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(folder, "bin", configuration, "net10.0", $"VGIntegration.{name}.dll");
    }

    /// <summary>A folder for what the tests leave to be looked at: screenshots, logs.</summary>
    public static string Results(string name) =>
        Directory.CreateDirectory(Path.Combine(Root, "TestResults", name)).FullName;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "VGIntegration.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not stand in the repository.");
        }

        return folder.FullName;
    }
}
