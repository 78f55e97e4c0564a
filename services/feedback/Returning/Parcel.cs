using System.Text.Json;
using Hl7.Fhir.Model;

namespace VGIntegration.Feedback.Returning;

/// <summary>What goes out now and to whom, fetched from those who own it; or why nothing goes.</summary>
internal sealed record Parcel
{
    public Practice? Practice { get; private init; }

    /// <summary>The FHIR base of the practice, or the endpoint of a subscription.</summary>
    public Uri? Address { get; private init; }

    public DocumentReference? Letter { get; private init; }

    /// <summary>What the letter says part by part, for a practice that takes documents.</summary>
    public IReadOnlyList<(string Heading, string Text)> Sections { get; init; } = [];

    /// <summary>The referral that goes along, for the huisarts to sign; or by itself where there is no letter.</summary>
    public ServiceRequest? Draft { get; init; }

    /// <summary>The resource as it goes out, where it is no letter.</summary>
    public byte[]? Body { get; private init; }

    /// <summary>Which version of the Task this is; it settles the news of all versions before it.</summary>
    public int TaskVersion { get; private init; }

    /// <summary>What the subscriber asked to have sent along, so that it knows us.</summary>
    public string? Authorization { get; private init; }

    public Failure? Failure { get; private init; }
    public bool IsNotNeeded { get; private init; }

    public static Parcel Without(Hindrance hindrance, Practice? practice = null) =>
        new() { Practice = practice, Failure = new Failure(hindrance) };

    public static Parcel NotNeeded(Practice? practice = null) => new() { Practice = practice, IsNotNeeded = true };

    /// <summary>Without an address a person can still hand the letter over.</summary>
    public static Parcel Of(Practice practice, DocumentReference letter) => practice.Address() is { } address
        ? new() { Practice = practice, Address = address, Letter = letter }
        : Without(Hindrance.NoAddress, practice) with { Letter = letter };

    public static Parcel OfDraft(Practice practice, ServiceRequest draft) => practice.Address() is { } address
        ? new() { Practice = practice, Address = address, Draft = draft }
        : Without(Hindrance.NoAddress, practice);

    public static Parcel OfTask(Practice practice, Uri address, int version, byte[] body) =>
        new() { Practice = practice, Address = address, TaskVersion = version, Body = body };

    public static Parcel OfNotification(Practice practice, Uri endpoint, string? authorization, byte[] body) =>
        new() { Practice = practice, Address = endpoint, Authorization = authorization, Body = body };

    /// <summary>The other service is down, or does not know the referral any more: for the parcel it is the same, it waits.</summary>
    public static async Task<T?> Ask<T>(Func<Task<T?>> question, CancellationToken ct)
        where T : class
    {
        try
        {
            return await question();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
