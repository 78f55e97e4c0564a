using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace VGIntegration.Theme;

/// <summary>The style sheet as it stands in this assembly: plain, and compressed when it was built.</summary>
internal static class StyleSheets
{
    private static readonly byte[] Plain = Read("theme.css");
    private static readonly byte[] Gzip = Read("theme.css.gz");
    private static readonly byte[] Brotli = Read("theme.css.br");

    public static string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Plain))[..16];

    public static IResult Answer(HttpContext http)
    {
        var (bytes, encoding) = Choose(http.Request.Headers.AcceptEncoding.ToString());
        var headers = http.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = http.Request.Query["v"] == Version ? "public, max-age=31536000, immutable" : "no-cache";
        if (encoding is not "")
        {
            headers.ContentEncoding = encoding;
        }

        return Results.Bytes(bytes, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Version}{encoding}\""));
    }

    private static (byte[] Bytes, string Encoding) Choose(string accepted) =>
        accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? (Brotli, "br")
        : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (Gzip, "gzip")
        : (Plain, "");

    private static byte[] Read(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
