using CsCheck;
using Microsoft.Extensions.Configuration;
using VGIntegration.Feedback.Claiming;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.Tests.Claiming;

/// <summary>Codes and tariffs are settings with a first and a last day; what makes no sense stops the start with one line.</summary>
public sealed class ClaimRulesTests
{
    private static readonly DateOnly Day = new(2026, 6, 15);

    [Fact]
    public void Without_settings_nothing_is_claimed_and_nothing_stops()
    {
        var rules = Rules();

        Assert.False(rules.HasTariffs);
        Assert.Null(rules.PriceOn(Payer.Insurer, Day));
    }

    [Theory]
    [InlineData("2025-12-31", null)]
    [InlineData("2026-01-01", "A")]
    [InlineData("2026-06-30", "A")]
    [InlineData("2026-07-01", "B")]
    [InlineData("2030-01-01", "B")]
    public void The_first_and_the_last_day_count(string day, string? code)
    {
        var rules = Rules(Tariff(0, "insurer", "A", "87.50", "2026-01-01", "2026-06-30"), Tariff(1, "Insurer", "B", "90", "2026-07-01"));

        Assert.Equal(code, rules.PriceOn(Payer.Insurer, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))?.Code);
        Assert.Null(rules.PriceOn(Payer.Municipality, Day));
    }

    [Fact]
    public void On_each_day_a_payer_has_one_tariff_or_the_service_does_not_start()
    {
        var start = Gen.Int[0, 900];
        var length = Gen.Int[0, 300].Nullable(0.2);
        Gen.Select(Gen.Bool, start, length).Array[2, 4].Sample(
            periods =>
            {
                var settings = periods.Select((p, i) => Tariff(
                    i, p.Item1 ? "insurer" : "municipality", $"C{i}", "10", Iso(p.Item2), p.Item3 is { } days ? Iso(p.Item2 + days) : null)).ToArray();
                var overlap = Enumerable.Range(0, 1300).Any(day => periods.Where(p => p.Item2 <= day && !(day > p.Item2 + p.Item3))
                    .GroupBy(p => p.Item1).Any(g => g.Count() > 1));

                var fault = Record.Exception(() => Rules(settings));

                Assert.Equal(overlap, fault is SettingException);
            },
            iter: 300, seed: "0000KOIPe643");
    }

    [Theory]
    [InlineData("Payer", "verzekeraar", "must be insurer or municipality")]
    [InlineData("Payer", "", "must be insurer or municipality")]
    [InlineData("Code", " ", "must be the code")]
    [InlineData("Euros", "87,50", "must be an amount")]
    [InlineData("Euros", "-1", "must be an amount")]
    [InlineData("Euros", "1.001", "must be an amount")]
    [InlineData("Euros", "99999", "must be an amount")]
    [InlineData("From", "1 januari", "must be a day")]
    [InlineData("From", "", "must be the first day")]
    [InlineData("Until", "2025-12-31", "lies before From")]
    [InlineData("Price", "1", "is not a setting")]
    public void A_tariff_that_makes_no_sense_is_named(string key, string value, string fault)
    {
        var tariff = Tariff(0, "insurer", "A", "87.50", "2026-01-01", "2026-12-31");
        tariff[$"Claiming:Tariffs:0:{key}"] = value;

        var refused = Assert.Throws<SettingException>(() => Rules(tariff));

        Assert.Contains($"Claiming:Tariffs:0:{key}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Who_is_not_on_the_fields_list_is_not_paid_by_the_insurer_unless_the_region_says_so()
    {
        var (standard, own) = (Rules(), Rules(new Dictionary<string, string?> { ["Claiming:Professions"] = "poh-ggz; arts" }));

        Assert.True(standard.Pays(Payer.Insurer, "gz-psycholoog"));
        Assert.False(standard.Pays(Payer.Insurer, "poh-ggz"));
        Assert.True(own.Pays(Payer.Insurer, "poh-ggz"));
        Assert.False(own.Pays(Payer.Insurer, "gz-psycholoog"));
        Assert.All([standard, own], rules => Assert.True(rules.Pays(Payer.Municipality, "ervaringsdeskundige")));
        Assert.Throws<SettingException>(() => Rules(new Dictionary<string, string?> { ["Claiming:Professions"] = "GZ psycholoog" }));
    }

    [Theory]
    [InlineData("--Claiming:Tariffs:0:Payer=niemand")]
    [InlineData("--Claiming:Codes=1")]
    public async Task A_wrong_setting_stops_the_start(string setting)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => FeedbackHost.Start(setting));

        Assert.Contains(setting[2..setting.IndexOf('=', StringComparison.Ordinal)], refused.Message, StringComparison.Ordinal);
    }

    private static string Iso(int day) => new DateOnly(2025, 1, 1).AddDays(day).Iso();

    private static Dictionary<string, string?> Tariff(int number, string payer, string code, string euros, string from, string? until = null) => new()
    {
        [$"Claiming:Tariffs:{number}:Payer"] = payer,
        [$"Claiming:Tariffs:{number}:Code"] = code,
        [$"Claiming:Tariffs:{number}:Euros"] = euros,
        [$"Claiming:Tariffs:{number}:From"] = from,
        [$"Claiming:Tariffs:{number}:Until"] = until,
    };

    private static ClaimRules Rules(params Dictionary<string, string?>[] settings) => ClaimRules.Of(
        new ConfigurationBuilder().AddInMemoryCollection(settings.SelectMany(s => s)).Build());
}
