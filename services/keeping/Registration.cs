using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace VGIntegration.Keeping;

/// <summary>How a service begins to keep no longer than it may.</summary>
public static class Registration
{
    /// <summary>Reads Keeping:{kind} for each kind, and cleans up every night.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="kinds">What it keeps.</param>
    /// <param name="wrong">The exception that stops the start, of a text that says what to do.</param>
    public static void AddKeeping<TContext>(
        this WebApplicationBuilder builder, IReadOnlyList<KindOfData<TContext>> kinds, Func<string, Exception> wrong)
        where TContext : DbContext
    {
        var chosen = new Dictionary<string, Period>();
        foreach (var kind in kinds)
        {
            if (builder.Configuration[$"Keeping:{kind.Name}"] is { Length: > 0 } given)
            {
                chosen[kind.Name] = Chosen(kind.Name, given, kind.AtLeast) ?? throw wrong(
                    $"Keeping:{kind.Name} is a number of days, months or years such as '{kind.Default}', at least {kind.AtLeast} and at most 200 years.");
            }
        }

        builder.Services.AddSingleton(new KeptKinds<TContext>(kinds, chosen));
        builder.Services.AddSingleton<CleanUp<TContext>>().AddHostedService<NightlyCleanUp<TContext>>();
    }

    private static Period? Chosen(string kind, string given, Period atLeast) =>
        Period.Read(given) is { } period && !period.IsShorterThan(atLeast) ? period : null;
}
