using MimeKit;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;

namespace VGIntegration.Feedback.HandingOver;

/// <summary>The letter as a person brings it: the same as would be sent, but without the BSN, which goes from system to system only.</summary>
internal sealed class PrintForPerson(PackParcel pack, KeepLetter keep, SecureMailRules rules)
{
    /// <summary>Null when it cannot be printed now. What was printed is kept, so that it is what the practice can fetch later.</summary>
    public async Task<byte[]?> Pdf(Delivery letter, CancellationToken ct)
    {
        if (await pack.Run(letter, ct) is not { Letter: { } document, Address: null }) // with an address it goes by itself
        {
            return null;
        }

        document.Id = letter.LetterId?.ToString() ?? letter.Id.ToString();
        await keep.Run(letter.Id, document, ct);
        return document.Content[0].Attachment!.Data;
    }

    public MimeMessage Mail(Delivery letter, byte[] pdf, string to, DateTimeOffset now)
    {
        // Nothing of anybody in the subject: it is seen on the way by others than the receiver.
        var mail = new MimeMessage
        {
            Subject = $"Brief over uw verwijzing {letter.ReferralId!.Value.ReferralCode()}",
            Date = now,
            MessageId = $"{letter.Id:N}@{rules.From[(rules.From.LastIndexOf('@') + 1)..]}",
            Body = new BodyBuilder
            {
                TextBody = "Goedendag,\r\n\r\nIn de bijlage staat een brief van het verkennend gesprek. Neem hem op in het dossier van uw patiënt.\r\n\r\nMet vriendelijke groet,\r\nVerkennend gesprek\r\n",
                Attachments = { { "brief.pdf", pdf, new ContentType("application", "pdf") } },
            }.ToMessageBody(),
        };
        mail.From.Add(MailboxAddress.Parse(rules.From));
        mail.To.Add(MailboxAddress.Parse(to));
        return mail;
    }
}
