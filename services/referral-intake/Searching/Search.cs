using System.Linq.Expressions;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using VGIntegration.Hosting;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>Runs a search over the rows of the practice that asks, page by page (FHIR R4 section 3.1.1).</summary>
internal sealed class Search(IntakeDbContext db, SearchLink links, TimeProvider clock)
{
    internal async Task<IResult> Run<T>(Searchable<T> type, HttpContext http, CancellationToken ct)
        where T : class
    {
        try
        {
            return await Answer(type, http, ct);
        }
        catch (SearchRefusedException refused)
        {
            return FhirResult.Refused(400, refused.Finding);
        }
    }

    private async Task<IResult> Answer<T>(Searchable<T> type, HttpContext http, CancellationToken ct)
        where T : class
    {
        var (practice, now) = (http.PracticeId(), clock.GetUtcNow());
        var (given, after, format) = await Asked($"{type.Type}", http, practice, ct);
        var request = SearchRequest.Read(
            given, type.Parameters.ToDictionary(p => p.Name, p => p.Modifiers), type.Includes.Select(i => i.Asked),
            http.Request.Headers["Prefer"].ToString().Contains("handling=lenient", StringComparison.OrdinalIgnoreCase));
        var includes = type.Includes.Where(i => request.Includes.Contains(i.Asked)).ToList();
        if (includes.Select(i => new Scope($"{i.Target}", 'r')).FirstOrDefault(s => !http.User.FindAll("scope").Any(c => s.IsIn(c.Value))) is { } missing)
        {
            return FhirResult.Refused(403, Finding.Error(IssueType.Forbidden, null, $"Voor deze _include mist het token de scope {missing}."));
        }

        var rows = request.Conditions.Aggregate(type.Own(db, practice), (rows, asked) => rows.Where(
            type.Parameters.Single(p => p.Name == asked.Name).Where(new(asked.Key, asked.Modifier, asked.Values, now))));

        var page = new SearchPage<T>(type, request, after ?? new(default, default, now));
        var found = request.CountsOnly ? [] : await page.Read(rows, isFirst: after is null, ct);
        var isLast = found.Count <= request.Count;
        var total = after?.Total ?? (request.CountsAll || request.CountsOnly ? await rows.CountAsync(ct)
            : after is null && isLast ? found.Count : null);
        var shown = found.Take(request.Count).ToList();
        var along = new List<Resource>();
        foreach (var include in includes)
        {
            along.AddRange(await include.Load(shown, db, practice, ct));
        }

        await Remember(type, request, http, now, ct);
        var self = request.Conditions.Any(c => type.Parameters.Single(p => p.Name == c.Name).IsPersonal)
            ? Sealed(null)
            : new QueryString().Add(QueryString.Create(request.Parameters)).ToString();
        return new FhirResult(200, SearchSet.Of(http.Request, $"{type.Type}", [.. shown.Select(type.Show)], along, total, self,
            isLast || request.CountsOnly ? null : Sealed(page.After(shown[^1], total)), request.Ignored))
        {
            Format = format,
        };

        string Sealed(Place? place) => $"?{SearchLink.Name}={links.Write($"{type.Type}", practice, new(request.Parameters, place))}";
    }

    private async Task<(IEnumerable<KeyValuePair<string, StringValues>> Given, Place? After, string? Format)> Asked(
        string type, HttpContext http, Guid practice, CancellationToken ct)
    {
        if (http.Request.Query.Any(p => p.Key != SearchLink.Name && SearchRequest.IsPersonal(p.Key, p.Value)))
        {
            throw new SearchRefusedException(IssueType.Security,
                $"Een BSN of ander gegeven van de inwoner hoort niet in een URL. Zoek met POST [base]/{type}/_search, met de parameters in de body "
                + "(application/x-www-form-urlencoded).");
        }

        var form = HttpMethods.IsPost(http.Request.Method) ? await Form(http.Request, ct) : [];
        var given = http.Request.Query.Concat(form).ToList();
        var format = given.Find(p => p.Key == "_format").Value.FirstOrDefault();
        if (given.Find(p => p.Key == SearchLink.Name).Value.FirstOrDefault() is not { } word)
        {
            return (given, null, format);
        }

        var content = links.Read(type, practice, word);
        return (content.Parameters.Select(p => KeyValuePair.Create(p.Key, new StringValues(p.Value))), content.After, format);
    }

