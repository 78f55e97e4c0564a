namespace VGIntegration.Feedback.Claiming;

/// <summary>Asks planning how organisations and professionals are called, at the moment they are shown or printed. Nothing is kept.</summary>
internal sealed class RegistryNames(HttpClient planning)
{
    private static readonly Uri Path = new("/internal/registry/names", UriKind.Relative);

    /// <summary>Null when planning does not answer now.</summary>
    public async Task<KnownNames?> Get(CancellationToken ct)
    {
        try
        {
            return await planning.GetFromJsonAsync<KnownNames>(Path, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}

internal sealed record KnownNames
{
    internal static readonly KnownNames None = new() { Organisations = [], Professionals = [] };

    public required IReadOnlyList<KnownOrganisation> Organisations { get; init; }
    public required IReadOnlyList<KnownProfessional> Professionals { get; init; }

    internal sealed record KnownOrganisation(Guid Id, string Name);

    internal sealed record KnownProfessional(Guid Id, string Name, string Profession, string ProfessionCode, string Discipline, Guid OrganisationId)
    {
        internal Payer Payer => Discipline is "mental-health" ? Payer.Insurer : Payer.Municipality;
    }

    internal KnownProfessional? Professional(Guid id) => Professionals.FirstOrDefault(p => p.Id == id);

    internal string NameOf(Guid professionalId) => Professional(professionalId)?.Name ?? $"Verkenner {Short(professionalId)}";

    internal string OrganisationOf(Guid? id) => id is not { } known
        ? "Organisatie onbekend"
        : Organisations.FirstOrDefault(o => o.Id == known)?.Name ?? $"Organisatie {Short(known)}";

    private static string Short(Guid id) => id.ToString("N")[..6].ToUpperInvariant();
}
