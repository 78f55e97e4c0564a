using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using VGIntegration.ReferralIntake.Reading;
using static Hl7.Fhir.Model.OperationOutcome;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>A practice sends something more about its referral. It is stored whole or not at all, and the same twice is one.</summary>
internal static class ReceiveSupplement
{
    private const int Attempts = 5;

    public static void MapReceiveSupplement(this IEndpointRouteBuilder fhir) =>
        fhir.MapPost("/DocumentReference", Handle).Needs("DocumentReference", 'c');

    /// <summary>A transaction Bundle with a DocumentReference and its Binaries, about a referral that is here already.</summary>
    internal static bool IsSupplement(Resource body) => body is Bundle { Type: Bundle.BundleType.Transaction } bundle
        && bundle.Entry.Exists(e => e?.Resource is DocumentReference) && !bundle.Entry.Exists(e => e?.Resource is ServiceRequest);

    internal static async Task<IResult> Receive(Bundle bundle, IReadOnlyList<Finding> tolerated, HttpContext http)
    {
        var needed = new Scope("DocumentReference", 'c');
        if (!http.User.FindAll("scope").Any(c => needed.IsIn(c.Value)))
        {
            return FhirResult.Refused(403, Finding.Error(IssueType.Forbidden, null, $"Het token mag dit niet: de scope {needed} ontbreekt."));
        }

        var submission = Submission.Of(bundle);
        if (submission.All<DocumentReference>().ToList() is not [var sent] || submission.Top.Any(s => s.Resource is not (DocumentReference or Binary)))
        {
            return FhirResult.Refused(422, Finding.Error(IssueType.Invariant, "Bundle.entry", "Een aanvulling is één DocumentReference, met haar Binaries. Stuur elke aanvulling apart."));
        }

        var services = http.RequestServices;
        return await Receive(
            new Message((DocumentReference)sent.Resource, sent.Path, InMessage, tolerated, bundle), http,
            services.GetRequiredService<IntakeDbContext>(), services.GetRequiredService<TimeProvider>(), http.RequestAborted);

        (string?, byte[])? InMessage(string url) => CameAlong.Inside(url, sent, submission);
    }

    private static Task<IResult> Handle(FhirBody body, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct) => body.Resource switch
    {
        null => Task.FromResult<IResult>(FhirResult.Refused(body.RefusedWith, body.Findings)),
        DocumentReference document => Receive(new Message(document, "DocumentReference", _ => null, body.Findings), http, db, clock, ct),
        var other => Task.FromResult<IResult>(FhirResult.Refused(422, Finding.Error(IssueType.Value, other.TypeName,
            "Hier hoort een DocumentReference. Stuur een verwijzing naar [base]/ServiceRequest."))),
    };

    /// <summary>A supplement whose files are all inside it.</summary>
    internal static Task<IResult> Add(DocumentReference document, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct) =>
        Receive(new Message(document, "DocumentReference", _ => null, []), http, db, clock, ct);

    private static async Task<IResult> Receive(Message message, HttpContext http, IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (document, path) = (message.Document, message.Path);
        var practice = http.PracticeId();
        if (Referral(document) is not { } related)
        {
            return FhirResult.Refused(422, Finding.Error(IssueType.Required, $"{path}.context.related",
                "Bij welke verwijzing hoort dit? Zet in context.related de verwijzing: ServiceRequest/{id}, of uw eigen nummer ervan als identifier."));
        }

        if (await Find(db, practice, related, ct) is not { } referralId)
        {
            return FhirResult.Refused(404, Finding.Error(IssueType.NotFound, $"{path}.context.related", "Deze verwijzing is er niet, of is niet van uw praktijk."));
        }

        var binaries = await Binaries(document, http, db, practice, ct);
        var (asked, findings) = SupplementReader.Read(document, path, url => Contained(document, url) ?? message.Find(url) ?? binaries.GetValueOrDefault(url));
        findings = [.. message.Tolerated, .. findings];
        return asked is null
            ? FhirResult.Refused(422, findings)
            : await Store(message, practice, referralId, asked, findings, http, db, clock, ct);
    }

