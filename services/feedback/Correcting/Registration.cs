using VGIntegration.Feedback.Proposing;

namespace VGIntegration.Feedback.Correcting;

internal static class Registration
{
    public static void AddCorrecting(this WebApplicationBuilder builder) =>
        builder.Services.AddScoped<StopLetters>().AddScoped<ReviseLetter>().AddScoped<ReviseDraft>().AddScoped<PackRevision>();
}

/// <summary>What is said after a letter: of the letter itself, or of the referral it proposed.</summary>
internal sealed class PackRevision(ReviseLetter letter, ReviseDraft draft)
{
    public Task<Returning.Parcel> Run(Returning.Delivery delivery, CancellationToken ct) =>
        delivery.Kind is Returning.ParcelKind.Retraction or Returning.ParcelKind.Supersession ? letter.Pack(delivery, ct) : draft.Pack(delivery, ct);
}
