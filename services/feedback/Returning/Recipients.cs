using System.Net;
using System.Text.Json;

namespace VGIntegration.Feedback.Returning;

/// <summary>
/// Asks intake to whom a parcel goes, and what it tells, at the moment it is shown, printed or sent. Nothing is kept.
/// </summary>
internal sealed class Recipients(HttpClient intake)
{
    public Task<Recipient?> Of(Guid referralId, CancellationToken ct) =>
        Ask<Recipient>($"/internal/referrals/{referralId}/recipient", ct);

    public Task<TaskNow?> Task(Guid taskId, int version, CancellationToken ct) =>
        Ask<TaskNow>($"/internal/tasks/{taskId}?version={version}", ct);

    /// <summary>The handshake when there is no event.</summary>
    public Task<NotificationNow?> Notification(Guid subscriptionId, long? eventNumber, string practiceId, CancellationToken ct) =>
        Ask<NotificationNow>($"/internal/subscriptions/{subscriptionId}/notification?event={eventNumber ?? 0}&practice={practiceId}", ct);

    private async Task<T?> Ask<T>(string question, CancellationToken ct)
        where T : class
    {
        using var answer = await intake.GetAsync(question, ct);
        return answer.StatusCode is HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(ct);
    }
}

/// <summary>A version of a Task as intake shows it, ready to be sent.</summary>
internal sealed record TaskNow
{
    public required Practice Practice { get; init; }
    public required int Version { get; init; }
    public required JsonElement Resource { get; init; }
}

/// <summary>A notification, ready to be sent; without an endpoint when nobody wants it any more.</summary>
internal sealed record NotificationNow
{
    public required Practice Practice { get; init; }
    public string? Endpoint { get; init; }
    public string? Authorization { get; init; }
    public JsonElement? Resource { get; init; }
}

internal sealed record Recipient
{
    /// <summary>The referral as the GP system itself knows it.</summary>
    public string? IdentifierSystem { get; init; }
    public string? IdentifierValue { get; init; }
    public required Practice Practice { get; init; }
    public string? Referrer { get; init; }
    public required Person Resident { get; init; }

    /// <summary>How the referral ended without an advice, if it did.</summary>
    public Ending? Ended { get; init; }

    internal sealed record Person
    {
        public required string Name { get; init; }
        public string? Bsn { get; init; }
        public DateOnly? BirthDate { get; init; }
        public string? PatientReference { get; init; }
    }
}

/// <summary>An end without an advice: codes of verwijsstatus and ClosingReason.</summary>
internal sealed record Ending
{
    public required string BusinessStatus { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed record Practice
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Agb { get; init; }
    public string? Ura { get; init; }
    public string? FhirBase { get; init; }

    /// <summary>One of <see cref="DeliveryMode"/>.</summary>
    public string Delivery { get; init; } = nameof(DeliveryMode.Put);

    /// <summary>Whether its FHIR base takes a transaction Bundle (FHIR R4 http: transaction).</summary>
    public bool TakesTransactions { get; init; }

    /// <summary>Whether the practice wants to be told where its referrals stand.</summary>
    public bool WantsTasks { get; init; }

    public DeliveryMode Mode => Enum.TryParse<DeliveryMode>(Delivery, out var mode) ? mode : DeliveryMode.Put;

    public bool TakesOurIds => Mode is DeliveryMode.Put;

    /// <summary>It has no address for letters: a person hands them over, and no person sees a BSN.</summary>
    public bool IsReachedByPerson => Address() is null;

    // The law lets a BSN go to a care provider only; such a one is in the AGB or UZI register.
    public bool IsCareProvider => Agb is { Length: > 0 } || Ura is { Length: > 0 };

    /// <summary>The address with a slash at its end; null when there is none that a letter may be sent to.</summary>
    public Uri? Address() =>
        Uri.TryCreate(FhirBase?.TrimEnd('/') + "/", UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null; // over plain http a letter could be read on its way
}

/// <summary>How the FHIR base of a practice takes a letter (interface section 5).</summary>
internal enum DeliveryMode
{
    /// <summary>Under our id.</summary>
    Put,

    /// <summary>It gives its own id.</summary>
    Post,

    /// <summary>ZorgDomein's habit: a document Bundle, posted.</summary>
    Document,
}
