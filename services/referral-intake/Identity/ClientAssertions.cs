using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>
/// private_key_jwt as SMART Backend Services has it (App Launch 2.2): RS384 or ES384 with a registered key, for this token
/// endpoint, five minutes at most, and each assertion once. OpenIddict judges the rest (iss, sub, client_id, exp).
/// </summary>
internal static class ClientAssertions
{
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public static OpenIddictServerBuilder AddClientAssertions(this OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ValidateTokenContext>(handler => handler.UseScopedHandler<WithRegisteredKeys>()
            .SetOrder(Protection.ResolveTokenValidationParameters.Descriptor.Order + 500));
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler.UseScopedHandler<OnlyOnce>()
            .SetOrder(ValidateClientSecret.Descriptor.Order + 500));
        server.AddEventHandler<ProcessSignInContext>(handler => handler.UseSingletonHandler<BoundToken>()
            .SetOrder(PrepareAccessTokenPrincipal.Descriptor.Order + 500));
        // A client certificate comes beside the assertion and is judged in TokenEndpoint, per practice.
        return server.RemoveEventHandler(ValidateClientCertificate.Descriptor);
    }

    /// <summary>Only the keys of the practice that the assertion names, and only the two algorithms.</summary>
    internal sealed class WithRegisteredKeys(IntakeDbContext db, ClientKeys keys) : IOpenIddictServerHandler<ValidateTokenContext>
    {
        private const string OfOpenIddict = "client-authentication+jwt";

        public async ValueTask HandleAsync(ValidateTokenContext context)
        {
            if (!context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion) || context.TokenValidationParameters is not { } rules)
            {
                return;
            }

            context.DisableAudienceValidation = true; // OpenIddict would have the issuer, SMART has the endpoint: see OnlyOnce
            rules.IssuerSigningKeyResolver = null;
            rules.ValidAlgorithms = KeySet.Algorithms;
            rules.TryAllIssuerSigningKeys = false;
            rules.RequireExpirationTime = true;
            rules.TypeValidator = (type, _, _) => type is null or "JWT" or OfOpenIddict
                ? OfOpenIddict // SMART says JWT, the newer draft of RFC 7523 says it longer
                : throw new SecurityTokenInvalidTypeException { InvalidType = type };
            rules.IssuerSigningKeys = await Keys(context.Token, context.CancellationToken);
        }

        private async Task<IReadOnlyList<JsonWebKey>> Keys(string? token, CancellationToken ct)
        {
            if (Read(token) is not { Kid.Length: > 0 } claimed)
            {
                return [];
            }

            var practice = await db.Practices.AsNoTracking().SingleOrDefaultAsync(p => p.ClientId == claimed.Issuer && p.SwitchedOffAt == null, ct);
            return practice is null ? [] : await keys.Of(practice, claimed.Kid, ct);
        }
    }

    /// <summary>The last judge: what it accepts can be shown nowhere again.</summary>
    internal sealed class OnlyOnce(IntakeDbContext db, TimeProvider clock) : IOpenIddictServerHandler<ProcessAuthenticationContext>
    {
        public async ValueTask HandleAsync(ProcessAuthenticationContext context)
        {
            if (context.ClientAssertionPrincipal is null || Read(context.ClientAssertion) is not { } assertion)
            {
                return;
            }

            var now = clock.GetUtcNow();
            var endpoint = $"{context.Options.Issuer!.AbsoluteUri.TrimEnd('/')}/connect/token";
            var fault = assertion switch
            {
                _ when !assertion.Audiences.SequenceEqual([endpoint]) => $"aud must be {endpoint}, and nothing else.",
                { Id: not { Length: > 0 and <= 200 } } => "jti is missing or longer than 200.",
                _ when assertion.ValidTo > now.UtcDateTime + Longest + Skew => "exp is more than 5 minutes ahead.",
                _ when assertion.ValidFrom > now.UtcDateTime + Skew => "nbf is in the future.",
                _ => null,
            };
            if (fault is null && !await IsFirst(UsedAssertion.Of(assertion.Issuer, assertion.Id!, assertion.ValidTo), context.CancellationToken))
            {
                fault = "this jti was used before.";
            }

            if (fault is not null)
            {
                context.Reject(Errors.InvalidClient, $"The client assertion is refused: {fault}");
            }
        }

        private async Task<bool> IsFirst(UsedAssertion used, CancellationToken ct)
        {
            if (await db.Set<UsedAssertion>().AnyAsync(u => u.Id == used.Id, ct))
            {
                return false;
            }

            db.Add(used);
            try
            {
                await db.SaveChangesAsync(ct);
                return true;
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                if (await db.Set<UsedAssertion>().AnyAsync(u => u.Id == used.Id, ct))
                {
                    return false; // another instance saw it in the same moment
                }

                throw;
            }
        }
    }

    private static JsonWebToken? Read(string? token)
    {
        try
        {
            return token is null ? null : new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
