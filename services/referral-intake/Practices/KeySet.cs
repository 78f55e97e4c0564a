using Microsoft.IdentityModel.Tokens;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>The public keys of a GP system (RFC 7517), for RS384 and ES384 (SMART App Launch 2.2, asymmetric authentication).</summary>
internal static class KeySet
{
    internal static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha384, SecurityAlgorithms.EcdsaSha384];

    /// <summary>Why a practice cannot be registered with these keys, in Dutch and English; null when it can.</summary>
    internal static (string Dutch, string English)? Fault(string jwks)
    {
        if (jwks.Length > 20_000 || Parse(jwks) is not { } keys)
        {
            return ("Dit is geen JSON Web Key Set. Plak de hele tekst, met {\"keys\": […]}.", "this is no JSON Web Key Set with \"keys\".");
        }

        if (keys.Any(k => k.D is not null || k.P is not null || k.K is not null))
        {
            return ("Hier staat een geheime sleutel in. Gooi die weg, maak een nieuwe en geef alleen de openbare helft.",
                "this holds a private key. Throw it away, make a new one and give the public half only.");
        }

        if (keys.Count == 0 || keys.Any(k => string.IsNullOrEmpty(k.Kid)) || keys.DistinctBy(k => k.Kid).Count() < keys.Count)
        {
            return ("Elke sleutel heeft een eigen kid nodig.", "each key needs a kid of its own.");
        }

        return keys.All(IsStrong)
            ? null
            : ("Gebruik RSA van minstens 2048 bits (RS384) of EC P-384 (ES384).", "use RSA of at least 2048 bits (RS384) or EC P-384 (ES384).");
    }

    /// <summary>The keys that may sign an assertion; nothing when there is none or the text is no key set.</summary>
    internal static IReadOnlyList<JsonWebKey> Read(string? jwks) => [.. (jwks is null ? null : Parse(jwks))?.Where(IsStrong) ?? []];

    private static IList<JsonWebKey>? Parse(string jwks)
    {
        try
        {
            return new JsonWebKeySet(jwks).Keys;
        }
        catch (Exception e) when (e is ArgumentException or System.Text.Json.JsonException or FormatException)
        {
            return null;
        }
    }

    private static bool IsStrong(JsonWebKey key) => key.Use is null or "" or "sig" && !key.HasPrivateKey && key switch
    {
        { Kty: JsonWebAlgorithmsKeyTypes.RSA, Alg: null or "" or SecurityAlgorithms.RsaSha384 } => key.KeySize >= 2048,
        { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P384, Alg: null or "" or SecurityAlgorithms.EcdsaSha384 } => true,
        _ => false,
    };
}
