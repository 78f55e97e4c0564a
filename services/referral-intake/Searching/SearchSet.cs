using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http.Extensions;
using VGIntegration.ReferralIntake.Http;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>The answer to a search (FHIR R4 section 3.1.1.3).</summary>
internal static class SearchSet
{
    internal static Bundle Of(
        HttpRequest request, string type, IReadOnlyList<Resource> found, IReadOnlyList<Resource> along, int? total,
        string self, string? next, IReadOnlyList<string> ignored)
    {
        var fhir = UriHelper.BuildAbsolute(request.Scheme, request.Host, "/fhir");
        var bundle = new Bundle
        {
            Type = Bundle.BundleType.Searchset,
            Total = total,
            Link = [new Bundle.LinkComponent { Relation = "self", Url = $"{fhir}/{type}{self}" }],
            Entry =
            [
                .. found.Select(resource => Entry(fhir, resource, Bundle.SearchEntryMode.Match)),
                .. along.Select(resource => Entry(fhir, resource, Bundle.SearchEntryMode.Include)),
            ],
        };
        if (next is not null)
        {
            bundle.Link.Add(new Bundle.LinkComponent { Relation = "next", Url = $"{fhir}/{type}{next}" });
        }

        if (ignored.Count > 0)
        {
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                Resource = Finding.Outcome(ignored.Select(_ => Finding.Warning(OperationOutcome.IssueType.NotSupported, null,
                    "Een parameter is hier niet bekend en is overgeslagen. De self-link zegt waarop wel gezocht is."))),
                Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Outcome },
            });
        }

        return bundle;
    }

    private static Bundle.EntryComponent Entry(string fhir, Resource resource, Bundle.SearchEntryMode mode) => new()
    {
        FullUrl = $"{fhir}/{resource.TypeName}/{resource.Id}",
        Resource = resource,
        Search = new Bundle.SearchComponent { Mode = mode },
    };
}
