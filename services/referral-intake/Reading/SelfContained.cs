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
    private readonly List<Resource> _inside = [];
    private readonly Dictionary<Resource, string> _names = new(ReferenceEqualityComparer.Instance);

    private SelfContained(ServiceRequest whole, Submission submission, Judgement judgement) =>
        (_whole, _submission, _judgement) = (whole, submission, judgement);

    internal static (string Content, string Hash) Of(Sent request, Submission submission, Judgement judgement)
    {
        var whole = (ServiceRequest)request.Resource;
        var self = new SelfContained(whole, submission, judgement);
        self.Adopt(whole, request);
        foreach (var sent in submission.Top.Where(s => !self._names.ContainsKey(s.Resource) && IsPartOfReferral(s.Resource)))
        {
            whole.SupportingInfo.Add(new ResourceReference($"#{self.Name(sent)}")); // FHIR R4 dom-3: contained is what is referred to
        }

        whole.Contained = self._inside;
        (whole.Id, whole.Meta, whole.Text) = (null, null, null);
        var json = FhirJson.Write(whole);
        return (Encoding.UTF8.GetString(json), Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    private static bool IsPartOfReferral(Resource resource) => resource is DomainResource
        and not (ServiceRequest or MessageHeader or Composition or OperationOutcome or Provenance or Hl7.Fhir.Model.Task);

    private void Adopt(Resource owner, Sent from)
    {
        foreach (var reference in References(owner))
        {
            var found = _submission.Find(reference, from, out var isAmbiguous);
            if (found is not null)
            {
                reference.Reference = found.Resource == _whole ? "#" : $"#{Name(found)}"; // FHIR R4 section 2.1.1: # alone is the container
            }
            else if (isAmbiguous)
            {
                _judgement.Add(Rules.ReferenceAmbiguous, from);
            }
            else if (reference.Reference is { Length: > 1 } target && !IsKnownElsewhere(target))
            {
                _judgement.Add(Rules.ReferenceUnresolved, from);
            }
        }
    }

    // A reference that only has a meaning inside this message. Others are the GP system's own, and it may resolve them.
    private static bool IsKnownElsewhere(string target) => target[0] != '#' && !target.StartsWith("urn:uuid:", StringComparison.Ordinal);

    private string Name(Sent sent)
    {
        if (_names.TryGetValue(sent.Resource, out var name))
        {
            return name;
        }

        var resource = sent.Resource;
        name = $"{resource.TypeName.ToLowerInvariant()}-{_names.Count + 1}";
        _names.Add(resource, name);
        _inside.Add(resource);
        Adopt(resource, sent); // before its own contained resources are let go
        (resource.Id, resource.Meta) = (name, null);
        if (resource is DomainResource domain)
        {
            (domain.Text, domain.Contained) = (null, []);
        }

        if (resource is Composition composition)
        {
            Strip(composition.Section);
        }

        return name;
    }

    private static void Strip(List<Composition.SectionComponent> sections) => sections.ForEach(section =>
    {
        section.Text = null;
        Strip(section.Section);
    });

    private static IEnumerable<ResourceReference> References(Base element)
    {
        foreach (var (_, value) in element.EnumerateElements())
        {
            if (value is ResourceReference reference)
            {
                yield return reference;
            }
            else if (value is Base child and not (Resource or PrimitiveType))
            {
                foreach (var inner in References(child))
                {
                    yield return inner;
                }
            }
            else if (value is IReadOnlyList<Base> list)
            {
                foreach (var inner in list.Where(b => b is not (Resource or PrimitiveType)).SelectMany(b => b is ResourceReference r ? [r] : References(b)))
                {
                    yield return inner;
                }
            }
        }
    }
}
