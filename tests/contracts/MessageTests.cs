using System.Text.Json;
using System.Text.Json.Nodes;
using VGIntegration.Surroundings;

namespace VGIntegration.Contracts.Tests;

/// <summary>What is on the wire: the examples are what was published, and what somebody else's consumer is written from.</summary>
public sealed class MessageTests
{
    private static readonly string Examples = Path.Combine(Repository.Root, "contracts/messages/examples");

    public static TheoryData<string> Messages => new(Subscriptions.Queues.Keys.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Yesterdays_message_can_be_read_today_and_is_written_the_same(string name)
    {
        var type = Subscriptions.Queues.Keys.Single(m => m.Name == name);
        var example = File.ReadAllText(Path.Combine(Examples, $"{name}.json"));

        var message = JsonSerializer.Deserialize(example, type);
        var written = JsonSerializer.SerializeToNode(message, type);

        Assert.True(JsonNode.DeepEquals(Comparable(JsonNode.Parse(example)!), Comparable(written!)), written!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_says_which_referral_or_subscription_when_and_in_what_order(string name)
    {
        var properties = Subscriptions.Queues.Keys.Single(m => m.Name == name).GetProperties().Select(p => p.Name).ToList();
        var subject = name.StartsWith("Subscription", StringComparison.Ordinal) ? "SubscriptionId" : "ReferralId";

        Assert.Equal([subject, "Sequence", "OccurredAt"], properties.Intersect([subject, "Sequence", "OccurredAt"]));
    }

    [Fact]
    public void There_is_one_example_for_each_message_and_none_too_many()
    {
        var examples = Directory.EnumerateFiles(Examples).Select(f => Path.GetFileNameWithoutExtension(f)).Order();

        Assert.Equal(Subscriptions.Queues.Keys.Select(m => m.Name).Order(), examples);
    }

    // 8 and 8.0 are the same number.
    private static JsonNode Comparable(JsonNode node) => JsonNode.Parse(node.ToJsonString().Replace(".0,", ",", StringComparison.Ordinal).Replace(".0}", "}", StringComparison.Ordinal))!;
}
