using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.HandingOver;

/// <summary>A letter that a person brings to a practice that no computer can reach: who sent it, and who says that it is there.</summary>
internal sealed class LetterHandOver
{
    private LetterHandOver() { }

    public Guid DeliveryId { get; private set; }
    public DateTimeOffset? MailedAt { get; private set; }
    public string? MailedBy { get; private set; }
    public DateTimeOffset? HandedOverAt { get; private set; }
    public string? HandedOverBy { get; private set; }

    public static LetterHandOver Of(Delivery letter) => letter.IsLetter
        ? new() { DeliveryId = letter.Id }
        : throw new RuleBrokenException("Only a letter is handed over by a person.");

    public void Mail(string who, DateTimeOffset now) => (MailedAt, MailedBy) = (now, who);

    public void HandOver(string who, DateTimeOffset now)
    {
        if (HandedOverAt is not null)
        {
            throw new RuleBrokenException("This letter was handed over already.");
        }

        (HandedOverAt, HandedOverBy) = (now, who);
    }
}

internal sealed class LetterHandOverMapping : IEntityTypeConfiguration<LetterHandOver>
{
    public void Configure(EntityTypeBuilder<LetterHandOver> letter)
    {
        letter.ToTable("LetterHandOvers");
        letter.HasKey(l => l.DeliveryId);
        letter.Property(l => l.DeliveryId).ValueGeneratedNever();
        letter.Property(l => l.MailedBy).HasMaxLength(200);
        letter.Property(l => l.HandedOverBy).HasMaxLength(200);
        letter.HasIndex(l => l.HandedOverAt);
    }
}
