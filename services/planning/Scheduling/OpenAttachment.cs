using VGIntegration.Hosting;

namespace VGIntegration.Planning.Scheduling;

/// <summary>A planner opens what a huisarts sent along. It passes through; planning keeps nothing of it.</summary>
internal static class OpenAttachment
{
    public static void MapOpenAttachment(this IEndpointRouteBuilder app) => app
        .MapGet("/planning/referrals/{id:guid}/attachments/{attachmentId:guid}", Handle)
        .RequireAuthorization(Web.Registration.PlannersOnly)
        .WithSecurityHeadersPolicy(ServiceDefaults.FileHeaders);

    private static async Task<IResult> Handle(Guid id, Guid attachmentId, HttpContext http, ReferralIntakeClient intake, CancellationToken ct)
    {
        if (await intake.Attachment(id, attachmentId, ct) is not { } file)
        {
            return Results.NotFound();
        }

        http.Response.RegisterForDispose(file);
        http.Response.Headers.ContentDisposition = file.Content.Headers.ContentDisposition?.ToString() ?? "attachment";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(await file.Content.ReadAsStreamAsync(ct), file.Content.Headers.ContentType?.ToString());
    }
}