    private static async Task<IResult> Store(
        Message message, Guid practice, Guid referralId, SupplementRequest asked, IReadOnlyList<Finding> findings, HttpContext http,
        IntakeDbContext db, TimeProvider clock, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            db.ChangeTracker.Clear();
            var now = clock.GetUtcNow();
            var document = ReferralDocument.Supplement(practice, referralId, asked, now);
            if (await Known(db, document, ct) is { } known)
            {
                return known.ContentHash == document.ContentHash && known.ReferralId == referralId
                    ? Receipt(http, message.Bundle, 200, known, await FileFacts.Of(db.Files.Where(f => f.DocumentId == known.Id), ct), findings)
                    : FhirResult.Refused(409, Finding.Error(IssueType.Conflict, "DocumentReference.identifier",
                        "Met dit nummer is al een andere aanvulling gestuurd. Geef een nieuwe aanvulling een nieuw nummer."));
            }

            var task = await db.Tasks.SingleAsync(t => t.ReferralId == referralId, ct);
            if (StateTable.Next(task.State, ReferralEvent.Supplemented, Role.GpSystem) is null)
            {
                return FhirResult.Refused(422, NotNow(task.State));
            }

            var present = await db.Files.CountAsync(f => f.ReferralId == referralId, ct);
            if (present + asked.Files.Count > Attachments.Most)
            {
                return FhirResult.Refused(422, Finding.Error(IssueType.BusinessRule, "DocumentReference.content",
                    $"Een verwijzing heeft ten hoogste {Attachments.Most} bijlagen, en er zijn er al {present}. Voeg bijlagen samen, of bel de planner."));
            }

            List<StoredFile> files = [.. asked.Files.Select((file, i) => StoredFile.Of(document, file, i + 1, now))];
            db.Add(document);
            db.AddRange(files);
            db.Audit.Add(AuditEntry.Of("C", http.User.Who(), $"DocumentReference/{document.Id}", "supplement-referral", now));
            await Progress.Act(db, task, ReferralEvent.Supplemented, now, ct);
            db.PublishOnSave(new ReferralSupplemented
            {
                ReferralId = referralId,
                Sequence = task.NextSequence(),
                OccurredAt = now,
                DocumentReferenceId = document.Id,
            });
            if (await Saved(db, ct))
            {
                return Receipt(http, message.Bundle, 201, document, files.Select(Facts), findings);
            }
        }

