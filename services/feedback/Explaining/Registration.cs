using VGIntegration.Feedback.Printing;

namespace VGIntegration.Feedback.Explaining;

/// <summary>What everybody may read without a log-in; there is no personal data in it.</summary>
internal static class Registration
{
    public static void AddExplaining(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Explanation.Of(builder.Configuration));
        builder.Services.AddRazorPages(pages => pages.Conventions.AllowAnonymousToFolder("/Explaining"));
    }

    public static void MapExplaining(this IEndpointRouteBuilder app)
    {
        app.MapGet("/verkennend-gesprek/folder.pdf", (Explanation explanation, Masthead masthead, HttpContext http) =>
        {
            http.Response.Headers.ContentDisposition = "inline; filename=verkennend-gesprek.pdf";
            return Results.File(Leaflet.Write(explanation, masthead), "application/pdf");
        }).AllowAnonymous();
        app.MapGet("/verkennend-gesprek/wachtkamer.css", (Explanation explanation) =>
            Results.Text(WaitingRoom.Css(WaitingRoom.Slides(explanation).Count), "text/css; charset=utf-8")).AllowAnonymous();
    }
}
