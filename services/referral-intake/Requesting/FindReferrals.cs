using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Receiving;

namespace VGIntegration.ReferralIntake.Requesting;

/// <summary>Finds the referrals of a resident who asks about the own data: by the huisarts's number, by name and birth date, or by BSN.</summary>
internal sealed class FindReferrals(IntakeDbContext db)
{
    internal const int AtMost = 50;

    internal async Task<IReadOnlyList<Referral>> Run(Question question, CancellationToken ct)
    {
        var referrals = db.Referrals.AsNoTracking();
        if (question.Number is { Length: > 0 } number)
        {
            return await referrals.Where(r => r.SourceValue == number || r.ZorgDomeinNumber == number).OrderBy(r => r.ReceivedAt).Take(AtMost).ToListAsync(ct);
        }

        if (question.Bsn is { Length: > 0 } bsn)
        {
            return await referrals.Where(r => r.Resident.Bsn == bsn).OrderBy(r => r.ReceivedAt).Take(AtMost).ToListAsync(ct);
        }

        var (born, words) = (question.BirthDate!.Value, WordsOf(question.Name!));
        var sameDay = await referrals.Where(r => r.Resident.BirthDate == born).OrderBy(r => r.ReceivedAt).ToListAsync(ct);
        return [.. sameDay.Where(r => words.All(WordsOf(r.Resident.Name).Contains)).Take(AtMost)];
    }

    // Accents and capitals are written in many ways.
    private static HashSet<string> WordsOf(string name) => [.. new string([.. name.Normalize(System.Text.NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
        .Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>What a manager knows of who asks. One of the three ways is enough.</summary>
internal sealed record Question(string? Number, string? Name, DateOnly? BirthDate, string? Bsn)
{
    /// <summary>What is wrong with it: the field, and what to change.</summary>
    internal (string Field, string Fault)? Fault => this switch
    {
        { Bsn.Length: > 0 } when !Judging.Bsn.IsValid(Bsn) => (nameof(Bsn), "Dit is geen BSN. Een BSN heeft 9 cijfers. Kijk of er een typefout in zit."),
        { Number.Length: > 0 } or { Bsn.Length: > 0 } => null,
        { Name.Length: > 0 } when !Name.Any(char.IsLetter) => (nameof(Name), "Vul de naam in met letters."),
        { Name.Length: > 0, BirthDate: null } => (nameof(BirthDate), "Vul ook de geboortedatum in."),
        { Name.Length: > 0 } => null,
        { BirthDate: not null } => (nameof(Name), "Vul ook de naam in."),
        _ => (nameof(Number), "Vul een nummer in, of een naam met geboortedatum, of een BSN."),
    };
}