    private static async Task<IEnumerable<KeyValuePair<string, StringValues>>> Form(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength is 0 or null && request.ContentType is null)
        {
            return [];
        }

        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(ct) : throw new InvalidDataException();
        }
        catch (InvalidDataException)
        {
            throw new SearchRefusedException(IssueType.Structure, "Stuur de zoekvraag als application/x-www-form-urlencoded.");
        }
    }

    // The names of what was asked, never the values: a value can be a number of somebody.
    private async System.Threading.Tasks.Task Remember<T>(Searchable<T> type, SearchRequest request, HttpContext http, DateTimeOffset now, CancellationToken ct)
    {
        var asked = $"{type.Type}?{string.Join('&', request.Conditions.Select(c => c.Name).Distinct())}";
        db.Audit.Add(AuditEntry.Of("E", http.User.Who(), asked, "search-own", now));
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>
/// One page: the rows after a place. In the default order (newest first) and by id no row moves, so a walk meets each once.
/// By _lastUpdated a row that changes during the walk comes at its end, with its new version, and so none is missed.
/// </summary>
internal sealed class SearchPage<T>(Searchable<T> type, SearchRequest request, Place place)
    where T : class
{
    private readonly Expression<Func<T, DateTimeOffset>> _at = request.Sort is SortKey.LastUpdated ? type.UpdatedAt : type.CreatedAt;
    private bool _reachedTail = place.IsTail;

    internal async Task<List<T>> Read(IQueryable<T> rows, bool isFirst, CancellationToken ct)
    {
        var most = request.Count + 1;
        if (request.Sort is SortKey.Id)
        {
            return await Ordered(isFirst ? rows : rows.Where(Beyond(type.Id, place.Id, request.IsDescending))).Take(most).ToListAsync(ct);
        }

        var hasTail = request is { Sort: SortKey.LastUpdated, IsDescending: true };
        var found = new List<T>();
        if (!place.IsTail)
        {
            var began = place.BeganAt;
            var head = hasTail ? rows.Where(_at.Then(at => at <= began)) : rows;
            found = await Ordered(isFirst ? head : head.Where(After(request.IsDescending))).Take(most).ToListAsync(ct);
        }

        _reachedTail = place.IsTail || (hasTail && found.Count < most);
        return _reachedTail ? await WithTail(rows, found, most, ct) : found;
    }

    internal Place After(T row, int? total)
    {
        var at = _at.Compile(preferInterpretation: true)(row);
        return new(at, type.Id.Compile(preferInterpretation: true)(row), place.BeganAt, _reachedTail && at > place.BeganAt, total);
    }

    // What was added or changed since the walk began stands before its begin: it comes now, oldest change first.
    private async Task<List<T>> WithTail(IQueryable<T> rows, List<T> found, int most, CancellationToken ct)
    {
        var began = place.BeganAt;
        var changed = rows.Where(_at.Then(at => at > began));
        var tail = place.IsTail ? changed.Where(After(isDescending: false)) : changed;
        return [.. found, .. await tail.OrderBy(_at).ThenBy(type.Id).Take(most - found.Count).ToListAsync(ct)];
    }

    private IOrderedQueryable<T> Ordered(IQueryable<T> rows) => (request.Sort, request.IsDescending) switch
    {
        (SortKey.Id, false) => rows.OrderBy(type.Id),
        (SortKey.Id, true) => rows.OrderByDescending(type.Id),
        (_, false) => rows.OrderBy(_at).ThenBy(type.Id),
        _ => rows.OrderByDescending(_at).ThenByDescending(type.Id),
    };

    // The first half alone would do, but it is what an index can begin at.
    private Expression<Func<T, bool>> After(bool isDescending)
    {
        var last = place.At;
        Expression<Func<T, bool>> from = isDescending ? _at.Then(at => at <= last) : _at.Then(at => at >= last);
        Expression<Func<T, bool>> past = isDescending ? _at.Then(at => at < last) : _at.Then(at => at > last);
        return Conditions.Both(from, Conditions.Either([past, Beyond(type.Id, place.Id, isDescending)]));
    }

    private static Expression<Func<T, bool>> Beyond(Expression<Func<T, Guid>> column, Guid last, bool isDescending) =>
        isDescending ? column.Then(id => id.CompareTo(last) < 0) : column.Then(id => id.CompareTo(last) > 0);
}
