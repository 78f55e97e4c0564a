using System.Security.Cryptography;

namespace VGIntegration.Feedback.Claiming;

/// <summary>The number of a conversation towards who pays: 60 bits drawn by lot, in signs that nobody confuses.</summary>
internal static class ClaimNumber
{
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32: no I, L, O or U

    internal static string Draw() =>
        string.Join('-', RandomNumberGenerator.GetString(Signs, 12).Chunk(4).Select(part => new string(part)));
}
