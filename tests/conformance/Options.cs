using System.Globalization;

namespace VGIntegration.Conformance;

/// <summary>Whom to call, and as whom.</summary>
internal sealed record Options
{
    private const string Use =
        """
        use: dotnet run --project tests/conformance -- --target URL [options]
          --target URL              where /fhir is, such as http://localhost:5100
          --client-id ID            the client of a practice (default demo-practice)
          --client-secret SECRET    its secret (default demo), or
          --private-key FILE        its private key as a JWK, for private_key_jwt (RS384 or ES384)
          --token-url URL           the token endpoint (default TARGET/connect/token)
          --other-client-id ID      a client of another practice, to see that it sees nothing
          --other-client-secret S   its secret
          --listen URL              an address of this machine at which the target may notify, such as http://127.0.0.1:5999/
          --patience SECONDS        how long to wait for planning to take the referral in (default 30)
        """;

    private static readonly string[] Known =
    [
        "target", "client-id", "client-secret", "private-key", "token-url", "other-client-id", "other-client-secret", "listen", "patience",
    ];

    public required Uri Target { get; init; }
    public required Uri TokenUrl { get; init; }
    public required string ClientId { get; init; }
    public string? ClientSecret { get; init; }

    /// <summary>A JSON Web Key with its private part and its kid.</summary>
    public string? PrivateKey { get; init; }

    public string? OtherClientId { get; init; }
    public string? OtherClientSecret { get; init; }
    public Uri? Listen { get; init; }
    public TimeSpan Patience { get; init; }

    public static Options Of(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!Known.Contains(name) || i + 1 >= args.Length)
            {
                throw new ArgumentException($"Not understood: {args[i]}\n{Use}");
            }

            given[name] = args[i + 1];
        }

        var target = Address("target") ?? throw new ArgumentException(Use);
        return new Options
        {
            Target = new Uri(target.GetLeftPart(UriPartial.Authority)),
            TokenUrl = Address("token-url") ?? new Uri(target, "/connect/token"),
            ClientId = given.GetValueOrDefault("client-id", "demo-practice"),
            ClientSecret = given.GetValueOrDefault("client-secret") ?? (given.ContainsKey("private-key") ? null : "demo"),
            PrivateKey = given.TryGetValue("private-key", out var file) ? File.ReadAllText(file) : null,
            OtherClientId = given.GetValueOrDefault("other-client-id"),
            OtherClientSecret = given.GetValueOrDefault("other-client-secret"),
            Listen = Address("listen"),
            Patience = TimeSpan.FromSeconds(int.Parse(given.GetValueOrDefault("patience", "30"), CultureInfo.InvariantCulture)),
        };

        Uri? Address(string name) => !given.TryGetValue(name, out var value) ? null
            : Uri.TryCreate(value, UriKind.Absolute, out var address) ? address
            : throw new ArgumentException($"--{name} must be an address such as http://localhost:5100");
    }
}
