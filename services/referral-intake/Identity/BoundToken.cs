using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using VGIntegration.ReferralIntake.Practices;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace VGIntegration.ReferralIntake.Identity;

/// <summary>A token that was asked for with a client certificate is good with that one only (RFC 8705 section 3.1).</summary>
internal sealed class BoundToken(ClientCertificates certificates) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.Transaction.GetHttpRequest() is { } request && certificates.Of(request.HttpContext) is { } certificate)
        {
            context.AccessTokenPrincipal?.SetClaim("cnf", JsonSerializer.SerializeToElement(
                new Dictionary<string, string> { ["x5t#S256"] = CertificateRule.Confirmation(certificate) }));
        }

        return default;
    }
}
