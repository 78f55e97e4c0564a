using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace VGIntegration.Conformance;

/// <summary>new-key NAME: NAME.jwk, to be kept by the GP system, and NAME.jwks.json, its public part to register.</summary>
internal static class NewKey
{
    public static async Task<int> Write(string name, TextWriter report)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var kid = Guid.NewGuid().ToString("N")[..12];
        var own = key.ExportParameters(includePrivateParameters: true);
        var (x, y, d) = (Base64UrlEncoder.Encode(own.Q.X), Base64UrlEncoder.Encode(own.Q.Y), Base64UrlEncoder.Encode(own.D));
        var open = $$"""{ "kty": "EC", "crv": "P-384", "alg": "ES384", "use": "sig", "kid": "{{kid}}", "x": "{{x}}", "y": "{{y}}" """;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }; // never over a key that is in use
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var secret = new StreamWriter($"{name}.jwk", options))
        {
            await secret.WriteLineAsync($$"""{{open}}, "d": "{{d}}" }""");
        }

        await File.WriteAllTextAsync($"{name}.jwks.json", $$"""{ "keys": [ {{open}} } ] }""");
        await report.WriteLineAsync($"{name}.jwk is for the GP system alone; {name}.jwks.json is what you register.");
        return 0;
    }
}
