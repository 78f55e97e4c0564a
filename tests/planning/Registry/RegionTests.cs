using VGIntegration.Planning.Registry;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests.Registry;

public sealed class RegionTests
{
    private static readonly DateOnly Monday = new(2026, 11, 30);

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("absence", false)]
    [InlineData("absence over", true)]
    [InlineData("exception", false)]
    [InlineData("own holiday", false)]
    [InlineData("duo stopped", false)]
    [InlineData("location closed", false)]
    public async Task A_half_day_is_not_held_when_somebody_or_everybody_is_away(string what, bool isHeld)
    {
        var region = await ARegion(what);
        var duo = region.Duos.First(d => region.MomentsOf[d.Id].Any(m => m.IsOn(Monday)));

        var moment = region.MomentsOf[duo.Id].First(m => m.IsOn(Monday));

        Assert.Equal(isHeld, region.IsHeld(duo, moment, Monday));
    }

    [Fact]
    public async Task No_half_day_is_held_on_a_public_holiday()
    {
        var region = await ARegion("nothing");
        var easterMonday = new DateOnly(2027, 3, 29);

        var held = region.Duos.SelectMany(d => region.MomentsOf[d.Id], (d, m) => region.IsHeld(d, m, easterMonday));

        Assert.DoesNotContain(true, held);
        Assert.Equal("tweede paasdag", region.Calendar.Holiday(easterMonday));
    }

    [Theory]
    [InlineData("training", Missing.Training)]
    [InlineData("registration", Missing.Registration)]
    [InlineData("role", Missing.Role)]
    [InlineData("agreement", Missing.Agreement)]
    [InlineData("one log-in", Missing.OnePerson)]
    [InlineData("duo stopped", Missing.DuoStopped)]
    [InlineData("met", Missing.Met)]
    internal async Task What_a_duo_lacks_is_told_and_not_left_out(string what, Missing expected)
    {
        var region = await ARegion(what);

        var missing = region.MissingOf(region.Duos[0], Monday).ToList();

        Assert.Equal([expected], missing.Select(m => m.What));
        Assert.Equal(expected is not Missing.Met, missing[0].Forbids);
    }

    [Fact]
    public async Task The_checklist_of_a_professional_tells_what_is_open()
    {
        var region = await ARegion("nothing");
        var bram = region.Professionals.Values.Single(p => p.Name == "Bram Smit");

        var missing = region.MissingOf(bram, Monday);

        Assert.Equal(
            [Missing.Training, Missing.Duo, Missing.Moments, Missing.SupportStaff, Missing.Research, Missing.Evaluation, Missing.Counting], missing);
    }

    private static async Task<Region> ARegion(string what)
    {
        var file = await RegionFile.Read(
            Path.Combine(Repository.Root, "services/planning/demo-region.json"), TestContext.Current.CancellationToken);
        var (duo, person) = (file.Duos[0], file.Professionals[0]);
        file = what switch
        {
            "absence" => file with { Absences = [new(duo.MentalHealth, Monday.AddDays(-3))] },
            "absence over" => file with { Absences = [new(duo.MentalHealth, Monday.AddDays(-3), Monday.AddDays(-1))] },
            "exception" => file with { Duos = [duo with { Moments = [duo.Moments[0] with { Pauses = [new(Monday, Monday, "zaal bezet")] }] }] },
            "own holiday" => file with { Holidays = [new("Heidag", Monday, Monday)] },
            "training" => file with { Professionals = [person with { TrainingDoneOn = null }, .. file.Professionals.Skip(1)] },
            "registration" => file with { Professionals = [person with { RegisteredUntil = Monday.AddDays(-1) }, .. file.Professionals.Skip(1)] },
            "role" => file with { Professionals = [person with { Profession = "bakker" }, .. file.Professionals.Skip(1)] },
            "one log-in" => file with { Professionals = [person with { Login = "Sociaal" }, .. file.Professionals.Skip(1)] },
            "agreement" => file with { Agreements = [] },
            "met" => file with { Duos = [duo with { MetOn = null }] },
            _ => file,
        };
        var all = file.Entities().ToList();
        var calendar = new RegionCalendar(Of<Absence>(), Of<MomentPause>(), Of<Holiday>(), new PublicHolidays());
        var duos = Of<Duo>();
        var locations = Of<Location>();
        if (what == "duo stopped")
        {
            duos = [.. duos.Select(d => new Duo { Id = d.Id, MentalHealthProfessionalId = d.MentalHealthProfessionalId, SocialDomainProfessionalId = d.SocialDomainProfessionalId, MetOn = d.MetOn, Until = Monday.AddDays(-1) })];
        }
        else if (what == "location closed")
        {
            locations = [.. locations.Select(l => new Location { Id = l.Id, Name = l.Name, Address = l.Address, Latitude = l.Latitude, Longitude = l.Longitude, IsWheelchairAccessible = true, Until = Monday.AddDays(-1) })];
        }

        return new Region(
            Of<Organisation>(), Of<Agreement>(), Of<Professional>(), locations, duos, Of<FixedMoment>(), Of<PostcodeArea>(), calendar, Of<Role>());

        List<T> Of<T>() => [.. all.OfType<T>()];
    }
}
