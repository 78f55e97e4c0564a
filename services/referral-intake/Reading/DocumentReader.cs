using System.Xml;
using System.Xml.Linq;
using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Judging;
using VGIntegration.ReferralIntake.Supplementing;

namespace VGIntegration.ReferralIntake.Reading;

/// <summary>What a document of a channel is: its kind, its own key against doubles, and the referral it belongs to.</summary>
internal sealed record ChannelDocument(string? Kind, Identifier Key, Identifier? Number, DocumentReference? Letter = null)
{
    /// <summary>Whether it asks for the conversation; the others say something about a referral that came, or will come.</summary>
    internal bool IsRequest => Kind is null or DocumentKinds.AppointmentRequest;
}

/// <summary>Reads a document Bundle as the channels send it (interface section 7): a Composition first, with a kind and a number.</summary>
internal static class DocumentReader
{
    private const string OwnKey = "urn:vgintegration:bundle-id";

    /// <summary>Null when it cannot be told what it is; the judgement then says why.</summary>
    internal static ChannelDocument? Read(Bundle bundle, Submission submission, Channels channels, Judgement judgement)
    {
        if (submission.Top is not [{ Resource: Composition composition } at, ..])
        {
            return null; // told by the form of the Bundle
        }

        var key = bundle.Identifier is { Value.Length: > 0 and <= 200, System: null or { Length: <= 200 } } own
            ? new Identifier(own.System ?? OwnKey, own.Value) : bundle.Id is { Length: > 0 } id ? new Identifier(OwnKey, id) : null;
        if (key is null)
        {
            judgement.Add(Rules.DocumentKeyMissing, "Bundle.identifier");
        }

        var kind = composition.Type?.Coding.FirstOrDefault(c => channels.HasKindSystem(c.System));
        var number = composition.Identifier;
        var channel = channels.ByNumber(number?.System) is { } known && (known.Issuer is null || known.Issuer == bundle.Identifier?.System) ? known : null;
        if (channel is null && submission.All<ServiceRequest>().Any())
        {
            kind = null; // no channel's: the request itself is inside, and that says enough
        }

        if (kind is not null && (channel is null || string.IsNullOrWhiteSpace(number?.Value) || number.Value.Length > 50))
        {
            judgement.Add(Rules.DocumentNumberMissing, at, "identifier");
        }
        else if (kind is not null && !channel!.Kinds.Contains(kind.Code))
        {
            judgement.Add(Rules.DocumentKindUnknown, at, "type");
        }

        var document = new ChannelDocument(kind?.Code, key ?? new Identifier(), channel is null ? null : number);
        if (document.IsRequest || kind!.Code is DocumentKinds.Cancellation)
        {
            return document;
        }

        var letter = Letter(composition, kind, at, submission);
        if (letter.Content.Count == 0)
        {
            judgement.Add(Rules.DocumentEmpty, at, "section");
        }

        (letter.MasterIdentifier, letter.Identifier) = (document.Key, [number!]);
        return document with { Letter = letter };
    }

    // One DocumentReference for the whole document. What was written in it becomes a text file beside the files that came
    // along: as plain text, so that nothing of its mark-up is ever shown.
    private static DocumentReference Letter(Composition composition, Coding kind, Sent at, Submission submission)
    {
        var letter = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Type = new CodeableConcept { Coding = [kind] },
            Description = composition.Title,
        };
        foreach (var content in submission.All<DocumentReference>().SelectMany(s => ((DocumentReference)s.Resource).Content, (s, c) => (Sent: s, Content: c)))
        {
            if (content.Content.Attachment is { Data: null, Url: { } url } attachment && CameAlong.Inside(url, content.Sent, submission) is var (type, data))
            {
                (attachment.Data, attachment.Url, attachment.ContentType) = (data, null, attachment.ContentType ?? type);
            }

            letter.Content.Add(content.Content);
        }

        var text = string.Join("\n\n", Sections(composition.Section).Prepend(Plain(composition.Text)).OfType<string>());
        if (text.Length > 0)
        {
            letter.Content.Add(new DocumentReference.ContentComponent
            {
                Attachment = new Attachment
                {
                    ContentType = "text/plain",
                    Title = composition.Title,
                    Language = "nl-NL",
                    Data = System.Text.Encoding.UTF8.GetBytes(text),
                },
            });
        }

        return letter;
    }

    private static IEnumerable<string> Sections(IEnumerable<Composition.SectionComponent> sections) => sections.SelectMany(section =>
        new[] { string.Join("\n", new[] { section.Title?.Readable(), Plain(section.Text) }.OfType<string>()) }.Where(t => t.Length > 0).Concat(Sections(section.Section)));

    private static string? Plain(Narrative? narrative)
    {
        if (narrative?.Div is not { Length: > 0 } div)
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(div), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var lines = Words(XElement.Load(reader)).Split('\n').Select(l => l.Trim().Readable()).Where(l => l.Length > 0);
            return string.Join("\n", lines) is { Length: > 0 } text ? text : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Words(XElement element) => element.Name.LocalName switch
    {
        "script" or "style" => "",
        "p" or "div" or "br" or "li" or "tr" or "table" or "ul" or "ol" or "h1" or "h2" or "h3" => $"\n{Inside(element)}\n",
        "td" or "th" => $"{Inside(element)} ",
        _ => Inside(element),
    };

    private static string Inside(XElement element) => string.Concat(element.Nodes().Select(n => n switch
    {
        XText text => text.Value.ReplaceLineEndings(" "),
        XElement child => Words(child),
        _ => "",
    }));
}
