using System.Collections;
using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace VGIntegration.ReferralIntake.Persistence;

/// <summary>
/// New rows in one round trip and one transaction: one command per table, an array per column, whatever the number of rows.
/// What the columns are is read from the model. The last command is the caller's, and can still undo all. Beside EF Core's own inserts: contracts/decisions/0020.
/// </summary>
internal static class UnnestInsert
{
    private static readonly ConcurrentDictionary<IEntityType, Table> Tables = new();

    internal static async Task Run(DbContext db, IReadOnlyList<object> rows, NpgsqlBatchCommand last, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
            foreach (var kind in rows.GroupBy(row => row.GetType()))
            {
                batch.BatchCommands.Add(Tables.GetOrAdd(db.Model.FindEntityType(kind.Key)!, type => new Table(type)).Insert([.. kind]));
            }

            batch.BatchCommands.Add(last);
            await batch.ExecuteNonQueryAsync(ct); // PostgreSQL: a batch without a transaction is one
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private sealed class Table
    {
        private readonly string _sql;
        private readonly List<Column> _columns;
        private readonly List<INavigation> _others;

        internal Table(IEntityType type)
        {
            var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var properties = type.GetFlattenedProperties().ToList();
            _others = [.. type.GetNavigations()];
            _columns = [.. properties.Select(p => (Column)Activator.CreateInstance(typeof(Column<>).MakeGenericType(Stored(p)), p)!)];
            _sql = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", properties.Select(p => $"\"{p.GetColumnName(table)}\""))}) "
                + $"SELECT * FROM unnest({string.Join(", ", Enumerable.Range(1, properties.Count).Select(i => $"${i}"))})";
        }

        internal NpgsqlBatchCommand Insert(IReadOnlyList<object> rows)
        {
            if (rows.Any(row => _others.Exists(o => o.GetGetter().GetClrValue(row) is IEnumerable many && many.GetEnumerator().MoveNext())))
            {
                throw new NotSupportedException("A new row with rows of its own cannot be stored like this.");
            }

            var command = new NpgsqlBatchCommand(_sql);
            _columns.ForEach(column => command.Parameters.Add(column.Values(rows)));
            return command;
        }

        private static Type Stored(IProperty property)
        {
            var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
            return property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null
                ? typeof(Nullable<>).MakeGenericType(type)
                : type;
        }
    }

    private abstract class Column
    {
        internal abstract NpgsqlParameter Values(IReadOnlyList<object> rows);
    }

    private sealed class Column<T>(IProperty property) : Column
    {
        private readonly IClrPropertyGetter _getter = property.GetGetter();
        private readonly Func<object?, object?>? _convert = property.GetTypeMapping().Converter?.ConvertToProvider;

        internal override NpgsqlParameter Values(IReadOnlyList<object> rows)
        {
            var values = new T?[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var value = _getter.GetClrValueUsingContainingEntity(rows[i]);
                values[i] = (T?)(value is null || _convert is null ? value : _convert(value));
            }

            return new NpgsqlParameter<T?[]> { TypedValue = values };
        }
    }
}
