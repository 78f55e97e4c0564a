using System.Reflection;
using NetArchTest.Rules;

namespace VGIntegration.Architecture.Tests;

public sealed class DependencyTests
{
    private static readonly string[] Technology =
        ["Microsoft.EntityFrameworkCore", "MassTransit", "Hl7.Fhir", "Microsoft.AspNetCore", "VGIntegration.Hosting"];

    [Fact]
    public void No_service_knows_another()
    {
        var names = Code.Services.Select(s => s.GetName().Name!).ToHashSet();

        var strangers = Code.Services.SelectMany(
            s => s.GetReferencedAssemblies().Select(r => r.Name!).Where(names.Contains), (s, r) => $"{s.GetName().Name} knows {r}");

        Assert.Empty(strangers);
    }

    [Fact]
    public void Planning_speaks_FHIR_only_where_it_publishes_or_takes_in_a_registry()
    {
        var elsewhere = Types.InAssembly(typeof(Planning.Program).Assembly).That().DoNotResideInNamespace("VGIntegration.Planning.Publishing").And().DoNotResideInNamespace("VGIntegration.Planning.Registry")
            .ShouldNot().HaveDependencyOnAny("Hl7.Fhir", "VGIntegration.Fhir").GetResult();

        Assert.True(elsewhere.IsSuccessful, string.Join(", ", elsewhere.FailingTypeNames ?? []));
    }

    [Fact]
    public void What_is_stored_knows_no_technology()
    {
        var stored = Code.Contexts("SqlServer").SelectMany(context =>
        {
            using var db = Code.Open(context);
            return db.Model.GetEntityTypes().Select(e => e.ClrType).Where(t => Code.Services.Contains(t.Assembly)).ToList();
        }).Distinct().ToList();

        var broken = Types.InAssemblies(Code.Services).That().MeetCustomRule(new OneOf(stored))
            .ShouldNot().HaveDependencyOnAny(Technology).GetResult();

        Assert.NotEmpty(stored);
        Assert.True(broken.IsSuccessful, string.Join(", ", broken.FailingTypeNames ?? []));
    }

    [Fact]
    public void A_message_carries_no_personal_data()
    {
        string[] personal = ["Name", "Bsn", "Telephone", "Phone", "Email", "Address", "Street", "BirthDate", "Text", "Note", "Letter"];

        var wrong = typeof(Contracts.Subscriptions).Assembly.GetTypes()
            .Where(t => t.Namespace is not null && t.IsClass && !t.IsAbstract && t.GetMethod("<Clone>$") is not null)
            .SelectMany(t => t.GetProperties(), (t, p) => $"{t.Name}.{p.Name}")
            .Where(p => personal.Any(word => p.Split('.')[1].Contains(word, StringComparison.Ordinal)));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_hosting_knows_how_messages_travel()
    {
        var broken = Types.InAssemblies(Code.Services).ShouldNot().HaveDependencyOnAny("RabbitMQ.Client", "MassTransit.RabbitMqTransport").GetResult();

        Assert.True(broken.IsSuccessful, string.Join(", ", broken.FailingTypeNames ?? []));
    }

    [Fact]
    public void The_subscriptions_are_the_consumers_that_exist()
    {
        var consumed = Code.Services.SelectMany(s => s.GetTypes()).SelectMany(Subscribed).ToLookup(s => s.Message, s => s.Queue);

        Assert.Equal(
            Contracts.Subscriptions.Queues.Select(q => $"{q.Key.Name}: {string.Join(' ', q.Value.Order())}").Order(),
            consumed.Select(c => $"{c.Key.Name}: {string.Join(' ', c.Order())}").Order());
    }

    private static IEnumerable<(Type Message, string Queue)> Subscribed(Type consumer)
    {
        var service = Kebab(consumer.Assembly.GetName().Name!.Split('.')[^1]);
        return consumer.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MassTransit.IConsumer<>))
            .Select(i => (i.GetGenericArguments()[0], $"{service}-{Kebab(consumer.Name)}"));
    }

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));

    private sealed class OneOf(IEnumerable<Type> types) : ICustomRule
    {
        private readonly HashSet<string> _names = [.. types.Select(t => t.FullName!.Replace('+', '/'))];

        public bool MeetsRule(Mono.Cecil.TypeDefinition type) => _names.Contains(type.FullName);
    }
}
