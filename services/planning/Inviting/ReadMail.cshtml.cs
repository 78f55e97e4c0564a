using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MimeKit;
using VGIntegration.Hosting;

namespace VGIntegration.Planning.Inviting;

/// <summary>In the demo mail goes nowhere: here a visitor reads what would have gone.</summary>
[Authorize(Policy = Web.Registration.PlannersOnly)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed partial class ReadMailModel(MailRules rules, IConfiguration settings) : PageModel
{
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public IReadOnlyList<string> Texts { get; private set; } = [];
    public MimeMessage? Mail { get; private set; }
    public string? Calendar => Mail?.BodyParts.OfType<TextPart>().FirstOrDefault(p => p.ContentType.IsMimeType("text", "calendar"))?.Text;

    public async Task<IActionResult> OnGet(string? name, CancellationToken ct)
    {
        if (!settings.IsDemo() || rules.Host is not null)
        {
            return NotFound();
        }

        if (name is not null)
        {
            var path = Path.Combine(rules.Folder, $"{name}.eml");
            if (!NameOfMail().IsMatch(name) || !System.IO.File.Exists(path))
            {
                return NotFound();
            }

            Mail = await MimeMessage.LoadAsync(path, ct);
            return Page();
        }

        var lines = new List<Line>();
        foreach (var file in Newest(rules.Folder, "*.eml"))
        {
            var mail = await MimeMessage.LoadAsync(file.FullName, ct);
            lines.Add(new(Path.GetFileNameWithoutExtension(file.Name), mail.Subject ?? "", mail.To.ToString(), mail.Date));
        }

        Lines = lines;
        Texts = [.. Newest(rules.SmsFolder, "*.txt").Select(f => System.IO.File.ReadAllText(f.FullName))];
        return Page();
    }

    private static IEnumerable<FileInfo> Newest(string folder, string pattern) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles(pattern).OrderByDescending(f => f.LastWriteTimeUtc).Take(100)
        : [];

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex NameOfMail();

    internal sealed record Line(string Name, string Subject, string To, DateTimeOffset At);
}
