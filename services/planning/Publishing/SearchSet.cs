using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http.Extensions;

namespace VGIntegration.Planning.Publishing;

/// <summary>The answer to a search (FHIR R4 section 3.1.1.3).</summary>
internal static class SearchSet
{
    internal static FhirAnswer Of(HttpRequest request, string type, IEnumerable<Resource> found, string? next)
    {
        var fhir = UriHelper.BuildAbsolute(request.Scheme, request.Host, "/fhir");
        var bundle = new Bundle
        {
            Type = Bundle.BundleType.Searchset,
            Link = [new() { Relation = "self", Url = $"{fhir}/{type}{request.QueryString}" }],
            Entry = [.. found.Select(r => new Bundle.EntryComponent
            {
                FullUrl = $"{fhir}/{type}/{r.Id}",
                Resource = r,
                Search = new() { Mode = Bundle.SearchEntryMode.Match },
            })],
        };
        if (next is not null)
        {
            bundle.Link.Add(new() { Relation = "next", Url = $"{fhir}/{type}{next}" });
        }

        return new FhirAnswer(200, bundle);
    }
}
