namespace VGIntegration.Planning.Journey;

/// <summary>Of a referral whose road may have ended: what is still to be said to the huisarts, and does not arrive.</summary>
internal sealed partial class ReferralJourney
{
    /// <summary>Each letter that does not arrive, beside the first advice: the planner sees it until it does, or need not go any more.</summary>
    internal IReadOnlyList<StuckLetter> StuckLetters() =>
    [
        .. _steps.Where(s => s.Step is Step.LetterStuck).Select(s => StuckLetter.Read(s.Note!)).GroupBy(l => l.Id).Select(told => told.Last())
            .Where(l => !_steps.Exists(s => s.Step is Step.LetterSettled && s.Note == l.Id)),
    ];

    internal void LetterStuck(StuckLetter letter, DateTimeOffset at) => Note(Step.LetterStuck, letter.ToString(), at);

    internal void LetterSettled(Guid letter, DateTimeOffset at) => Note(Step.LetterSettled, $"{letter:N}", at);

    private void Note(Step step, string note, DateTimeOffset at)
    {
        if (!_steps.Exists(s => s.Step == step && s.Note == note)) // else told twice
        {
            Add(new JourneyStep(_steps.Count + 1, step, at) { Note = note });
        }
    }
}

/// <summary>A letter that does not arrive: what it is and why not, as codes of the messages. It stands in the note of its step.</summary>
internal sealed record StuckLetter(string Id, string Kind, string Reason)
{
    internal static StuckLetter Read(string note) => note.Split(' ') is [var id, var kind, var reason]
        ? new(id, kind, reason)
        : throw new FormatException("The note of a letter that does not arrive has three words.");

    public override string ToString() => $"{Id} {Kind} {Reason}";
}
