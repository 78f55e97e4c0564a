using System.Security.Cryptography;
using System.Text;
using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Judging;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>
/// Makes a request hold all that came along, in an order and under names that do not depend on the sender's own ids: the
/// same request sent again with new urn:uuid links reads the same. The resources that were read are used up, not copied.
/// </summary>
internal sealed class SelfContained
{
    private readonly Submission _submission;
    private readonly Judgement _judgement;
    private readonly ServiceRequest _whole;
    private readonly Dictionary<ResourceReference, Sent> _links = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Resource, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Resource, List<ResourceReference>> _reached = new(ReferenceEqualityComparer.Instance); // and what each refers to
    private readonly List<Resource> _inside = [];

    private SelfContained(ServiceRequest whole, Submission submission, Judgement judgement) =>
        (_whole, _submission, _judgement) = (whole, submission, judgement);

    internal static (string Content, string Hash) Of(Sent request, Submission submission, Judgement judgement)
    {
        var whole = (ServiceRequest)request.Resource;
        var self = new SelfContained(whole, submission, judgement);
        self.Follow(request);
        foreach (var sent in submission.Top.Where(s => IsPartOfReferral(s.Resource) && !self._reached.ContainsKey(s.Resource)))
        {
            var link = new ResourceReference("#"); // FHIR R4 dom-3: contained is what is referred to
            whole.SupportingInfo.Add(link);
            self._links.Add(link, sent);
            self._reached[whole] = References(whole); // in the order of the elements
            self.Follow(sent);
        }

        self.Name();
        self.LetGo();
        var json = FhirJson.Write(whole);
        return (Encoding.UTF8.GetString(json), Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    private static bool IsPartOfReferral(Resource resource) => resource is DomainResource
        and not (ServiceRequest or MessageHeader or Composition);

    // First every link is followed, by the names and places that things came with; only then they get names of ours.
    private void Follow(Sent first)
    {
        var ahead = new Queue<Sent>([first]);
        while (ahead.TryDequeue(out var from))
        {
            if (_reached.ContainsKey(from.Resource))
            {
                continue;
            }

            foreach (var reference in _reached[from.Resource] = References(from.Resource))
            {
                var found = _submission.Find(reference, from, out var isAmbiguous);
                if (found is not null)
                {
                    _links[reference] = found;
                    ahead.Enqueue(found);
                }
                else if (!isAmbiguous && reference.Reference is { Length: > 1 } target && !IsKnownElsewhere(target))
                {
                    _judgement.Add(Rules.ReferenceUnresolved, from);
                }
            }
        }
    }

    // A reference that only has a meaning inside this message. Others are the GP system's own, and it may resolve them.
    private static bool IsKnownElsewhere(string target) => target[0] != '#' && !target.StartsWith("urn:uuid:", StringComparison.Ordinal);

    // In the order of the elements, so that what is sent back as it was given reads the same.
    private void Name()
    {
        Name(_whole);
        for (var i = 0; i < _inside.Count; i++)
        {
            Name(_inside[i]);
        }
    }

    private void Name(Resource owner)
    {
        foreach (var reference in _reached[owner])
        {
            if (_links.TryGetValue(reference, out var sent))
            {
                reference.Reference = sent.Resource == _whole ? "#" : $"#{NameOf(sent.Resource)}"; // FHIR R4 section 2.1.1: # alone is the container
            }
        }
    }

    private string NameOf(Resource resource)
    {
        if (!_names.TryGetValue(resource, out var name))
        {
            name = $"{resource.TypeName.ToLowerInvariant()}-{_names.Count + 1}";
            _names.Add(resource, name);
            _inside.Add(resource);
        }

        return name;
    }

    private void LetGo()
    {
        foreach (var (resource, name) in _names)
        {
            (resource.Id, resource.Meta) = (name, null);
            if (resource is DomainResource domain)
            {
                (domain.Text, domain.Contained) = (null, []);
            }

            if (resource is Composition composition)
            {
                Strip(composition.Section);
            }
        }

        (_whole.Id, _whole.Meta, _whole.Text, _whole.Contained) = (null, null, null, _inside);
    }

    private static void Strip(List<Composition.SectionComponent> sections) => sections.ForEach(section =>
    {
        section.Text = null;
        Strip(section.Section);
    });

    private static List<ResourceReference> References(Resource resource)
    {
        List<ResourceReference> found = [];
        Look(resource);
        return found;

        void Look(Base element)
        {
            foreach (var (_, value) in element.EnumerateElements())
            {
                if (value is Base child)
                {
                    Take(child);
                }
                else if (value is IReadOnlyList<Base> list)
                {
                    for (var i = 0; i < list.Count; i++)
                    {
                        Take(list[i]);
                    }
                }
            }
        }

        void Take(Base element)
        {
            if (element is ResourceReference reference)
            {
                found.Add(reference);
            }
            else if (element is not (Resource or PrimitiveType))
            {
                Look(element);
            }
        }
    }
}
