using Microsoft.EntityFrameworkCore;

namespace VGIntegration.Architecture.Tests;

/// <summary>Three services with three databases each: every one has the migrations its model needs.</summary>
public sealed class MigrationTests
{
    private static readonly string[] Providers = ["Sqlite", "SqlServer", "PostgreSql"];

    public static TheoryData<string> Contexts => new(Providers.SelectMany(Code.Contexts).Select(c => c.FullName!));

    [Fact]
    public void Every_service_has_a_context_for_each_database()
    {
        Assert.All(Providers, provider => Assert.Equal(3, Code.Contexts(provider).Count()));
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void The_migrations_hold_the_whole_model(string context)
    {
        using var db = Code.Open(Providers.SelectMany(Code.Contexts).Single(c => c.FullName == context));

        Assert.False(db.Database.HasPendingModelChanges(), $"Run: dotnet ef migrations add <what changed> --context {context}");
        Assert.NotEmpty(db.Database.GetMigrations());
    }
}
