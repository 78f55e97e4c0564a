using System.Collections.Immutable;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>The log-ins of the demo. Without --demo there is none, and people log in at the region's own authority.</summary>
internal sealed class DemoAccounts(bool isDemo)
{
    private const string Password = "demo";

    private readonly ImmutableArray<Account> _accounts = isDemo
        ?
        [
            new("planner", "Petra Planner", ["planner"]),
            new("ggz", "Gijs van de GGZ", ["professional"]),
            new("sociaal", "Sanne van het sociaal domein", ["professional"]),
            new("manager", "Maaike Manager", ["manager"]),
        ]
        : [];

    internal bool Exist => _accounts.Length > 0;

    internal Account? Find(string? name) => _accounts.FirstOrDefault(a => a.Name == name);

    internal Account? LogIn(string? name, string? password) => password == Password ? Find(name?.Trim().ToLowerInvariant()) : null;
}

internal sealed record Account(string Name, string DisplayName, ImmutableArray<string> Roles);
