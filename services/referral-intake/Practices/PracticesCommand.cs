using Microsoft.EntityFrameworkCore;
using VGIntegration.Hosting;
using VGIntegration.ReferralIntake.Persistence;

namespace VGIntegration.ReferralIntake.Practices;

/// <summary>`practices add|list|change|remove|rotate-key`: the register of practices at the command line.</summary>
internal static class PracticesCommand
{
    private const string Help = """
        practices add --name NAME --agb 8DIGITS --client-id ID [--jwks-file FILE | --jwks-url URL] [more]
                                     connects a practice
        practices list               shows all practices
        practices change --client-id ID [what changes] [--switch-on]
        practices rotate-key --client-id ID (--jwks-file FILE | --jwks-url URL | --client-secret SECRET)
                                     the keys that are not in the new set stop at once
        practices remove --client-id ID
                                     switches the practice off; its referrals stay

          --ura 8DIGITS              beside or instead of --agb
          --fhir-base URL            where letters and updates go
          --delivery Put|Post|Document
                                     how its FHIR base takes a letter: under our id, under its own, or as a document Bundle
          --transactions on|off      whether its FHIR base takes a transaction Bundle (off, unless told)
          --task-updates on|off      whether its FHIR base is told where its referrals stand (on, unless told)
          --scopes "SCOPE SCOPE"     what its tokens may allow
          --jwks-file FILE           its public keys (RS384 or ES384)
          --jwks-url URL             where it publishes them
          --client-secret SECRET     for small set-ups only; or in the environment as CLIENT_SECRET
          --certificate RULE         SHA-256 thumbprint or san:NAME of its client certificate; several with commas
          --notification-hosts HOST  hosts beside that of --fhir-base to which notifications may go; several with commas
          and settings such as --data DIR and --Database:ConnectionString=…; an empty value ("") takes something away
        """;

    private static readonly string[] Options =
    [
        "name", "agb", "ura", "client-id", "client-secret", "fhir-base", "delivery", "scopes", "jwks-file", "jwks-url", "certificate",
        "notification-hosts", "task-updates", "transactions",
    ];

    internal static bool IsAsked(string[] args) => args is ["practices", ..];

    internal static async Task<int> Run(string[] args)
    {
        if (args is ["practices"] or ["practices", "help" or "--help" or "-h", ..])
        {
            Console.WriteLine(Help);
            return 0;
        }

        try
        {
            var (given, switches, rest) = Read(args.Skip(2));
            await using var app = Program.Create([.. rest]);
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IntakeDbContext>().Database.MigrateAsync();
            var faults = await Do(args[1], given, switches, scope.ServiceProvider);
            faults.ToList().ForEach(fault => Console.Error.WriteLine($"practices {args[1]}: {fault.English}"));
            return faults.Count == 0 ? 0 : 1;
        }
        catch (SettingException e)
        {
            await Console.Error.WriteLineAsync($"practices {args[1]}: {e.Message}");
            return 1;
        }
    }

    private static async Task<IReadOnlyList<Fault>> Do(string what, Dictionary<string, string> given, string[] switches, IServiceProvider services)
    {
        var (db, register) = (services.GetRequiredService<IntakeDbContext>(), services.GetRequiredService<PracticeRegister>());
        var who = $"command:{Environment.UserName}";
        switch (what)
        {
            case "add":
                return Told(await register.Add(Over(new PracticeDetails(), given), Secret(given), who, default), $"Practice {given.GetValueOrDefault("client-id")} is connected.");
            case "list":
                await List(db);
                return [];
            case "change":
                var practice = await Find(db, given);
                if (switches.Contains("--switch-on"))
                {
                    await register.SwitchOn(practice, who, default);
                }

                return Told(await register.Change(practice, Over(PracticeDetails.Of(practice), given), practice.Version, who, default), "The practice is changed.");
            case "rotate-key":
                return await Rotate(await Find(db, given), given, register, who);
            case "remove":
                await register.SwitchOff(await Find(db, given), who, default);
                return Told([], "The practice is switched off. Its referrals stay.");
            default:
                throw new SettingException($"is not something to do.{Environment.NewLine}{Help}");
        }
    }

