using System.Text.RegularExpressions;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>What is wrong with one field: on the page in Dutch, at the command in English.</summary>
internal sealed record Fault(string Field, string Dutch, string English);

/// <summary>What is registered of a practice, as a person gave it on the page or at the command.</summary>
internal sealed partial record PracticeDetails
{
    public string? Name { get; init; }
    public string? Agb { get; init; }
    public string? Ura { get; init; }
    public string? ClientId { get; init; }
    public string? FhirBase { get; init; }
    public string Delivery { get; init; } = nameof(Practices.DeliveryMode.Put);
    public string? TaskUpdates { get; init; }
    public string? Transactions { get; init; }
    public string? Scopes { get; init; }
    public string? Jwks { get; init; }
    public string? JwksUri { get; init; }
    public string? Certificates { get; init; }
    public string? NotificationHosts { get; init; }

    internal DeliveryMode DeliveryMode => Enum.Parse<DeliveryMode>(Delivery, ignoreCase: true);

    internal static PracticeDetails Of(Practice practice) => new()
    {
        Name = practice.Name,
        Agb = practice.Agb,
        Ura = practice.Ura,
        ClientId = practice.ClientId,
        FhirBase = practice.FhirBase,
        Delivery = practice.Delivery.ToString(),
        TaskUpdates = practice.TakesTaskUpdates ? "on" : "off",
        Transactions = practice.TakesTransactions ? "on" : "off",
        Scopes = practice.Scopes,
        Jwks = practice.Jwks,
        JwksUri = practice.JwksUri,
        Certificates = practice.Certificates,
        NotificationHosts = practice.NotificationHosts,
    };

    /// <summary>The same without white space around it, with nothing instead of emptiness, and each list on one line.</summary>
    internal PracticeDetails Tidy() => this with
    {
        Name = Clean(Name),
        Agb = Clean(Agb),
        Ura = Clean(Ura),
        ClientId = Clean(ClientId),
        FhirBase = Clean(FhirBase)?.TrimEnd('/'),
        Delivery = Clean(Delivery) ?? nameof(Practices.DeliveryMode.Put),
        TaskUpdates = Clean(TaskUpdates)?.ToLowerInvariant() ?? "on",
        Transactions = Clean(Transactions)?.ToLowerInvariant() ?? "off",
        Scopes = List(Scopes) ?? Practice.UsualScopes,
        Jwks = Clean(Jwks),
        JwksUri = Clean(JwksUri),
        Certificates = CertificateRule.Tidy(List(Certificates)),
        NotificationHosts = List(NotificationHosts)?.ToLowerInvariant(),
    };

    /// <summary>Everything that is wrong, at once; nothing when it can be registered.</summary>
    internal IEnumerable<Fault> Faults()
    {
        if (Name is not { Length: <= 200 })
        {
            yield return new(nameof(Name), "Vul de naam van de praktijk in, van hoogstens 200 tekens.", "--name is missing or longer than 200.");
        }

        if (ClientId is null || !ClientIdForm().IsMatch(ClientId))
        {
            yield return new(nameof(ClientId), "Vul een client-id in: 3 tot 100 letters, cijfers, punten of streepjes.",
                "--client-id is missing, or is not 3 to 100 letters, digits, dots or dashes.");
        }

        foreach (var (field, number) in new[] { (nameof(Agb), Agb), (nameof(Ura), Ura) })
        {
            if (number is not null && !(number.Length == 8 && number.All(char.IsAsciiDigit)))
            {
                yield return new(field, "Dit nummer heeft 8 cijfers.", $"--{field.ToLowerInvariant()} must be 8 digits.");
            }
        }

        if (Agb is null && Ura is null)
        {
            yield return new(nameof(Agb), "Vul een AGB-code of een URA-nummer in.", "give --agb or --ura (8 digits).");
        }

        if (FhirBase is not null && !IsAddress(FhirBase))
        {
            yield return new(nameof(FhirBase), "Dit moet een adres met https zijn.", "--fhir-base must be an https address (http only on this machine).");
        }

        if (!Enum.TryParse<DeliveryMode>(Delivery, true, out _) || int.TryParse(Delivery, out _))
        {
            yield return new(nameof(Delivery), "Kies een manier van bezorgen.", $"--delivery must be one of {string.Join(", ", Enum.GetNames<DeliveryMode>())}.");
        }

        if (TaskUpdates is not (null or "on" or "off"))
        {
            yield return new(nameof(TaskUpdates), "Kies aan of uit.", "--task-updates must be on or off.");
        }

        if (Transactions is not (null or "on" or "off"))
        {
            yield return new(nameof(Transactions), "Kies ja of nee.", "--transactions must be on or off.");
        }

        foreach (var fault in Rights().Concat(Keys()))
        {
            yield return fault;
        }
    }

    private IEnumerable<Fault> Rights()
    {
        if ((Scopes ?? "").Split(' ').FirstOrDefault(s => !Scope.IsKnown(s)) is { } scope || Scopes is { Length: > 1000 })
        {
            yield return new(nameof(Scopes), "Schrijf scopes als system/Task.rs, met spaties ertussen.", "--scopes must look like \"system/Task.rs system/ServiceRequest.cruds\".");
        }

        if (Certificates is { } certificates && (certificates.Length > 2000 || !certificates.Split(' ').All(CertificateRule.IsValid)))
        {
            yield return new(nameof(Certificates), "Geef de SHA-256-vingerafdruk (64 tekens), of san: met de naam in het certificaat.",
                "--certificate must be a SHA-256 thumbprint (64 hexadecimal digits) or san:NAME.");
        }

        if (NotificationHosts is { } hosts && (hosts.Length > 1000 || hosts.Split(' ').Any(h => Uri.CheckHostName(h.Split(':')[0]) is UriHostNameType.Unknown)))
        {
            yield return new(nameof(NotificationHosts), "Geef alleen namen van computers, zoals his.praktijk.nl.", "--notification-hosts must be host names.");
        }
    }

    private IEnumerable<Fault> Keys()
    {
        if (Jwks is not null && JwksUri is not null)
        {
            yield return new(nameof(JwksUri), "Geef de sleutels zelf of hun adres, niet allebei.", "give --jwks-file or --jwks-url, not both.");
        }

        if (JwksUri is not null && !IsAddress(JwksUri))
        {
            yield return new(nameof(JwksUri), "Dit moet een adres met https zijn.", "--jwks-url must be an https address (http only on this machine).");
        }

        if (Jwks is not null && KeySet.Fault(Jwks) is var (dutch, english))
        {
            yield return new(nameof(Jwks), dutch, $"--jwks-file: {english}");
        }
    }

    /// <summary>https, or http on this machine.</summary>
    internal static bool IsAddress(string address) =>
        address.Length <= 500 && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? List(string? text) =>
        Clean(text) is { } given ? string.Join(' ', given.Split((char[])[' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)) : null;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$")]
    private static partial Regex ClientIdForm();
}
