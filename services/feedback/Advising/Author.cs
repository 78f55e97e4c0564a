namespace VGIntegration.Feedback.Advising;

internal enum Discipline
{
    MentalHealth,
    SocialDomain,
}

/// <summary>One of the two professionals who held the conversation, and whether they signed.</summary>
internal sealed class Author
{
    private Author() { }

    public Author(Guid professionalId, string login) => (ProfessionalId, Login) = (professionalId, Key(login));

    public Guid ProfessionalId { get; private set; }

    /// <summary>In lower case: to the registry and to the authority the same log-in may differ in case.</summary>
    public string Login { get; private set; } = "";

    public DateTimeOffset? SignedAt { get; private set; }
    public bool HasSigned => SignedAt is not null;

    /// <summary>How a log-in is kept and looked for.</summary>
    public static string Key(string login) => login.ToLowerInvariant();

    public bool Is(string login) => Login == Key(login);

    internal void Sign(DateTimeOffset now) => SignedAt = now;

    internal void Unsign() => SignedAt = null;
}