    private static async Task<IReadOnlyList<Fault>> Rotate(Practice practice, Dictionary<string, string> given, PracticeRegister register, string who)
    {
        if (!given.ContainsKey("jwks-file") && !given.ContainsKey("jwks-url"))
        {
            var secret = Secret(given) ?? throw new SettingException("give --jwks-file, --jwks-url or --client-secret.");
            return Told(await register.ChangeSecret(practice, secret, who, default), "The secret is changed. The old one stops now.");
        }

        var keys = Over(PracticeDetails.Of(practice) with { Jwks = null, JwksUri = null }, given);
        return Told(await register.Change(practice, keys, practice.Version, who, default), "The keys are changed. Those that are no longer there stop now.");
    }

    private static async Task List(IntakeDbContext db)
    {
        var practices = await db.Practices.AsNoTracking().OrderBy(p => p.Name).ToListAsync();
        Console.WriteLine(practices.Count == 0 ? "No practice is connected yet. See: practices help" : $"{"CLIENT",-24} {"AGB/URA",-17} {"STATE",-16} {"KEYS",-40} NAME");
        foreach (var p in practices)
        {
            var state = p.SwitchedOffAt is { } at ? $"off {at:yyyy-MM-dd}" : "on";
            var keys = p.JwksUri ?? (p.Jwks is null ? p.HasSecret ? "secret" : "none" : string.Join(",", KeySet.Read(p.Jwks).Select(k => k.Kid)));
            Console.WriteLine($"{p.ClientId,-24} {$"{p.Agb}/{p.Ura}",-17} {state,-16} {$"{keys} {p.KeysChangedAt:yyyy-MM-dd}",-40} {p.Name}");
        }
    }

    private static async Task<Practice> Find(IntakeDbContext db, Dictionary<string, string> given)
    {
        var client = given.GetValueOrDefault("client-id") ?? throw new SettingException("--client-id is missing.");
        return await db.Practices.SingleOrDefaultAsync(p => p.ClientId == client) ?? throw new SettingException($"client {client} is not connected.");
    }

    private static PracticeDetails Over(PracticeDetails was, Dictionary<string, string> given) => was with
    {
        Name = given.GetValueOrDefault("name", was.Name!),
        Agb = given.GetValueOrDefault("agb", was.Agb!),
        Ura = given.GetValueOrDefault("ura", was.Ura!),
        ClientId = given.GetValueOrDefault("client-id", was.ClientId!),
        FhirBase = given.GetValueOrDefault("fhir-base", was.FhirBase!),
        Delivery = given.GetValueOrDefault("delivery", was.Delivery),
        TaskUpdates = given.GetValueOrDefault("task-updates", was.TaskUpdates!),
        Transactions = given.GetValueOrDefault("transactions", was.Transactions!),
        Scopes = given.GetValueOrDefault("scopes", was.Scopes!),
        Jwks = given.TryGetValue("jwks-file", out var file) ? Text(file) : given.ContainsKey("jwks-url") ? null : was.Jwks,
        JwksUri = given.TryGetValue("jwks-url", out var url) ? url : given.ContainsKey("jwks-file") ? null : was.JwksUri,
        Certificates = given.GetValueOrDefault("certificate", was.Certificates!),
        NotificationHosts = given.GetValueOrDefault("notification-hosts", was.NotificationHosts!),
    };

    private static string? Secret(Dictionary<string, string> given) =>
        (given.GetValueOrDefault("client-secret") ?? Environment.GetEnvironmentVariable("CLIENT_SECRET")) is { Length: > 0 } secret ? secret : null;

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException($"the file {file} cannot be read.");
        }
    }

    private static IReadOnlyList<Fault> Told(IReadOnlyList<Fault> faults, string done)
    {
        if (faults.Count == 0)
        {
            Console.WriteLine(done);
        }

        return faults;
    }

    // --name VALUE or --name=VALUE is ours; anything else is a setting of the service.
    private static (Dictionary<string, string> Given, string[] Switches, List<string> Settings) Read(IEnumerable<string> args)
    {
        var (given, rest) = (new Dictionary<string, string>(), new List<string>());
        var left = new Queue<string>(args);
        while (left.TryDequeue(out var arg))
        {
            var (name, value) = arg.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (arg[..at], arg[(at + 1)..]) : (arg, null);
            if (!arg.StartsWith("--", StringComparison.Ordinal) || !Options.Contains(name[2..]))
            {
                rest.Add(arg);
            }
            else if (!given.TryAdd(name[2..], value ?? (left.TryDequeue(out var next) ? next : throw new SettingException($"{name} needs a value."))))
            {
                throw new SettingException($"{name} is given twice.");
            }
        }

        string[] switches = rest.Remove("--switch-on") ? ["--switch-on"] : [];
        return (given, switches, rest);
    }
}
