using Microsoft.AspNetCore.Builder;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Hosting.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("--Database:Provider=Oracle", "Sqlite, SqlServer or PostgreSql")]
    [InlineData("--Database:Provider=PostgreSql", "Database:ConnectionString must be set")]
    [InlineData("--Database:ConnectionString=Host=there;Password=secret", "not a connection string of the Database:Provider")]
    [InlineData("--Database:Kind=Sqlite", "Database:Kind is not a setting")]
    [InlineData("--Messaging:Transport=Kafka", "Embedded or RabbitMq")]
    [InlineData("--Messaging:Transport=RabbitMq", "amqp://")]
    [InlineData("--Messaging:ConnectionString=amqp://there", "Messaging:Transport must be RabbitMq")]
    [InlineData("--Authentication:Authority=http://somewhere.example", "https")]
    [InlineData("--Authentication:Secret=x", "Authentication:Secret is not a setting")]
    [InlineData("--dmeo", "--dmeo is not an option")]
    public void A_setting_that_is_wrong_stops_the_start_with_one_line(string setting, string says)
    {
        var refusal = Assert.Throws<SettingException>(() => Create(setting));

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_start_that_is_refused_ends_with_exit_code_1()
    {
        Assert.Equal(1, await ServiceDefaults.Run(() => Create("--Database:Provider=Oracle")));
    }

    [Fact]
    public void A_service_starts_with_the_settings_it_should_have()
    {
        Assert.NotNull(Create("--demo"));
    }

    [Theory]
    [InlineData("services/hosting")]
    [InlineData("tests/hosting")]
    public async Task The_gates_of_the_build_are_on(string project)
    {
        string[] expected =
        [
            "Nullable=enable", "ImplicitUsings=enable", "TreatWarningsAsErrors=true", "EnforceCodeStyleInBuild=true",
            "AnalysisLevel=latest-recommended", "WarningsNotAsErrors=NU1603", "ManagePackageVersionsCentrally=true",
            "CentralPackageTransitivePinningEnabled=true",
        ];

        var json = await MsBuild(project, [.. expected.Select(e => e.Split('=')[0])]);

        var off = expected.Where(e => !json.Contains($"\"{e.Replace("=", "\": \"", StringComparison.Ordinal)}", StringComparison.Ordinal));
        Assert.Empty(off);
    }

    private static WebApplication Create(string setting)
    {
        var builder = ServiceDefaults.CreateBuilder(
            typeof(SettingsTests).Assembly, [.. LogIns.Settings(Sandbox.Folder("settings")), setting]);
        builder.AddServiceDefaults();
        builder.AddDatabase<NotesDb, SqliteNotes, SqlServerNotes, PostgreSqlNotes>();
        builder.AddMessaging<NotesDb>(new Dictionary<Type, IReadOnlyList<string>>());
        builder.AddLogIn("/notes");
        return builder.Build();
    }

    private static async Task<string> MsBuild(string project, string[] properties)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "dotnet", ["msbuild", Path.Combine(Repository.Root, project), .. properties.Select(p => $"-getProperty:{p}")])
        {
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        })!;
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
