using System.Security.Cryptography;
using System.Text;
using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>
/// A request with all that came along contained in it, in an order that does not depend on the sender's own ids: the same
/// request sent again with new urn:uuid links reads the same.
/// </summary>
internal static class SelfContained
{
    internal static (string Content, string Hash) Of(ServiceRequest request, Submission submission, string path)
    {
        var whole = (ServiceRequest)request.DeepCopy();
        (whole.Id, whole.Meta, whole.Text) = (null, null, null);
        whole.Contained = [];
        var names = new Dictionary<Resource, string>(ReferenceEqualityComparer.Instance);
        Adopt(whole, path);

        var content = Encoding.UTF8.GetString(FhirJson.Write(whole));
        return (content, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))));

        void Adopt(Resource owner, string from)
        {
            foreach (var reference in References(owner))
            {
                if (submission.Find(reference, from) is not { Resource: not ServiceRequest } found)
                {
                    continue;
                }

                if (!names.TryGetValue(found.Resource, out var name))
                {
                    name = $"{found.Resource.TypeName.ToLowerInvariant()}-{names.Count + 1}";
                    names.Add(found.Resource, name);
                    var copy = (Resource)found.Resource.DeepCopy();
                    (copy.Id, copy.Meta) = (name, null);
                    if (copy is DomainResource domain)
                    {
                        (domain.Text, domain.Contained) = (null, []);
                    }

                    whole.Contained.Add(copy);
                    Adopt(copy, found.Path);
                }

                reference.Reference = $"#{name}";
            }
        }
    }

    private static IEnumerable<ResourceReference> References(Base element) => element.EnumerateElements()
        .SelectMany(e => e.Value is System.Collections.IEnumerable list and not string ? list.OfType<Base>() : e.Value is Base one ? [one] : [])
        .SelectMany(child => child is Resource ? [] : child is ResourceReference reference ? [reference] : References(child));
}
