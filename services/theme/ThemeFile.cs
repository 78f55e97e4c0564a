using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace VGIntegration.Theme;

/// <summary>A file of the pages as it stands in this assembly: plain, and compressed when it was built.</summary>
internal sealed class ThemeFile(string name, string mediaType)
{
    internal static readonly ThemeFile Css = new("theme.css", "text/css; charset=utf-8");
    internal static readonly ThemeFile Script = new("theme.js", "text/javascript; charset=utf-8");

    private readonly byte[] _plain = Read(name);
    private readonly byte[] _gzip = Read($"{name}.gz");
    private readonly byte[] _brotli = Read($"{name}.br");

    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Read(name)))[..16];

    public IResult Answer(HttpContext http)
    {
        var (bytes, encoding) = Choose(http.Request.Headers.AcceptEncoding.ToString());
        var headers = http.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = http.Request.Query["v"] == Version ? "public, max-age=31536000, immutable" : "no-cache";
        if (encoding is not "")
        {
            headers.ContentEncoding = encoding;
        }

        return Results.Bytes(bytes, mediaType, entityTag: new EntityTagHeaderValue($"\"{Version}{encoding}\""));
    }

    private (byte[] Bytes, string Encoding) Choose(string accepted) =>
        accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? (_brotli, "br")
        : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (_gzip, "gzip")
        : (_plain, "");

    private static byte[] Read(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
