using System.Net;
using System.Text.RegularExpressions;

namespace VGIntegration.Surroundings;

/// <summary>A page as the browser got it.</summary>
public sealed partial record Page(Uri Address, HttpStatusCode Status, string Html)
{
    /// <summary>The title of the page.</summary>
    public string Title => Plain(TitleTag().Match(Html).Groups[1].Value);

    /// <summary>The first heading.</summary>
    public string Heading => Plain(HeadingTag().Match(Html).Groups[1].Value);

    /// <summary>What a person reads, in one line.</summary>
    public string Text => Plain(Html);

    /// <summary>The forms on the page, in their order.</summary>
    public IReadOnlyList<PageForm> Forms =>
        [.. FormTag().Matches(Html).Select(m => PageForm.Read(Address, m.Groups["attributes"].Value, m.Groups["inside"].Value))];

    /// <summary>The links on the page that lead to another: what is written on it, and where it leads.</summary>
    public IReadOnlyList<(string Text, Uri Address)> Links =>
        [.. LinkTag().Matches(Html).Select(m =>
            (Plain(m.Groups["inside"].Value), new Uri(Address, WebUtility.HtmlDecode(m.Groups["href"].Value))))];

    /// <summary>The only form that has such a field, button or text in it.</summary>
    /// <exception cref="InvalidOperationException">There is no such form, or there are several.</exception>
    public PageForm Form(string with)
    {
        var matching = Forms.Where(f => f.Html.Contains(with, StringComparison.Ordinal)).ToList();
        return matching is [var only]
            ? only
            : throw new InvalidOperationException(
                $"{Address} ({(int)Status}) has {matching.Count} of {Forms.Count} forms with '{with}': {Text}");
    }

    /// <summary>Where the link with this text leads.</summary>
    public Uri Link(string text) => Links.First(l => l.Text.Contains(text, StringComparison.Ordinal)).Address;

    internal static string Plain(string html) =>
        Blank().Replace(WebUtility.HtmlDecode(AnyTag().Replace(Unseen().Replace(html, " "), " ")), " ").Trim();

    [GeneratedRegex("<title[^>]*>(.*?)</title>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex TitleTag();

    [GeneratedRegex("<h1[^>]*>(.*?)</h1>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex HeadingTag();

    [GeneratedRegex("<form(?<attributes>[^>]*)>(?<inside>.*?)</form>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex FormTag();

    [GeneratedRegex("<a\\s[^>]*?href=\"(?<href>[^\"]*)\"[^>]*>(?<inside>.*?)</a>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex LinkTag();

    [GeneratedRegex("<(head|script|style)\\b.*?</\\1>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unseen();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex AnyTag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blank();
}

/// <summary>A form with what is filled in already, the antiforgery token included.</summary>
public sealed partial record PageForm(Uri Action, string Method, IReadOnlyList<KeyValuePair<string, string>> Fields, string Html)
{
    /// <summary>What is filled in under this name.</summary>
    public string? this[string name] => Fields.Where(f => f.Key == name).Select(f => f.Value).FirstOrDefault();

    /// <summary>The values that can be chosen under this name, in a list or with round buttons.</summary>
    public IReadOnlyList<string> Choices(string name)
    {
        var options = SelectTag().Matches(Html).Where(m => Attribute(m.Groups["attributes"].Value, "name") == name)
            .SelectMany(m => Options(m.Groups["inside"].Value)).Select(o => o.Value);
        var buttons = InputTag().Matches(Html).Select(m => m.Groups["attributes"].Value)
            .Where(a => Attribute(a, "name") == name && Attribute(a, "type") is "radio" or "checkbox")
            .Select(a => Attribute(a, "value") ?? "on");
        return [.. options, .. buttons];
    }

    internal static PageForm Read(Uri page, string attributes, string inside)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var input in InputTag().Matches(inside).Select(m => m.Groups["attributes"].Value))
        {
            var type = Attribute(input, "type") ?? "text";
            if (type is "submit" or "button" or "file" || (type is "radio" or "checkbox" && !Has(input, "checked")))
            {
                continue;
            }

            Add(input, Attribute(input, "value") ?? (type is "checkbox" ? "on" : ""));
        }

        foreach (Match area in TextAreaTag().Matches(inside))
        {
            Add(area.Groups["attributes"].Value, WebUtility.HtmlDecode(area.Groups["inside"].Value).TrimStart('\r', '\n'));
        }

        foreach (Match select in SelectTag().Matches(inside))
        {
            var options = Options(select.Groups["inside"].Value);
            if (options.Count > 0)
            {
                Add(select.Groups["attributes"].Value, options.Find(o => o.Selected).Value ?? options[0].Value);
            }
        }

        var action = Attribute(attributes, "action") is { Length: > 0 } given ? new Uri(page, given) : page;
        return new PageForm(action, Attribute(attributes, "method") ?? "get", fields, $"<form{attributes}>{inside}</form>");

        void Add(string tag, string value)
        {
            if (Attribute(tag, "name") is { Length: > 0 } name && !Has(tag, "disabled"))
            {
                fields.Add(new(name, value));
            }
        }
    }

    private static List<(string Value, bool Selected)> Options(string inside) =>
        [.. OptionTag().Matches(inside).Select(m => (
            Attribute(m.Groups["attributes"].Value, "value") ?? Page.Plain(m.Groups["inside"].Value),
            Has(m.Groups["attributes"].Value, "selected")))];

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"(?:^|\\s){name}\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))", RegexOptions.IgnoreCase) is { Success: true } m
            ? WebUtility.HtmlDecode(m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Success ? m.Groups[2].Value : m.Groups[3].Value)
            : null;

    private static bool Has(string tag, string name) =>
        Regex.IsMatch(Regex.Replace(tag, "\"[^\"]*\"", "\"\""), $"(?:^|\\s){name}(?:\\s|=|/|$)", RegexOptions.IgnoreCase);

    [GeneratedRegex("<input(?<attributes>\\s(?:[^>\"]|\"[^\"]*\")*)>", RegexOptions.IgnoreCase)]
    private static partial Regex InputTag();

    [GeneratedRegex("<textarea(?<attributes>[^>]*)>(?<inside>.*?)</textarea>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex TextAreaTag();

    [GeneratedRegex("<select(?<attributes>[^>]*)>(?<inside>.*?)</select>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex SelectTag();

    [GeneratedRegex("<option(?<attributes>[^>]*)>(?<inside>[^<]*)", RegexOptions.IgnoreCase)]
    private static partial Regex OptionTag();
}
