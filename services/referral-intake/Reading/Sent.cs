using Hl7.Fhir.Model;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>A resource that was sent, and its place in the message; the place becomes text only when it is told.</summary>
internal sealed class Sent(Resource resource, Bundle.EntryComponent? entry, int index, Sent? container = null)
{
    internal Resource Resource => resource;

    internal Bundle.EntryComponent? Entry => entry;

    internal Sent? Container => container;

    internal string Path => container is not null ? $"{container.Path}.contained[{index}]"
        : entry is not null ? $"Bundle.entry[{index}].resource" : resource.TypeName;
}
