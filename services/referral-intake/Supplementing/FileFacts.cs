using Microsoft.EntityFrameworkCore;

namespace VGIntegration.ReferralIntake.Supplementing;

/// <summary>All there is to know of a file without its bytes.</summary>
internal sealed record FileFacts(Guid Id, Guid? DocumentId, int Number, string ContentType, string Name, int Size, byte[] Sha1, DateTimeOffset ReceivedAt)
{
    internal static Task<List<FileFacts>> Of(IQueryable<StoredFile> files, CancellationToken ct) =>
        files.AsNoTracking().OrderBy(f => f.ReceivedAt).ThenBy(f => f.Number)
            .Select(f => new FileFacts(f.Id, f.DocumentId, f.Number, f.ContentType, f.Name, f.Size, f.Sha1, f.ReceivedAt)).ToListAsync(ct);
}
