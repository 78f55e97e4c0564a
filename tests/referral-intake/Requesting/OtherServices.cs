using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Requesting;

/// <summary>Planning and feedback as intake sees them, at one address.</summary>
internal sealed class OtherServices : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherServices(WebApplication app) => _app = app;

    public bool AreAway { get; set; }

    public int LettersUnderway { get; set; }

    /// <summary>On whose behalf a record was asked, and as what.</summary>
    public List<string> Asked { get; } = [];

    public string[] Settings => [$"--Services:Planning={_app.Address()}", $"--Services:Feedback={_app.Address()}"];

    public static async Task<OtherServices> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var others = new OtherServices(builder.Build());
        others._app.MapGet("/internal/records/{id:guid}/underway", () =>
            others.AreAway ? Results.StatusCode(503) : Results.Json(new { letters = others.LettersUnderway }));
        others._app.MapGet("/internal/records/{id:guid}", (Guid id, HttpRequest request) =>
        {
            others.Asked.Add($"{request.Headers["X-On-Behalf-Of"]} {request.Headers["X-Roles"]}");
            return others.AreAway ? Results.StatusCode(503) : Results.Json(new
            {
                record = new { Verloop = new[] { $"elders van {id}" } },
                files = new[] { new { name = "../brief.pdf", contentType = "application/pdf", content = Convert.ToBase64String("%PDF-brief"u8) } },
            });
        });
        others._app.MapGet("/internal/keeping", () => others.AreAway ? Results.StatusCode(503) : Results.Json(new[]
        {
            new { name = "Notices", what = "Verstuurde berichten", period = "1 jaar", countsFrom = "het versturen", ground = "AVG",
                last = new { at = "2026-11-23T02:31:00+00:00", removed = 17, upTo = "2025-11-23", failure = "TimeoutException" } },
        }));
        await others._app.StartAsync();
        return others;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>The files in a ZIP, as text.</summary>
    public static Dictionary<string, string> Opened(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var reader = new StreamReader(e.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        });
    }
}
