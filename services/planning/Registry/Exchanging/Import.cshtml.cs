using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VGIntegration.Hosting;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Registry.Exchanging;

[Authorize(Policy = Web.Registration.Managers)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[RequestFormLimits(ValueLengthLimit = Largest * 2)]
internal sealed class ImportModel(ImportRegistry import) : PageModel
{
    internal const string Fhir = "fhir";
    private const int Largest = 4_000_000;

    /// <summary>The kind of record, or fhir.</summary>
    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    [BindProperty]
    public IFormFile? Sheet { get; set; }

    /// <summary>The file of the dry run, base64: so that exactly what was shown is what is taken over.</summary>
    [BindProperty]
    public string? Checked { get; set; }

    public IReadOnlyList<CheckedRow> Rows { get; private set; } = [];
    public string? Fault { get; private set; }
    public string? FaultField { get; private set; }
    public int? Taken { get; private set; }
    public bool IsReady => Fault is null && Rows.Count > 0 && Rows.All(r => r.Faults.Count == 0);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (Sheet is null or { Length: 0 } || Sheet.Length > Largest)
        {
            (Fault, FaultField) = (Sheet?.Length > Largest ? "Dit bestand is te groot. Kies een bestand van ten hoogste 4 MB." : "Kies een bestand.", "Sheet");
            return Page();
        }

        using var memory = new MemoryStream();
        await Sheet.CopyToAsync(memory, ct);
        Checked = Convert.ToBase64String(memory.ToArray());
        return await Show(ct);
    }

    public async Task<IActionResult> OnPostApply(CancellationToken ct)
    {
        if (Read() is not { } file)
        {
            return Page();
        }

        var refusal = await import.Apply(file, User.Who(), ct);
        if (refusal is null)
        {
            Taken = file.Rows.Count;
            Checked = null;
            return Page();
        }

        Rows = await import.Check(file, ct);
        Fault ??= refusal;
        return Page();
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        if (Read() is { } file)
        {
            Rows = await import.Check(file, ct);
        }

        return Page();
    }

    // Null with the fault when there is no such file.
    private ImportFile? Read()
    {
        var bytes = new byte[Largest];
        if (What is not Fhir && Kinds.Of(What ?? "") is null)
        {
            (Fault, FaultField) = ("Kies wat er in het bestand staat.", "What");
            return null;
        }

        if (!Convert.TryFromBase64String(Checked ?? "", bytes, out var length))
        {
            (Fault, FaultField) = ("Kies het bestand opnieuw.", "Sheet");
            return null;
        }

        var file = What is Fhir ? RegionReader.Read(bytes[..length]) : CsvSheet.Read(Kinds.Of(What!)!, bytes[..length]);
        (Fault, FaultField) = (file.Fault, file.Fault is null ? null : "Sheet");
        return file.Fault is null ? file : null;
    }
}
