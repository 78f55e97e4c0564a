using System.Net;

namespace VGIntegration.Feedback.Returning;

/// <summary>Asks intake to whom the letter about a referral goes, and about whom it is, at the moment it is shown, printed or sent.</summary>
internal sealed class Recipients(HttpClient intake)
{
    public async Task<Recipient?> Of(Guid referralId, CancellationToken ct)
    {
        using var answer = await intake.GetAsync($"/internal/referrals/{referralId}/recipient", ct);
        return answer.StatusCode is HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Recipient>(ct);
    }
}

internal sealed record Recipient
{
    /// <summary>The referral as the GP system itself knows it.</summary>
    public string? IdentifierSystem { get; init; }
    public string? IdentifierValue { get; init; }
    public required Practice Practice { get; init; }
    public string? Referrer { get; init; }
    public required Person Resident { get; init; }

    internal sealed record Person
    {
        public required string Name { get; init; }
        public string? Bsn { get; init; }
        public DateOnly? BirthDate { get; init; }
        public string? PatientReference { get; init; }
    }
}

internal sealed record Practice
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Agb { get; init; }
    public string? Ura { get; init; }
    public string? FhirBase { get; init; }

    /// <summary>Put, where the GP system takes our id; Post, where it gives its own.</summary>
    public string Delivery { get; init; } = "Put";

    public bool TakesOurIds => Delivery != "Post";

    // The law lets a BSN go to a care provider only; such a one is in the AGB or UZI register.
    public bool IsCareProvider => Agb is { Length: > 0 } || Ura is { Length: > 0 };

    /// <summary>The address with a slash at its end; null when there is none that a letter may be sent to.</summary>
    public Uri? Address() =>
        Uri.TryCreate(FhirBase?.TrimEnd('/') + "/", UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null; // over plain http a letter could be read on its way
}
