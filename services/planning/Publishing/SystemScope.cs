using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace VGIntegration.Planning.Publishing;

/// <summary>
/// What a planning system's token must say: system/Appointment.rs and the like (SMART App Launch 2.2). The type must be named:
/// a wildcard is what GP systems have, for what is theirs.
/// </summary>
internal static class SystemScope
{
    private const string Interactions = "cruds";

    internal static AuthorizationPolicy For(string type, char interaction) =>
        new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser().RequireAssertion(c => Allows(c.User, type, interaction)).Build();

    internal static bool Allows(ClaimsPrincipal user, string type, char interaction) =>
        user.FindAll("scope").SelectMany(c => c.Value.Split(' ')).Any(s => LettersOf(s, type).Contains(interaction));

    private static string LettersOf(string scope, string type)
    {
        var prefix = $"system/{type}.";
        return !scope.StartsWith(prefix, StringComparison.Ordinal) ? "" : scope[prefix.Length..] switch
        {
            "read" => "rs",
            "*" => Interactions,
            var letters when letters.All(Interactions.Contains) => letters,
            _ => "",
        };
    }
}
