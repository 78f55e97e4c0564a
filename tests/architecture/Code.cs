using System.Reflection;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting.Outbox;
using VGIntegration.Surroundings;

namespace VGIntegration.Architecture.Tests;

/// <summary>The code that the rules are about: the assemblies as built, and the files as they are in git.</summary>
internal static class Code
{
    internal static readonly Assembly[] Services =
        [typeof(ReferralIntake.Program).Assembly, typeof(Planning.Program).Assembly, typeof(Feedback.Program).Assembly];

    /// <summary>One context per service and database.</summary>
    internal static IEnumerable<Type> Contexts(string provider) => Services.SelectMany(s => s.GetTypes())
        .Where(t => t.IsSubclassOf(typeof(ServiceDbContext)) && !t.IsAbstract && t.Name.StartsWith(provider, StringComparison.Ordinal));

    /// <summary>A context that knows its model and its migrations. It has no server to connect to.</summary>
    internal static ServiceDbContext Open(Type context)
    {
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context))!;
        _ = context.Name switch
        {
            _ when Is("Sqlite") => builder.UseSqlite(),
            _ when Is("SqlServer") => builder.UseSqlServer("Server=nowhere"),
            _ => builder.UseNpgsql(),
        };
        return (ServiceDbContext)Activator.CreateInstance(context, builder.Options)!;

        bool Is(string provider) => context.Name.StartsWith(provider, StringComparison.Ordinal);
    }

    /// <summary>What people wrote: no build output, no migrations.</summary>
    internal static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Repository.Root, f))
        .Where(f => !f.Split('/').Intersect(["bin", "obj", "node_modules", "Migrations", "dist"]).Any());
}
