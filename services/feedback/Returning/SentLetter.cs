using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Fhir;
using Task = System.Threading.Tasks.Task;

namespace VGIntegration.Feedback.Returning;

/// <summary>A letter exactly as it went out, so that the practice can fetch the same later.</summary>
internal sealed class SentLetter
{
    private SentLetter() { }

    public Guid DeliveryId { get; private set; }

    /// <summary>The FHIR R4 DocumentReference as JSON, with the PDF inside.</summary>
    public byte[] Content { get; private set; } = [];

    internal static SentLetter Of(Guid deliveryId, byte[] content) => new() { DeliveryId = deliveryId, Content = content };
}

/// <summary>Keeps what is about to be sent; a later attempt that is printed anew takes its place.</summary>
internal sealed class KeepLetter(FeedbackDbContext db)
{
    internal async Task Run(Guid deliveryId, DocumentReference document, CancellationToken ct)
    {
        var content = FhirJson.Write(document);
        if (await db.SentLetters.Where(l => l.DeliveryId == deliveryId).ExecuteUpdateAsync(set => set.SetProperty(l => l.Content, content), ct) == 0)
        {
            db.Add(SentLetter.Of(deliveryId, content));
            await db.SaveChangesAsync(ct);
        }
    }
}

internal sealed class SentLetterMapping : IEntityTypeConfiguration<SentLetter>
{
    public void Configure(EntityTypeBuilder<SentLetter> letter)
    {
        letter.ToTable("SentLetters");
        letter.HasKey(l => l.DeliveryId);
        letter.Property(l => l.DeliveryId).ValueGeneratedNever();
    }
}
