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

    public Author(Guid professionalId, string login) => (ProfessionalId, Login) = (professionalId, login);

    public Guid ProfessionalId { get; private set; }
    public string Login { get; private set; } = "";
    public DateTimeOffset? SignedAt { get; private set; }
    public bool HasSigned => SignedAt is not null;

    internal void Sign(DateTimeOffset now) => SignedAt = now;

    internal void Unsign() => SignedAt = null;
}
