using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>Where the next page begins: after this row, in this order. Not a number of rows, so that nothing is skipped or doubled.</summary>
internal sealed record Place(DateTimeOffset At, Guid Id, DateTimeOffset BeganAt, bool IsTail = false, int? Total = null);

/// <summary>
/// A search as one sealed word in a link. Only the practice that searched can use it, it says nothing to who reads it on
/// its way, and it stays good as long as the data is here.
/// </summary>
internal sealed class SearchLink(IDataProtectionProvider seals)
{
    internal const string Name = "_page";

    internal sealed record Content(IReadOnlyList<KeyValuePair<string, string?>> Parameters, Place? After);

    internal string Write(string type, Guid practice, Content content) =>
        Seal(type, practice).Protect(JsonSerializer.Serialize(content));

    /// <exception cref="SearchRefusedException">No link of this practice and type.</exception>
    internal Content Read(string type, Guid practice, string word)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(Seal(type, practice).Unprotect(word))!;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            throw new SearchRefusedException(Hl7.Fhir.Model.OperationOutcome.IssueType.NotFound, "Deze vervolglink is niet (meer) geldig. Begin de zoekvraag opnieuw.");
        }
    }

    private IDataProtector Seal(string type, Guid practice) => seals.CreateProtector("search", type, $"{practice}");
}
