using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace VGIntegration.Feedback.Advising;

/// <summary>
/// Helps to write at language level B1: long sentences, and difficult words with an easier one. It helps and never stands in
/// the way. After the Dutch government's own rule of thumb: at most fifteen words in a sentence.
/// </summary>
internal static partial class ReadingHelp
{
    internal const int WordsInASentence = 15;
    private const int MostRemarks = 6;

    private static readonly FrozenDictionary<string, string> Easier = Read();

    /// <summary>What could be easier, in Dutch; empty when nothing was found.</summary>
    public static IReadOnlyList<string> For(string text) => [.. LongSentences(text).Concat(DifficultWords(text)).Take(MostRemarks)];

    private static IEnumerable<string> LongSentences(string text) => SentenceEnd().Split(text)
        .Select(sentence => Word().Matches(sentence).Select(m => m.Value).ToList())
        .Where(words => words.Count > WordsInASentence)
        .Select(words => $"Lange zin ({words.Count} woorden): „{string.Join(' ', words.Take(4))} …”. Maak er twee zinnen van.");

    private static IEnumerable<string> DifficultWords(string text) => Word().Matches(text).Select(m => m.Value)
        .Distinct(StringComparer.OrdinalIgnoreCase).Where(Easier.ContainsKey)
        .Select(word => $"Moeilijk woord: „{word}”. Makkelijker is: {Easier[word]}.");

    // A difficult word, a tab, and what says the same in easy Dutch: a list that people who write B1 for their work can add to.
    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(ReadingHelp).Assembly.GetManifestResourceStream("VGIntegration.Feedback.Advising.difficult-words.tsv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .ToFrozenDictionary(words => words[0], words => words[1], StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"[.!?:;]+\s|\n+|[.!?]+$")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}'’-]*")]
    private static partial Regex Word();
}
