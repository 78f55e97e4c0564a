using Hl7.Fhir.Model;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>The resources that came together, and how their references find each other (FHIR R4 section 2.36.4).</summary>
internal sealed class Submission
{
    private readonly List<(Resource Resource, string Path, string? FullUrl)> _resources = [];

    private Submission() { }

    internal Bundle? Bundle { get; private init; }

    internal static Submission Of(Resource body)
    {
        var submission = new Submission { Bundle = body as Bundle };
        if (body is Bundle bundle)
        {
            foreach (var (entry, i) in bundle.Entry.Select((e, i) => (e, i)).Where(e => e.e.Resource is not null))
            {
                submission.Add(entry.Resource!, $"Bundle.entry[{i}].resource", entry.FullUrl);
            }
        }
        else
        {
            submission.Add(body, body.TypeName, null);
        }

        return submission;
    }

    internal IEnumerable<(T Resource, string Path)> All<T>()
        where T : Resource => _resources.Where(r => r.Resource is T && !r.Path.Contains(".contained[", StringComparison.Ordinal))
            .Select(r => ((T)r.Resource, r.Path));

    /// <summary>The resource a reference means, with its place in the message; null when it did not come along.</summary>
    internal (Resource Resource, string Path)? Find(ResourceReference? reference, string from)
    {
        if (reference?.Reference is not { Length: > 0 } target)
        {
            return null;
        }

        var root = from.Split(".contained[")[0];
        foreach (var (resource, path, fullUrl) in _resources)
        {
            var isContained = path.Contains(".contained[", StringComparison.Ordinal);
            if (target[0] == '#' ? isContained && path.StartsWith(root, StringComparison.Ordinal) && resource.Id == target[1..]
                : !isContained && (fullUrl == target || $"{resource.TypeName}/{resource.Id}" == target
                    || (fullUrl is not null && fullUrl.EndsWith($"/{target}", StringComparison.Ordinal))
                    || (resource.Id is not null && target.EndsWith($"/{resource.TypeName}/{resource.Id}", StringComparison.Ordinal))))
            {
                return (resource, path);
            }
        }

        return null;
    }

    private void Add(Resource resource, string path, string? fullUrl)
    {
        _resources.Add((resource, path, fullUrl));
        foreach (var (contained, i) in (resource as DomainResource)?.Contained.Select((c, i) => (c, i)) ?? [])
        {
            _resources.Add((contained, $"{path}.contained[{i}]", null));
        }
    }
}
