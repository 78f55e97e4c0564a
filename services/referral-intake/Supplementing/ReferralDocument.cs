namespace VGIntegration.ReferralIntake.Supplementing;

internal enum DocumentKind
{
    /// <summary>The practice sent it, with the referral or after it.</summary>
    Supplement,

    /// <summary>The advice that went to the practice; feedback keeps it.</summary>
    Letter,

    /// <summary>Another letter came in its place.</summary>
    ReplacedLetter,

    /// <summary>It should never have existed.</summary>
    RetractedLetter,
}

/// <summary>One document about a referral, that the practice can find and read back.</summary>
internal sealed class ReferralDocument
{
    /// <summary>Where a sender gave no number of its own, the content is the key.</summary>
    internal const string ContentSystem = "urn:vgintegration:content";

    private ReferralDocument() { }

    public Guid Id { get; private set; }

    /// <summary>FHIR R4 DocumentReference.id: our own, or for a letter the one under which the GP system holds it.</summary>
    public string PublicId { get; private set; } = "";

    public Guid PracticeId { get; private set; }
    public Guid ReferralId { get; private set; }
    public DocumentKind Kind { get; private set; }

    /// <summary>With the practice the key against doubles, for ever.</summary>
    public string SourceSystem { get; private set; } = "";

    public string SourceValue { get; private set; } = "";
    public string ContentHash { get; private set; } = "";

    /// <summary>The DocumentReference as it was sent, without the files; null for a letter.</summary>
    public string? Content { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    internal static ReferralDocument Supplement(Guid practiceId, Guid referralId, SupplementRequest asked, DateTimeOffset now)
    {
        var id = Guid.NewGuid();
        return new()
        {
            Id = id,
            PublicId = id.ToString(),
            PracticeId = practiceId,
            ReferralId = referralId,
            Kind = DocumentKind.Supplement,
            SourceSystem = asked.SourceSystem ?? ContentSystem,
            SourceValue = asked.SourceValue ?? $"{referralId:N}{asked.ContentHash}",
            ContentHash = asked.ContentHash,
            Content = asked.Content,
            ReceivedAt = now,
        };
    }

    /// <summary>A document that comes with its referral, and its files.</summary>
    internal static IEnumerable<object> Along(Guid practiceId, Guid referralId, SupplementRequest asked, DateTimeOffset now)
    {
        var document = Supplement(practiceId, referralId, asked, now);
        return [document, .. asked.Files.Select((file, i) => StoredFile.Of(document, file, i + 1, now))];
    }

    internal static ReferralDocument Letter(Guid practiceId, Guid referralId, string publicId, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        PublicId = publicId,
        PracticeId = practiceId,
        ReferralId = referralId,
        Kind = DocumentKind.Letter,
        SourceSystem = ContentSystem,
        SourceValue = $"{referralId:N}{publicId}",
        ReceivedAt = now,
    };

    /// <summary>What became of a letter.</summary>
    internal void Becomes(DocumentKind kind, DateTimeOffset now)
    {
        if (kind != Kind)
        {
            (Kind, ReceivedAt) = (kind, now); // who asks what changed since, finds it
        }
    }
}

/// <summary>What a practice sends after its referral, or with it, read and judged.</summary>
internal sealed record SupplementRequest(
    string? SourceSystem, string? SourceValue, string Content, string ContentHash, IReadOnlyList<JudgedFile> Files);

/// <summary>A file of a document; until a document takes it up, a Binary by itself that is soon forgotten.</summary>
internal sealed class StoredFile
{
    private StoredFile() { }

    /// <summary>FHIR R4 Binary.id.</summary>
    public Guid Id { get; private set; }

    public Guid PracticeId { get; private set; }
    public Guid? ReferralId { get; private set; }
    public Guid? DocumentId { get; private set; }

    /// <summary>Its place in the document, from 1.</summary>
    public int Number { get; private set; }

    public string ContentType { get; private set; } = "";
    public string Name { get; private set; } = "";
    public int Size { get; private set; }
    public byte[] Sha1 { get; private set; } = [];
    public DateTimeOffset ReceivedAt { get; private set; }
    public byte[] Content { get; private set; } = [];

    internal static StoredFile Of(ReferralDocument document, JudgedFile file, int number, DateTimeOffset now) =>
        Loose(document.PracticeId, file, now).In(document, number);

    internal static StoredFile Loose(Guid practiceId, JudgedFile file, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        PracticeId = practiceId,
        ContentType = file.Kind.ContentType,
        Name = file.Name,
        Size = file.Content.Length,
        Sha1 = file.Sha1,
        ReceivedAt = now,
        Content = file.Content,
    };

    private StoredFile In(ReferralDocument document, int number)
    {
        (ReferralId, DocumentId, Number) = (document.ReferralId, document.Id, number);
        return this;
    }
}
