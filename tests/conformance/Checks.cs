using System.Net.Http.Headers;
using VGIntegration.Conformance.Life;

namespace VGIntegration.Conformance;

/// <summary>Everything that is looked at, in the order of a referral's life.</summary>
internal static class Checks
{
    public static IReadOnlyList<Check> All { get; } =
        [.. Door.Checks, .. Judging.Checks, .. Receiving.Checks, .. Reading.Checks, .. Following.Checks, .. Supplementing.Checks,
        .. Changing.Checks, .. Telling.Checks, .. Errors.Checks];

    public static Action<HttpRequestHeaders> Header(string name, string value) => headers => headers.TryAddWithoutValidation(name, value);

    public static void Must(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new NotSeenException(otherwise);
        }
    }
}
