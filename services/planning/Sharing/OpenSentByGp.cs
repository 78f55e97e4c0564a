using VGIntegration.Hosting;

namespace VGIntegration.Planning.Sharing;

/// <summary>A professional opens a file of the huisarts. It passes through; planning keeps nothing of it.</summary>
internal static class OpenSentByGp
{
    public static void MapOpenSentByGp(this IEndpointRouteBuilder app) => app
        .MapGet("/planning/conversations/{id:guid}/from-gp/{attachmentId:guid}", Handle)
        .RequireAuthorization(Web.Registration.Professionals)
        .WithSecurityHeadersPolicy(ServiceDefaults.FileHeaders);

    private static async Task<IResult> Handle(
        Guid id, Guid attachmentId, HttpContext http, OwnConversation own, SentByGp sent, CancellationToken ct)
    {
        if (await own.Of(id, http.User.Who(), ct) is not var (referral, side) || await sent.File(referral, attachmentId, side, ct) is not { } file)
        {
            return Results.NotFound();
        }

        http.Response.RegisterForDispose(file);
        http.Response.Headers.ContentDisposition = file.Content.Headers.ContentDisposition?.ToString() ?? "attachment";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(await file.Content.ReadAsStreamAsync(ct), file.Content.Headers.ContentType?.ToString());
    }
}
