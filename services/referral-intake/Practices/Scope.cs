namespace VGIntegration.ReferralIntake.Practices;

/// <summary>What a route asks of a token: one interaction (c, r, u, d or s) on one type (SMART App Launch 2.2, scopes).</summary>
internal sealed record Scope(string Type, char Interaction)
{
    private const string System = "system/";
    private const string Interactions = "cruds";

    public override string ToString() => $"{System}{Type}.{Interaction}";

    /// <summary>
    /// Whether a granted scope covers this one: system/Task.rs, system/*.cruds, and of SMART v1 system/Task.read, .write
    /// and .*. A scope with a restriction (?…) is not known here and covers nothing.
    /// </summary>
    internal bool IsIn(ReadOnlySpan<char> granted)
    {
        foreach (var part in granted.Split(' '))
        {
            if (Covers(granted[part]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this is a scope for programs that this service understands.</summary>
    internal static bool IsKnown(ReadOnlySpan<char> scope) => Read(scope, out _).Length > 0;

    /// <summary>Whether everything that is asked is in what was registered.</summary>
    internal static bool IsWithin(ReadOnlySpan<char> asked, string registered)
    {
        var interactions = Read(asked, out var type);
        foreach (var interaction in interactions)
        {
            if (!new Scope(type.ToString(), interaction).IsIn(registered))
            {
                return false;
            }
        }

        return interactions.Length > 0;
    }

    private bool Covers(ReadOnlySpan<char> granted) =>
        Read(granted, out var type).Contains(Interaction) && (type is "*" || type.SequenceEqual(Type));

    private static ReadOnlySpan<char> Read(ReadOnlySpan<char> scope, out ReadOnlySpan<char> type)
    {
        type = default;
        var dot = scope.LastIndexOf('.');
        if (!scope.StartsWith(System, StringComparison.Ordinal) || dot <= System.Length)
        {
            return default;
        }

        type = scope[System.Length..dot];
        return scope[(dot + 1)..] switch
        {
            "read" => "rs",
            "write" => "cud",
            "*" => Interactions,
            var letters when IsInOrder(letters) => letters,
            _ => default,
        };
    }

    private static bool IsInOrder(ReadOnlySpan<char> letters)
    {
        var last = -1;
        foreach (var letter in letters)
        {
            var at = Interactions.IndexOf(letter, StringComparison.Ordinal);
            if (at <= last)
            {
                return false;
            }

            last = at;
        }

        return true;
    }
}

internal static class ScopesOfRoutes
{
    /// <summary>The token must allow this interaction (c, r, u, d or s) on this type; said twice, both.</summary>
    public static TRoute Needs<TRoute>(this TRoute route, string type, char interaction)
        where TRoute : IEndpointConventionBuilder => route.WithMetadata(new Scope(type, interaction));

    /// <summary>For connected practices alone. A route in it that does not say what it needs stops the start.</summary>
    public static RouteGroupBuilder ForPractices(this RouteGroupBuilder group)
    {
        group.WithMetadata(new PracticesOnly());
        ((IEndpointConventionBuilder)group).Finally(route =>
        {
            if (!route.Metadata.OfType<Scope>().Any())
            {
                throw new InvalidOperationException($"{route.DisplayName} does not say which scope it needs: add .Needs(type, interaction).");
            }
        });
        return group;
    }
}

/// <summary>Marks a route for connected practices alone.</summary>
internal sealed record PracticesOnly;
