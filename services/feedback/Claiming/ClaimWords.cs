using System.Globalization;

namespace VGIntegration.Feedback.Claiming;

/// <summary>The ledger in the words of who keeps it.</summary>
internal static class ClaimWords
{
    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");

    internal static string InDutch(this Payer payer) => payer is Payer.Insurer ? "Zorgverzekeraar" : "Gemeente";

    internal static string InDutch(this ClaimLineKind kind) => kind switch
    {
        ClaimLineKind.Held => "Gesprek",
        ClaimLineKind.Reversal => "Teruggenomen",
        _ => "Verbeterd",
    };

    internal static string InDutch(this Standing standing) => standing switch
    {
        Standing.Claimable => "Te declareren",
        Standing.Exported => "Gedeclareerd",
        Standing.CancelledOut => "Vervallen",
        _ => "Nog niet te declareren",
    };

    internal static string Badge(this Standing standing) => standing switch
    {
        Standing.Claimable => "active",
        Standing.Exported => "success",
        Standing.CancelledOut => "neutral",
        _ => "warning",
    };

    /// <summary>Why a line does not go out, for who asks.</summary>
    internal static string? Why(this Standing standing) => standing switch
    {
        Standing.NoTariff => "Voor deze dag zijn nog geen code en tarief ingesteld.",
        Standing.ProfessionOutsideList => "Het beroep staat niet in de lijst waarvoor de zorgverzekeraar betaalt.",
        Standing.ProfessionUnknown => "Het beroep is niet bekend. Corrigeer de regel.",
        Standing.OrganisationUnknown => "De organisatie is niet bekend. Corrigeer de regel.",
        _ => null,
    };

    internal static string InEuros(this decimal amount) => $"{(amount < 0 ? "−" : "")}€\u00A0{Math.Abs(amount).ToString("N2", Dutch)}";

    internal static string Signed(this int count) => count < 0 ? $"−{-count}" : $"{count}";

    internal static string MonthInDutch(this DateOnly month) => month.ToString("MMMM yyyy", Dutch);

    internal static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day as a date field sends it, or as people write it.</summary>
    internal static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), ["yyyy-MM-dd", "d-M-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
