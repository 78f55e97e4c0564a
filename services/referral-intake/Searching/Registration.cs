using VGIntegration.ReferralIntake.Subscribing;
using static Hl7.Fhir.Model.CapabilityStatement;

namespace VGIntegration.ReferralIntake.Searching;

internal static class Registration
{
    public static void AddSearching(this WebApplicationBuilder builder) =>
        builder.Services.AddScoped<Search>().AddSingleton<SearchLink>();

    public static void MapSearching(this IEndpointRouteBuilder fhir)
    {
        fhir.MapSearchReferrals();
        fhir.MapSearchTasks();
        fhir.MapSearchDocuments();
    }

    /// <summary>What can be searched by, for the capability statement: the definitions that the engine itself runs on.</summary>
    internal static IReadOnlyList<SearchTold> Searchable { get; } =
    [
        Told(SearchReferrals.Type),
        Told(SearchTasks.Type),
        Told(SearchDocuments.Type),
        Told(ReadSubscription.Type),
    ];

    private static SearchTold Told<T>(Searchable<T> type) => new(
        $"{type.Type}",
        [.. type.InCapabilities],
        [.. type.Includes.Where(i => !i.IsReverse).Select(i => i.Name)],
        [.. type.Includes.Where(i => i.IsReverse).Select(i => i.Name)]);
}

/// <summary>How one type can be searched.</summary>
internal sealed record SearchTold(
    string Type, IReadOnlyList<SearchParamComponent> Parameters, IReadOnlyList<string> Includes, IReadOnlyList<string> ReverseIncludes);
