using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Identity;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>
/// `practices add --name … --agb … --client-id … [--client-secret …] [--ura …] [--fhir-base …] [--delivery Put|Post]`:
/// connects a practice. The secret may come from the environment variable CLIENT_SECRET instead.
/// </summary>
internal static class PracticesCommand
{
    private static readonly string[] Options = ["name", "agb", "ura", "client-id", "client-secret", "fhir-base", "delivery"];

    internal static bool IsAsked(string[] args) => args is ["practices", ..];

    internal static async Task<int> Run(string[] args)
    {
        try
        {
            var given = args.Skip(2).Select((arg, i) => (arg, i)).Where(a => Options.Contains(a.arg.TrimStart('-')))
                .ToDictionary(a => a.arg.TrimStart('-'), a => args.ElementAtOrDefault(a.i + 3) ?? "");
            if (args is not ["practices", "add", ..] || !given.ContainsKey("name") || !given.TryGetValue("client-id", out var client) || !(given.ContainsKey("agb") || given.ContainsKey("ura")))
            {
                throw new SettingException("use: practices add --name NAME --agb 8DIGITS --client-id ID [--client-secret SECRET] [--ura 8DIGITS] [--fhir-base URL] [--delivery Put|Post]");
            }

            var rest = args.Skip(2).Where((arg, i) => !Options.Contains(arg.TrimStart('-')) && !Options.Contains(args[i + 1].TrimStart('-')));
            await using var app = Program.Create([.. rest]);
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IntakeDbContext>().Database.MigrateAsync();
            await Add(scope.ServiceProvider, given);
            Console.WriteLine($"Practice {client} is connected.");
            return 0;
        }
        catch (SettingException e)
        {
            await Console.Error.WriteLineAsync($"Cannot add the practice: {e.Message}");
            return 1;
        }
    }

    private static async Task Add(IServiceProvider services, Dictionary<string, string> given)
    {
        var db = services.GetRequiredService<IntakeDbContext>();
        var client = given["client-id"];
        if (new[] { "agb", "ura" }.FirstOrDefault(n => given.TryGetValue(n, out var v) && !(v.Length == 8 && v.All(char.IsAsciiDigit))) is { } wrong)
        {
            throw new SettingException($"--{wrong} must be 8 digits.");
        }

        if (!Enum.TryParse<DeliveryMode>(given.GetValueOrDefault("delivery", "Put"), true, out var delivery))
        {
            throw new SettingException("--delivery must be Put or Post.");
        }

        if (await db.Practices.AnyAsync(p => p.ClientId == client))
        {
            throw new SettingException($"client {client} is connected already.");
        }

        db.Add(Practice.Connect(given["name"], client, given.GetValueOrDefault("agb"), given.GetValueOrDefault("ura"), FhirBase(given), delivery));
        await db.SaveChangesAsync();
        var secret = given.GetValueOrDefault("client-secret") ?? Environment.GetEnvironmentVariable("CLIENT_SECRET");
        if (secret is { Length: > 0 } && services.GetService<IOpenIddictApplicationManager>() is { } clients)
        {
            await Clients.Register(clients, client, secret, null);
        }
    }

    private static string? FhirBase(Dictionary<string, string> given) => given.GetValueOrDefault("fhir-base") switch
    {
        null => null,
        var url when Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) => url.TrimEnd('/'),
        _ => throw new SettingException("--fhir-base must be an https address (http only on this machine)."),
    };
}
