namespace VGIntegration.Feedback.Printing;

/// <summary>What the pages say in the order of reading, for who has the letter read aloud.</summary>
internal sealed class Structure
{
    private readonly List<Element> _elements = [];

    internal IReadOnlyList<Element> Elements => _elements;

    internal Element Add(string tag, string? alternative = null)
    {
        var element = new Element(tag, alternative);
        _elements.Add(element);
        return element;
    }

    /// <summary>A heading, a paragraph or a picture; where it stands is told by page and mark.</summary>
    internal sealed record Element(string Tag, string? Alternative)
    {
        internal List<(int Page, int Mark)> Places { get; } = [];
    }
}
