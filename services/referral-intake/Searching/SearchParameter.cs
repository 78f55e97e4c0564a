using System.Linq.Expressions;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Persistence;
using static Hl7.Fhir.Model.OperationOutcome;
using Expression = System.Linq.Expressions.Expression;

namespace VGIntegration.ReferralIntake.Searching;

/// <summary>What one parameter asks for: any of these values.</summary>
internal sealed record Wanted(string Name, string? Modifier, IReadOnlyList<string> Values, DateTimeOffset Now);

/// <summary>A parameter that rows can be searched by; the capability statement tells it from here.</summary>
internal sealed record SearchParameter<T>(
    string Name, SearchParamType Type, string About, Func<Wanted, Expression<Func<T, bool>>> Where, params string[] Modifiers)
{
    /// <summary>Says something of the resident: such a value is never in a URL.</summary>
    internal bool IsPersonal { get; init; }
}

/// <summary>A type that can be searched: its parameters, whose rows, in which order, and how a row is shown.</summary>
internal sealed record Searchable<T>(ResourceType Type, IReadOnlyList<SearchParameter<T>> Parameters)
{
    internal required Func<IntakeDbContext, Guid, IQueryable<T>> Own { get; init; }
    internal required Expression<Func<T, Guid>> Id { get; init; }

    /// <summary>Never changes, and so keeps a walk over the pages whole.</summary>
    internal required Expression<Func<T, DateTimeOffset>> CreatedAt { get; init; }

    internal required Expression<Func<T, DateTimeOffset>> UpdatedAt { get; init; }
    internal required Func<T, Resource> Show { get; init; }

    internal IReadOnlyList<SearchInclude<T>> Includes { get; init; } = [];

    internal IEnumerable<CapabilityStatement.SearchParamComponent> InCapabilities => Parameters.Select(
        p => new CapabilityStatement.SearchParamComponent { Name = p.Name, Type = p.Type, Documentation = p.About });
}

/// <summary>A value of _include or _revinclude, and the resources that then come along with a page.</summary>
internal sealed record SearchInclude<T>(
    string Name, ResourceType Target, Func<IReadOnlyList<T>, IntakeDbContext, Guid, CancellationToken, Task<List<Resource>>> Load, bool IsReverse = false)
{
    internal string Asked => $"{(IsReverse ? "_revinclude" : "_include")}={Name}";
}

/// <summary>A search that cannot be done as asked, and what to do about it.</summary>
internal sealed class SearchRefusedException(IssueType code, string text) : Exception
{
    internal Finding Finding { get; } = Finding.Error(code, null, text);
}

/// <summary>The kinds of parameters (FHIR R4 section 3.1.1.4), each as a condition on a column.</summary>
internal static class Conditions
{
    internal static SearchParameter<T> Id<T>(Expression<Func<T, Guid>> column) => new(
        "_id", SearchParamType.Token, "Ons nummer", wanted => OneOf(column, Guids(wanted.Values)));

    internal static SearchParameter<T> LastUpdated<T>(Expression<Func<T, DateTimeOffset>> column) => new(
        "_lastUpdated", SearchParamType.Date, "Laatst gewijzigd; met eq, ne, gt, lt, ge, le, sa, eb of ap ervoor",
        wanted => Either(wanted.Values.Select(v => InstantRange.Read(wanted.Name, v, wanted.Now).Holds(column))));

    internal static SearchParameter<T> Reference<T>(string name, ResourceType target, string about, Expression<Func<T, Guid>> column) => new(
        name, SearchParamType.Reference, about, wanted => OneOf(column, Guids(wanted.Values.Select(v => IdOf(v, target)))), $"{target}");

    /// <summary>A code of a fixed list; what is not in it is told, with the codes that are.</summary>
    internal static SearchParameter<T> Code<T, TColumn>(
        string name, string about, Expression<Func<T, TColumn>> column, IReadOnlyDictionary<string, TColumn[]> rows)
    {
        return new(name, SearchParamType.Token, about, Condition, "not");

        Expression<Func<T, bool>> Condition(Wanted wanted)
        {
            var asked = wanted.Values.Select(v => v.Split('|')[^1]).ToList();
            if (asked.Exists(code => !rows.ContainsKey(code)))
            {
                throw new SearchRefusedException(IssueType.CodeInvalid,
                    $"{wanted.Name} kent deze waarde niet. Gebruik: {string.Join(", ", rows.Keys.Order(StringComparer.Ordinal))}.");
            }

            var condition = OneOf(column, [.. asked.SelectMany(code => rows[code])]);
            return wanted.Modifier is null ? condition : Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters);
        }
    }

    /// <summary>system|value; a value without a system is of any system.</summary>
    internal static SearchParameter<T> Identifier<T>(
        string name, string about, Func<string?, string, Expression<Func<T, bool>>> condition) => new(
        name, SearchParamType.Token, about, wanted => Either(wanted.Values.Select(value =>
        {
            var bar = Bar(value);
            return condition(bar < 0 ? null : Plain(value[..bar]), Plain(value[(bar + 1)..]));
        })));

    internal static Expression<Func<T, bool>> OneOf<T, TColumn>(Expression<Func<T, TColumn>> column, List<TColumn> values)
    {
        Expression<Func<TColumn, bool>> isIn = value => values.Contains(value);
        return column.Then(isIn);
    }

    internal static Expression<Func<T, bool>> Both<T>(Expression<Func<T, bool>> one, Expression<Func<T, bool>> other) =>
        Expression.Lambda<Func<T, bool>>(Expression.AndAlso(one.Body, new Renamed(other, one.Parameters[0]).Body), one.Parameters);

    internal static Expression<Func<T, bool>> Either<T>(IEnumerable<Expression<Func<T, bool>>> conditions) =>
        conditions.Aggregate((one, other) =>
            Expression.Lambda<Func<T, bool>>(Expression.OrElse(one.Body, new Renamed(other, one.Parameters[0]).Body), one.Parameters));

    /// <summary>The condition on what the column gives.</summary>
    internal static Expression<Func<T, bool>> Then<T, TColumn>(this Expression<Func<T, TColumn>> column, Expression<Func<TColumn, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(new Renamed(condition, column.Body).Body, column.Parameters);

    private static List<Guid> Guids(IEnumerable<string> values) =>
        [.. values.Select(v => Guid.TryParse(v.Split('|')[^1], out var id) ? id : Guid.Empty)]; // FHIR: an unknown id finds nothing

    // Type/id, an id alone, or an address whose end is Type/id; another type finds nothing.
    private static string IdOf(string reference, ResourceType target)
    {
        var parts = reference.Split('/');
        return parts.Length == 1 || parts[^2] == $"{target}" ? parts[^1] : "";
    }

    private static int Bar(string value)
    {
        var at = value.IndexOf('|', StringComparison.Ordinal);
        while (at > 0 && value[at - 1] == '\\')
        {
            at = value.IndexOf('|', at + 1);
        }

        return at;
    }

    private static string Plain(string value) => value.Replace("\\|", "|", StringComparison.Ordinal)
        .Replace("\\,", ",", StringComparison.Ordinal).Replace("\\$", "$", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    private sealed class Renamed : ExpressionVisitor
    {
        private readonly (ParameterExpression From, Expression To) _name;

        internal Renamed(LambdaExpression lambda, Expression to)
        {
            _name = (lambda.Parameters[0], to);
            Body = Visit(lambda.Body);
        }

        internal Expression Body { get; }

        protected override Expression VisitParameter(ParameterExpression node) => node == _name.From ? _name.To : node;
    }
}
