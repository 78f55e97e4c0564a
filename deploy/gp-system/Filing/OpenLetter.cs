using Hl7.Fhir.Model;

namespace VGIntegration.GpSystem.Filing;

/// <summary>The PDF of a letter that came in.</summary>
internal static class OpenLetter
{
    public static void MapOpenLetter(this IEndpointRouteBuilder app) =>
        app.MapGet("/gp-system/letters/{id}.pdf", Handle).AllowAnonymous();

    private static IResult Handle(string id, HttpResponse response, Cabinet cabinet)
    {
        var document = ReceiveDocument.Id.IsMatch(id) ? cabinet.Find<DocumentReference>(id) : null;
        if (document?.Content.FirstOrDefault(c => c.Attachment?.ContentType is "application/pdf")?.Attachment?.Data is not { } pdf)
        {
            return Results.NotFound();
        }

        response.Headers.ContentDisposition = "inline; filename=\"brief.pdf\"";
        response.Headers.CacheControl = "no-store";
        return Results.Bytes(pdf, "application/pdf");
    }
}
