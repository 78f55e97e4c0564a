using System.Text.Json;

namespace VGIntegration.Benchmarks;

/// <summary>A region with so many duos that no referral has to wait for a moment.</summary>
internal static class LargeRegion
{
    internal static string Write(string folder, int duos)
    {
        string[] days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        var all = Enumerable.Range(0, duos).ToList();
        object Person(int i, string side, string login) => new
        {
            key = $"{side}{i}",
            name = $"Professional {i}",
            discipline = side,
            profession = side,
            organisation = side,
            telephone = "020 555 0000",
            login,
            languages = new[] { "nl" },
            eLearningDoneOn = "2026-01-01",
            trainingDoneOn = "2026-01-01",
        };
        var region = new
        {
            organisations = new[] { new { key = "MentalHealth", name = "GGZ" }, new { key = "SocialDomain", name = "Welzijn" } },
            agreements = new[] { new { one = "MentalHealth", other = "SocialDomain", from = "2026-01-01" } },
            professionals = all.Select(i => Person(i, "MentalHealth", "ggz")).Concat(all.Select(i => Person(i, "SocialDomain", "sociaal"))),
            locations = all.Select(i => new { key = $"room{i}", name = $"Wijkcentrum, kamer {i}", address = "Plein 1", latitude = 52.3, longitude = 4.86 }),
            duos = all.Select(i => new
            {
                key = $"duo{i}",
                mentalHealth = $"MentalHealth{i}",
                socialDomain = $"SocialDomain{i}",
                moments = new[] { 0, 2 }.Select(d => new { location = $"room{i}", day = days[(i + d) % 5], from = "09:00", until = "12:45", validFrom = "2026-01-01" }),
            }),
            postcodes = new[] { new { digits = "1182", latitude = 52.31, longitude = 4.86 } },
        };
        var file = Path.Combine(folder, "region.json");
        File.WriteAllText(file, JsonSerializer.Serialize(region));
        return file;
    }
}
