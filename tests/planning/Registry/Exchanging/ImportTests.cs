using System.Text;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Planning.Registry;
using VGIntegration.Planning.Registry.Exchanging;
using VGIntegration.Planning.Registry.Keeping;

namespace VGIntegration.Planning.Tests.Registry.Exchanging;

public sealed class ImportTests : IAsyncLifetime
{
    private PlanningHost _planning = null!;

    public async ValueTask InitializeAsync() => _planning = await PlanningHost.Start();

    public ValueTask DisposeAsync() => _planning.DisposeAsync();

    [Fact]
    public async Task Every_sheet_comes_back_as_it_went()
    {
        await Apply("pauses", "Vast moment;Eerste dag;Laatste dag;Reden", [$"{(await Loaded()).Of("moments").First().Id};01-12-2026;02-12-2026;zaal; bezet"]);
        await Apply("absences", "Verkenner;Eerste dag", ["Bram Smit (Psychologenpraktijk De Delta);01-12-2026"]);
        var register = await Loaded();

        foreach (var kind in Kinds.All)
        {
            var rows = await Check(CsvSheet.Read(kind, CsvSheet.Write(kind, register)));

            Assert.NotEmpty(rows);
            Assert.All(rows, r => Assert.Equal("blijft zo", r.What));
        }
    }

    [Fact]
    public async Task The_bundle_comes_back_as_it_went_into_an_empty_registry_too()
    {
        var register = await Loaded();
        var file = RegionReader.Read(RegionDocument.Write(register));

        var rows = await Check(file);

        Assert.Null(file.Fault);
        Assert.All(rows, r => Assert.Equal("blijft zo", r.What));
        Assert.Equal(
            new[] { "organisations", "professionals", "duos", "locations", "moments" }.Sum(k => register.Of(k).Count()), rows.Count);
    }

    [Fact]
    public async Task A_bundle_of_another_system_tells_what_is_missing()
    {
        var file = RegionReader.Read(Encoding.UTF8.GetBytes("""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"urn:uuid:a1","resource":{"resourceType":"Organization","id":"org","name":"Ander systeem"}},
              {"fullUrl":"urn:uuid:a2","resource":{"resourceType":"Practitioner","id":"who","name":[{"given":["Eva"],"family":"Verzonnen"}]}},
              {"resource":{"resourceType":"PractitionerRole","id":"role","practitioner":{"reference":"urn:uuid:a2"},"organization":{"reference":"urn:uuid:a1"},
                "code":[{"text":"POH-GGZ"}],"telecom":[{"system":"phone","value":"020 555 0199"}]}}]}
            """));

        var rows = await Check(file);

        Assert.Equal(["nieuw", "klopt niet"], rows.Select(r => r.What));
        Assert.Equal("Eva Verzonnen (Ander systeem)", rows[1].Title);
        Assert.Equal(["Discipline", "Login"], rows[1].Faults.Select(f => f.Field).Order());
    }

    [Fact]
    public async Task Every_fault_is_told_by_row_and_column_and_nothing_is_saved()
    {
        var file = Sheet("organisations", "Naam;Kant;Laatste dag", ["Goed;GGZ;", ";ggz;31-02-2026", "Dubbel;boven;", "dubbel;;31-12-2026"]);

        var rows = await Check(file);
        var refusal = await Apply(file);

        Assert.Equal(["Rij 3: Name", "Rij 3: Until", "Rij 4: Domain"], rows.SelectMany(r => r.Faults, (r, f) => $"{r.Row.Where}: {f.Field}"));
        Assert.NotNull(refusal);
        Assert.False(await _planning.InDatabase(db => db.Set<Organisation>().AnyAsync(o => o.Name == "Goed")));
    }

    [Fact]
    public async Task A_sheet_is_taken_over_whole_with_its_history()
    {
        var refusal = await Apply(Sheet("organisations", "Naam;Kant", ["Een;GGZ", "Twee;sociaal domein"]));

        Assert.Null(refusal);
        Assert.Equal(2, await _planning.InDatabase(db => db.Set<RegistryChange>().CountAsync(c => c.Who == "mara" && c.Version == 1)));
    }

    [Theory]
    [InlineData("", "leeg")]
    [InlineData("Naam\r\n", "geen rijen")]
    [InlineData("Naam;Schoenmaat\r\nEen;43", "Schoenmaat")]
    [InlineData("Naam;naam\r\nEen;Twee", "twee keer")]
    [InlineData("Id;Naam\r\n12;Een", "geen id")]
    [InlineData("Naam\r\n\"half\" open\"", "aanhalingstekens")]
    public void A_file_that_is_no_such_sheet_is_refused_with_the_reason(string text, string expected)
    {
        var file = CsvSheet.Read(Kinds.Of("organisations")!, Encoding.UTF8.GetBytes(text));

        Assert.Contains(expected, file.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":")]
    [InlineData("{\"resourceType\":\"Patient\"}")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Schedule\",\"actor\":[{}],\"extension\":[{\"url\":\"x\"}]}},{}]}")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"CareTeam\"}},{\"resource\":{\"resourceType\":\"PractitionerRole\"}},{\"resource\":{\"resourceType\":\"Location\"}}]}")]
    public async Task A_bundle_that_makes_no_sense_is_refused_and_breaks_nothing(string text)
    {
        var file = RegionReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.True(file.Fault is not null || (await Check(file)).All(r => r.Faults.Count > 0));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://kwaad\")")]
    [InlineData("+31 20 555 0101")]
    [InlineData("@cmd")]
    [InlineData("-2+3")]
    public async Task What_a_spreadsheet_would_take_for_a_formula_is_text(string name)
    {
        var kind = Kinds.Of("organisations")!;
        var register = await Loaded();
        register.Put(kind.Path, new Organisation { Id = Guid.NewGuid(), Name = name });

        var sheet = CsvSheet.Write(kind, register);

        var line = Encoding.UTF8.GetString(sheet).Split("\r\n").Single(l => l.Contains(name[1..4], StringComparison.Ordinal));
        Assert.Contains("'" + name[0], line, StringComparison.Ordinal);
        Assert.Contains(CsvSheet.Read(kind, sheet).Rows, r => r.Values["Name"] == name);
    }

    [Fact]
    public void An_older_spreadsheet_s_letters_are_read()
    {
        var file = CsvSheet.Read(Kinds.Of("organisations")!, Encoding.Latin1.GetBytes("Naam,Kant\r\nCafé Zoë,GGZ"));

        Assert.Equal("Café Zoë", file.Rows[0].Values["Name"]);
    }

    private static ImportFile Sheet(string kind, string heading, string[] rows) =>
        CsvSheet.Read(Kinds.Of(kind)!, Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Prepend(heading))));

    private async Task Apply(string kind, string heading, string[] rows) =>
        Assert.Null(await Apply(Sheet(kind, heading, [.. rows.Select(r => r.Replace("zaal; bezet", "\"zaal; bezet\"", StringComparison.Ordinal))])));

    private Task<Register> Loaded() => _planning.InDatabase(db => Register.Load(db, TestContext.Current.CancellationToken));

    private Task<IReadOnlyList<CheckedRow>> Check(ImportFile file) => InScope(i => i.Check(file, TestContext.Current.CancellationToken));

    private Task<string?> Apply(ImportFile file) => InScope(i => i.Apply(file, "mara", TestContext.Current.CancellationToken));

    private async Task<T> InScope<T>(Func<ImportRegistry, Task<T>> use)
    {
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(_planning.App.Services);
        return await use((ImportRegistry)scope.ServiceProvider.GetService(typeof(ImportRegistry))!);
    }
}
