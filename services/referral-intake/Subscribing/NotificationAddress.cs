using System.Globalization;
using VGIntegration.ReferralIntake.Practices;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>
/// Where notifications of a practice may go: the host and port of its FHIR base, and those that were registered beside it.
/// Judged when a subscription is made and again before each notification, so that no request ever chooses an address.
/// </summary>
internal static class NotificationAddress
{
    internal static bool IsAllowed(Practice practice, string? endpoint) =>
        endpoint is { Length: <= 1000 } && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "", Fragment: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && (IsBase(practice, uri) || IsListed(practice, uri));

    private static bool IsBase(Practice practice, Uri uri) =>
        Uri.TryCreate(practice.FhirBase, UriKind.Absolute, out var known) && known.Scheme == uri.Scheme && Place(known) == Place(uri);

    private static bool IsListed(Practice practice, Uri uri) => (practice.NotificationHosts ?? "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Any(host => Place(uri).Equals(host.Contains(':', StringComparison.Ordinal) ? host : $"{host}:443", StringComparison.OrdinalIgnoreCase));

    private static string Place(Uri uri) =>
        $"{uri.IdnHost.ToLowerInvariant()}:{uri.Port.ToString(CultureInfo.InvariantCulture)}";
}
