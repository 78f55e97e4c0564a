using Hl7.Fhir.Model;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>The resources that came together, and how their references find each other (FHIR R4 sections 2.36.4 and 3.1.0.11.2).</summary>
internal sealed class Submission
{
    private readonly List<Sent> _top = [];
    private readonly Dictionary<string, Sent> _byName = new(StringComparer.Ordinal); // by fullUrl, and by type and id
    private readonly HashSet<string> _twice = new(StringComparer.Ordinal);

    private Submission() { }

    internal Bundle? Bundle { get; private init; }

    /// <summary>What came at the top of the message, in its order.</summary>
    internal IReadOnlyList<Sent> Top => _top;

    internal static Submission Of(Resource body)
    {
        var submission = new Submission { Bundle = body as Bundle };
        if (body is Bundle bundle)
        {
            for (var i = 0; i < bundle.Entry.Count; i++)
            {
                if (bundle.Entry[i]?.Resource is { } resource)
                {
                    submission.Add(new Sent(resource, bundle.Entry[i], i));
                }
            }
        }
        else
        {
            submission.Add(new Sent(body, null, 0));
        }

        return submission;
    }

    /// <summary>All of one kind, also those inside others.</summary>
    internal IEnumerable<Sent> All<T>()
        where T : Resource
    {
        foreach (var sent in _top)
        {
            if (sent.Resource is T)
            {
                yield return sent;
            }

            for (var i = 0; sent.Resource is DomainResource domain && i < domain.Contained.Count; i++)
            {
                if (domain.Contained[i] is T)
                {
                    yield return new Sent(domain.Contained[i], sent.Entry, i, sent);
                }
            }
        }
    }

    /// <summary>
    /// What a reference means, when it came along. Ambiguous: two resources have the same name, and this is the first; or
    /// two fit a conditional reference, and then none is meant.
    /// </summary>
    internal Sent? Find(ResourceReference? reference, Sent from, out bool isAmbiguous)
    {
        isAmbiguous = false;
        if (reference?.Reference is not { Length: > 0 } target)
        {
            return reference?.Identifier is { Value.Length: > 0 } number ? ByIdentifier(reference.Type, number, out isAmbiguous) : null;
        }

        if (target[0] == '#')
        {
            return Contained(from.Container ?? from, target[1..]);
        }

        if (_byName.ContainsKey(target))
        {
            return ByName(target, out isAmbiguous);
        }

        return Condition(reference) is var (type, identifier) ? ByIdentifier(type, identifier, out isAmbiguous)
            : Name(target) is { } name ? ByName(name, out isAmbiguous) : null;
    }

    private Sent? ByName(string name, out bool isAmbiguous)
    {
        isAmbiguous = _twice.Contains(name);
        return _byName.GetValueOrDefault(name);
    }

    /// <summary>A conditional reference, such as Patient?identifier=system|value, taken apart; null when it is none.</summary>
    internal static (string Type, Identifier Identifier)? Condition(ResourceReference? reference)
    {
        if (reference?.Reference?.Split('?', 2) is not [{ Length: > 0 } type, var query])
        {
            return null;
        }

        var token = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)["identifier"].ToString().Split('|', 2);
        return token switch
        {
            [var system, { Length: > 0 } value] => (type, new Identifier(system.Length > 0 ? system : null, value)),
            [{ Length: > 0 } value] => (type, new Identifier(null, value)),
            _ => null,
        };
    }

    private Sent? ByIdentifier(string? type, Identifier wanted, out bool isAmbiguous)
    {
        Sent? found = null;
        isAmbiguous = false;
        foreach (var sent in _top)
        {
            if ((type is null || sent.Resource.TypeName == type) && Identifiers(sent.Resource).Any(
                i => i.Value == wanted.Value && (wanted.System is null || i.System == wanted.System)))
            {
                isAmbiguous |= found is not null;
                found ??= sent;
            }
        }

        return isAmbiguous ? null : found;
    }

    private static List<Identifier> Identifiers(Resource resource) => resource switch
    {
        Patient patient => patient.Identifier,
        Organization organization => organization.Identifier,
        Practitioner practitioner => practitioner.Identifier,
        PractitionerRole role => role.Identifier,
        Condition condition => condition.Identifier,
        _ => [],
    };

    private static Sent? Contained(Sent root, string id)
    {
        var contained = (root.Resource as DomainResource)?.Contained ?? [];
        var index = contained.FindIndex(c => c?.Id == id);
        return index < 0 ? null : new Sent(contained[index], root.Entry, index, root);
    }

    // Patient/12 of http://gp.example/fhir/Patient/12/_history/3
    private static string? Name(string url)
    {
        var parts = url.Split('/');
        var end = parts.Length >= 4 && parts[^2] == "_history" ? parts.Length - 2 : parts.Length;
        return end >= 2 && parts[end - 2].Length > 0 && char.IsAsciiLetterUpper(parts[end - 2][0]) ? $"{parts[end - 2]}/{parts[end - 1]}" : null;
    }

    private void Add(Sent sent)
    {
        _top.Add(sent);
        if (sent.Entry?.FullUrl is { Length: > 0 } url)
        {
            Remember(url, sent);
            if (Name(url) is { } name)
            {
                Remember(name, sent);
            }
        }

        if (sent.Resource.Id is { Length: > 0 } id)
        {
            Remember($"{sent.Resource.TypeName}/{id}", sent);
        }
    }

    private void Remember(string name, Sent sent)
    {
        if (!_byName.TryAdd(name, sent) && _byName[name] != sent)
        {
            _twice.Add(name);
        }
    }
}
