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
    internal static IReadOnlyList<(string Type, IReadOnlyList<SearchParamComponent> Parameters, IReadOnlyList<string> Includes)> Searchable { get; } =
    [
        Told(SearchReferrals.Type),
        Told(SearchTasks.Type),
        Told(SearchDocuments.Type),
    ];

    private static (string, IReadOnlyList<SearchParamComponent>, IReadOnlyList<string>) Told<T>(Searchable<T> type) =>
        ($"{type.Type}", [.. type.InCapabilities], [.. type.Includes.Select(i => i.Name)]);
}
