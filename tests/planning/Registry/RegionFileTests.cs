using System.Text.Json.Nodes;
using VGIntegration.Hosting;
using VGIntegration.Planning.Registry;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Registry;

public sealed class RegionFileTests
{
    private static readonly string Demo = Path.Combine(Repository.Root, "services/planning/demo-region.json");

    [Fact]
    public async Task The_demo_region_has_people_places_and_moments_enough()
    {
        var region = await RegionFile.Read(Demo, TestContext.Current.CancellationToken);

        Assert.True(region.Professionals.Count >= 12 && region.Organisations.Count >= 5 && region.Locations.Count >= 6 && region.Duos.Count >= 6);
        Assert.All(region.Duos, duo => Assert.Equal(2, duo.Moments.Count));
    }

    [Theory]
    [InlineData("organisation", "has the unknown organisation")]
    [InlineData("one side", "one professional of each side")]
    [InlineData("same organisation", "different organisations")]
    [InlineData("same login", "must have different logins")]
    [InlineData("location", "unknown location")]
    [InlineData("property", "cannot be read")]
    [InlineData("twice", "professional mh1 is there twice")]
    [InlineData("postcode", "must be four digits")]
    [InlineData("half-day", "no time for one conversation")]
    [InlineData("two places", "professional mh1 is in two places on Monday at 10:00")]
    [InlineData("one room", "location aalsmeer has two conversations on Monday at 10:00")]
    [InlineData("same moment", "moment of duo duo-1 on Monday at 09:00 from 2026-01-01 is there twice")]
    [InlineData("latitude", "location amstelveen-zuid is nowhere on earth")]
    [InlineData("evaluation", "no time for one conversation")]
    [InlineData("agreement", "is there twice")]
    [InlineData("role", "professional mh1 has a role that does not count on that side: bakker")]
    [InlineData("absence", "unknown professional nobody")]
    [InlineData("rooms", "location amstelveen-zuid has 0 rooms")]
    public async Task A_fault_is_named_in_one_line(string fault, string expected)
    {
        var region = JsonNode.Parse(await File.ReadAllTextAsync(Demo, TestContext.Current.CancellationToken))!;
        var duo = region["duos"]![0]!;
        _ = fault switch
        {
            "organisation" => region["professionals"]![0]!["organisation"] = "nobody",
            "one side" => duo["socialDomain"] = "mh5",
            "same organisation" => region["professionals"]![7]!["organisation"] = "poh-west",
            "same login" => region["professionals"]![7]!["login"] = "GGZ",
            "twice" => region["professionals"]![1]!["key"] = "mh1",
            "postcode" => region["postcodes"]![0]!["digits"] = "118",
            "one room" => Overlap(region["duos"]![2]!["moments"]![0]!, "aalsmeer"),
            "same moment" => duo["moments"]![1] = duo["moments"]![0]!.DeepClone(),
            "latitude" => region["locations"]![0]!["latitude"] = 523,
            "evaluation" => duo["moments"]![0]!["until"] = "10:45",
            "role" => region["professionals"]![0]!["profession"] = "bakker",
            "absence" => region["absences"] = new JsonArray(new JsonObject { ["professional"] = "nobody", ["from"] = "2026-11-30" }),
            "rooms" => region["locations"]![0]!["rooms"] = 0,
            "agreement" => region["agreements"]![1] = region["agreements"]![0]!.DeepClone(),
            "half-day" => duo["moments"]![0]!["until"] = "09:30",
            "two places" => Overlap(duo["moments"]![1]!),
            "location" => duo["moments"]![0]!["location"] = "nowhere",
            _ => region["professionals"]![0]!["shoeSize"] = 43,
        };
        var file = Path.Combine(Sandbox.Folder("region"), "region.json");
        await File.WriteAllTextAsync(file, region.ToJsonString(), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<SettingException>(() => RegionFile.Read(file, CancellationToken.None));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static JsonNode Overlap(JsonNode moment, string? location = null)
    {
        (moment["day"], moment["from"]) = ("Monday", "10:00");
        moment["location"] = location ?? moment["location"]!.GetValue<string>();
        return moment;
    }
}
