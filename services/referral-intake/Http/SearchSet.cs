using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http.Extensions;

namespace VGIntegration.ReferralIntake.Http;

/// <summary>The answer to a search (FHIR R4 section 3.1.1.3).</summary>
internal static class SearchSet
{
    internal static Bundle Of(HttpRequest request, IReadOnlyList<Resource> found)
    {
        var fhir = UriHelper.BuildAbsolute(request.Scheme, request.Host, "/fhir");
        return new Bundle
        {
            Type = Bundle.BundleType.Searchset,
            Total = found.Count,
            Link = [new Bundle.LinkComponent { Relation = "self", Url = request.GetEncodedUrl() }],
            Entry = [.. found.Select(resource => new Bundle.EntryComponent
            {
                FullUrl = $"{fhir}/{resource.TypeName}/{resource.Id}",
                Resource = resource,
                Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Match },
            })],
        };
    }
}