        return FhirResult.Later(503, IssueType.Transient, "Er gebeurt nu veel met deze verwijzing. Stuur dezelfde aanvulling zo weer; er komt er nooit meer dan één.");
    }

    // Somebody else wrote the Task, or a copy of this was faster: look again.
    private static async Task<bool> Saved(IntakeDbContext db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsRefusal())
        {
            return false;
        }
    }

    private static FhirResult Receipt(
        HttpContext http, Bundle? sent, int status, ReferralDocument document, IEnumerable<FileFacts> files, IReadOnlyList<Finding> findings)
    {
        var prefer = http.Request.Headers["Prefer"].ToString();
        return new FhirResult(status, sent is not null ? TransactionResponse(sent, status, document, [.. files], findings)
            : prefer.Contains("return=minimal", StringComparison.OrdinalIgnoreCase) ? null
            : prefer.Contains("return=OperationOutcome", StringComparison.OrdinalIgnoreCase) ? Finding.Outcome([Received, .. findings])
            : SupplementDocument.Of(document, files))
        {
            Location = $"{http.Request.Scheme}://{http.Request.Host}/fhir/DocumentReference/{document.PublicId}",
            VersionId = "1",
            LastModified = document.ReceivedAt,
        };
    }

    // One entry in the answer for each in the request, in the same order (FHIR R4 section 3.1.0.11.3).
    private static Bundle TransactionResponse(
        Bundle sent, int status, ReferralDocument document, IReadOnlyList<FileFacts> files, IReadOnlyList<Finding> findings) => new()
        {
            Type = Bundle.BundleType.TransactionResponse,
            Entry = [.. sent.Entry.Select(entry => new Bundle.EntryComponent
            {
                Response = new Bundle.ResponseComponent
                {
                    Status = status == 201 ? "201 Created" : "200 OK",
                    Location = entry.Resource is Binary { Data: { } data } && files.FirstOrDefault(f => f.Sha1.AsSpan().SequenceEqual(Attachments.Hash(data))) is { } file
                        ? $"Binary/{file.Id}/_history/1"
                        : $"DocumentReference/{document.PublicId}/_history/1",
                    Etag = "W/\"1\"",
                    LastModified = document.ReceivedAt,
                    Outcome = entry.Resource is DocumentReference && findings.Count > 0 ? Finding.Outcome(findings) : null,
                },
            })],
        };

    private static Finding Received => new(IssueSeverity.Information, IssueType.Informational, null, "De aanvulling is aangenomen.");

    private static Finding NotNow(ReferralState state)
    {
        var allowed = StateTable.Actions(state, Role.GpSystem).Select(a => $"{a}").ToList();
        return Finding.Error(IssueType.BusinessRule, null,
            $"Deze verwijzing is klaar ({ReferralStatus.Of(state).Business}): er kan geen aanvulling meer bij. "
            + (allowed.Count == 0 ? "Er kan niets meer mee; maak een nieuwe verwijzing als er iets nieuws is." : $"Wat nu wel kan: {string.Join(", ", allowed)}."));
    }

    private static Task<ReferralDocument?> Known(IntakeDbContext db, ReferralDocument document, CancellationToken ct) => db.Documents.AsNoTracking()
        .SingleOrDefaultAsync(d => d.PracticeId == document.PracticeId && d.SourceSystem == document.SourceSystem && d.SourceValue == document.SourceValue, ct);

    private static FileFacts Facts(StoredFile f) => new(f.Id, f.DocumentId, f.Number, f.ContentType, f.Name, f.Size, f.Sha1, f.ReceivedAt);

    private static ResourceReference? Referral(DocumentReference document) => document.Context?.Related.Find(
        r => r.Reference?.Contains("ServiceRequest/", StringComparison.Ordinal) is true || (r.Reference is null && r.Identifier is { Value.Length: > 0 }));

    private static async Task<Guid?> Find(IntakeDbContext db, Guid practice, ResourceReference related, CancellationToken ct)
    {
        var own = db.Referrals.AsNoTracking().Where(r => r.PracticeId == practice);
        if (related.Reference is { } reference)
        {
            var parts = reference.Split('/');
            var at = Array.LastIndexOf(parts, "ServiceRequest");
            own = at + 1 < parts.Length && Guid.TryParse(parts[at + 1], out var id) ? own.Where(r => r.Id == id) : own.Where(r => false);
        }
        else
        {
            var (system, value) = (related.Identifier!.System, related.Identifier.Value);
            own = system is null ? own.Where(r => r.SourceValue == value || r.ZorgDomeinNumber == value)
                : own.Where(r => (r.SourceSystem == system && r.SourceValue == value) || (system == Fhir.IdentifierSystems.ZorgDomein && r.ZorgDomeinNumber == value));
        }

        var found = await own.Select(r => r.Id).Take(2).ToListAsync(ct);
        return found.Count == 1 ? found[0] : null;
    }

    // Our own, posted before: Binary/{id}, or the same with our address in front.
    private static async Task<Dictionary<string, (string?, byte[])?>> Binaries(
        DocumentReference document, HttpContext http, IntakeDbContext db, Guid practice, CancellationToken ct)
    {
        var here = $"{http.Request.Scheme}://{http.Request.Host}/fhir/";
        var asked = document.Content.Select(c => c.Attachment?.Url).OfType<string>().Distinct().Take(Attachments.Most)
            .Select(url => (Url: url, Relative: url.StartsWith(here, StringComparison.OrdinalIgnoreCase) ? url[here.Length..] : url))
            .Where(u => u.Relative.StartsWith("Binary/", StringComparison.Ordinal))
            .Select(u => (u.Url, Id: Guid.TryParse(u.Relative["Binary/".Length..], out var id) ? id : Guid.Empty)).ToList();
        var found = new Dictionary<string, (string?, byte[])?>();
        foreach (var (url, id) in asked)
        {
            var file = await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.PracticeId == practice, ct);
            found[url] = file is null ? null : (file.ContentType, file.Content);
        }

        return found;
    }

    private static (string?, byte[])? Contained(DocumentReference document, string url) =>
        url is ['#', .. var id] && document.Contained.OfType<Binary>().FirstOrDefault(b => b.Id == id) is { Data: { } data } binary
            ? (binary.ContentType, data)
            : null;

    /// <summary>A supplement as it came: where it is in the message, what a link means there, and what was tolerated in reading it.</summary>
    private sealed record Message(
        DocumentReference Document, string Path, Func<string, (string? ContentType, byte[] Content)?> Find, IReadOnlyList<Finding> Tolerated, Bundle? Bundle = null);
}
