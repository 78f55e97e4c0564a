using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Registry;

namespace VGIntegration.Planning.Tests.Matching;

public sealed class MatcherTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly LongAgo = new(2026, 1, 1);
    private static readonly Wishes Any = new("1182", null);

    [Fact]
    public void The_soonest_moment_near_the_resident_comes_first_with_its_reasons()
    {
        var matches = new Matcher(ARegion(ADuo("near", DayOfWeek.Tuesday, 52.31), ADuo("far", DayOfWeek.Tuesday, 53.0)), []).Find(Any, Monday, 8);

        var best = matches.Candidates[0];
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), best.StartsAt); // nine o'clock in Amsterdam
        Assert.Equal([Reason.Soon, Reason.Near, Reason.LowLoad], best.Reasons.Select(r => r.Code));
        Assert.Equal(1, best.Reasons[0].Value);
        Assert.InRange(best.Reasons[1].Value!.Value, 0, 1);
        Assert.True(matches.Candidates.Zip(matches.Candidates.Skip(1)).All(pair => pair.First.Score <= pair.Second.Score));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void The_best_are_the_best_of_the_whole_horizon(int wanted)
    {
        var random = new Random(wanted);
        var days = Enum.GetValues<DayOfWeek>()[1..6];
        for (var time = 0; time < 25; time++)
        {
            var duos = Enumerable.Range(0, 8).Select(i => ADuo($"{i}", days[random.Next(5)], 52.3 + (random.NextDouble() / 4))).ToArray();
            var matcher = new Matcher(ARegion(duos), []);

            var best = matcher.Find(Any, Monday, 8, wanted).Candidates;

            var all = matcher.Find(Any, Monday, 8, atMost: int.MaxValue).Candidates;
            Assert.Equal(all.Take(wanted).Select(c => (c.DuoId, c.StartsAt)), best.Select(c => (c.DuoId, c.StartsAt)));
        }
    }

    [Fact]
    public void A_conversation_is_ninety_minutes_from_the_next_working_day_within_the_horizon()
    {
        var friday = Monday.AddDays(4);
        var all = new Matcher(ARegion(ADuo("a", DayOfWeek.Monday)), []).Find(Any, friday, 3, atMost: 100).Candidates;

        Assert.All(all, c => Assert.Equal(TimeSpan.FromMinutes(90), c.EndsAt - c.StartsAt));
        Assert.Equal(6, all.Count); // three Mondays, two conversations each
        Assert.Equal(new DateOnly(2026, 11, 30), DateOnly.FromDateTime(all.Min(c => c.StartsAt).DateTime));
    }

    [Theory]
    [InlineData("same organisation", BindingRule.NoDuos)]
    [InlineData("same login", BindingRule.NoDuos)]
    [InlineData("two of one side", BindingRule.NoDuos)]
    [InlineData("no training", BindingRule.NobodyReady)]
    [InlineData("no e-learning", BindingRule.NobodyReady)]
    [InlineData("training later than the horizon", BindingRule.NobodyReady)]
    [InlineData("no agreement", BindingRule.NoAgreement)]
    [InlineData("agreement ended", BindingRule.NoAgreement)]
    [InlineData("language", BindingRule.Language)]
    [InlineData("no moments", BindingRule.NoMoments)]
    public void A_rule_that_leaves_nothing_over_is_named(string defect, object binding)
    {
        var wishes = defect == "language" ? new Wishes("1182", "tr") : Any;

        var matches = new Matcher(Spoiled(defect), []).Find(wishes, Monday, 8);

        Assert.Empty(matches.Candidates);
        Assert.Equal(binding, matches.Binding);
    }

    [Theory]
    [InlineData("somebody", true)]
    [InlineData("A-GGZ", false)]
    public void Who_is_left_of_two_duos_is_put_together_unless_it_is_one_person(string login, bool isFound)
    {
        var (one, other) = (ADuo("a", DayOfWeek.Tuesday), ADuo("b", DayOfWeek.Tuesday));
        Absence[] away = [.. new[] { one.Social, other.Mental }.Select(p => new Absence { Id = Guid.NewGuid(), ProfessionalId = p.Id, From = LongAgo })];
        var region = ARegion([one, (other.Duo, other.Mental, Copy(other.Social, login: login), other.Moment)], calendar: new RegionCalendar(away, [], [], new PublicHolidays()));

        var all = new Matcher(region, []).Find(Any, Monday, 1).Candidates;

        Assert.Equal(isFound, all.Count > 0);
        Assert.All(all, c => Assert.Equal((one.Mental.Id, other.Social.Id), (c.MentalHealthProfessionalId, c.SocialDomainProfessionalId)));
    }

    [Fact]
    public void An_agreement_counts_on_the_day_of_the_conversation()
    {
        var until = new DateOnly(2026, 12, 1);
        var all = new Matcher(ARegion([ADuo("a", DayOfWeek.Tuesday)], agreedUntil: until), []).Find(Any, Monday, 8, atMost: 100).Candidates;

        Assert.Equal([new DateOnly(2026, 11, 24), until], all.Select(c => DateOnly.FromDateTime(c.StartsAt.DateTime)).Distinct().Order());
    }

    [Fact]
    public void Who_is_taken_is_not_free_and_neither_is_the_evaluation_after_it()
    {
        var region = ARegion(ADuo("a", DayOfWeek.Tuesday));
        var free = new Matcher(region, []).Find(Any, Monday, 1).Candidates;
        var (somebodyElse, elsewhere) = (Guid.NewGuid(), Guid.NewGuid());

        var left = new Matcher(region, [new Taken(free[0].MentalHealthProfessionalId, somebodyElse, elsewhere, free[0].StartsAt)]).Find(Any, Monday, 1).Candidates;
        var overlapping = new Matcher(region, [new Taken(somebodyElse, free[0].SocialDomainProfessionalId, elsewhere, free[0].StartsAt.AddMinutes(100))]).Find(Any, Monday, 1).Candidates;

        Assert.Equal(2, free.Count);
        Assert.Equal([free[1].StartsAt], left.Select(c => c.StartsAt));
        Assert.Contains(new Reason(Reason.FillsHalfDay), left[0].Reasons);
        Assert.Empty(overlapping);
    }

    [Fact]
    public void A_location_has_room_for_one_conversation_at_a_time()
    {
        var region = ARegion(ADuo("a", DayOfWeek.Tuesday));
        var free = new Matcher(region, []).Find(Any, Monday, 1).Candidates;

        var left = new Matcher(region, [new Taken(Guid.NewGuid(), Guid.NewGuid(), free[0].LocationId, free[0].StartsAt)]).Find(Any, Monday, 1).Candidates;

        Assert.Equal([free[1].StartsAt], left.Select(c => c.StartsAt));
    }

    [Fact]
    public void When_everything_is_taken_that_is_the_rule_that_binds()
    {
        var region = ARegion(ADuo("a", DayOfWeek.Tuesday));
        var taken = new Matcher(region, []).Find(Any, Monday, 3).Candidates
            .Select(c => new Taken(c.MentalHealthProfessionalId, c.SocialDomainProfessionalId, c.LocationId, c.StartsAt)).ToList();

        var matches = new Matcher(region, taken).Find(Any, Monday, 3);

        Assert.Equal((0, BindingRule.AllMomentsTaken), (matches.Candidates.Count, matches.Binding));
    }

    [Theory]
    [InlineData(12, 30, 1)] // the second evaluation would end at 12:40
    [InlineData(12, 40, 2)]
    [InlineData(10, 45, 0)]
    public void The_evaluation_belongs_to_the_half_day_too(int hour, int minute, int conversations)
    {
        var (_, _, _, moment) = ADuo("a", DayOfWeek.Tuesday, until: new TimeOnly(hour, minute));

        Assert.Equal(conversations, Matcher.Starts(moment, new DateOnly(2026, 11, 24)).Count());
    }

    [Fact]
    public void The_hour_that_summer_time_skips_holds_no_conversation()
    {
        var (_, _, _, moment) = ADuo("a", DayOfWeek.Sunday, from: new TimeOnly(0, 40), until: new TimeOnly(6, 30));

        var starts = Matcher.Starts(moment, new DateOnly(2027, 3, 28))
            .Select(s => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(s, "Europe/Amsterdam").TimeOfDay);

        Assert.Equal([new TimeSpan(0, 40, 0), new TimeSpan(4, 20, 0)], starts); // 02:30 is not there on that day
    }

    [Theory]
    [InlineData(2027, 3, 28)]
    [InlineData(2026, 10, 25)]
    public void In_the_night_the_clock_changes_no_two_conversations_of_a_half_day_overlap(int year, int month, int day)
    {
        for (var minute = 0; minute < 240; minute += 10)
        {
            var (_, _, _, moment) = ADuo("a", DayOfWeek.Sunday, from: new TimeOnly(0, 0).AddMinutes(minute), until: new TimeOnly(12, 0));

            var starts = Matcher.Starts(moment, new DateOnly(year, month, day)).ToList();

            Assert.All(starts.Zip(starts.Skip(1)), two => Assert.True(two.Second - two.First >= Matcher.Slot));
        }
    }

    [Fact]
    public void On_a_public_holiday_nobody_is_planned()
    {
        var christmas = new DateOnly(2026, 12, 25);

        var all = new Matcher(ARegion(ADuo("a", DayOfWeek.Friday)), []).Find(Any, Monday, 8, atMost: 100).Candidates;

        Assert.Equal(12, all.Count); // two each on eight Fridays, less Christmas and New Year's Day
        Assert.DoesNotContain(christmas, all.Select(c => DateOnly.FromDateTime(c.StartsAt.DateTime)));
    }

    [Theory]
    [InlineData("ggz away")]
    [InlineData("sociaal away")]
    [InlineData("moment paused")]
    [InlineData("region closed")]
    public void Who_is_away_is_not_planned_and_comes_back(string what)
    {
        var (tuesday, next) = (new DateOnly(2026, 11, 24), new DateOnly(2026, 12, 1));
        var duo = ADuo("a", DayOfWeek.Tuesday);
        Absence[] away = what.EndsWith("away", StringComparison.Ordinal)
            ? [new() { Id = Guid.NewGuid(), ProfessionalId = what.StartsWith("ggz", StringComparison.Ordinal) ? duo.Mental.Id : duo.Social.Id, From = tuesday, Until = tuesday }]
            : [];
        MomentPause[] paused = what == "moment paused" ? [new() { Id = Guid.NewGuid(), FixedMomentId = duo.Moment.Id, From = tuesday, Until = tuesday }] : [];
        Holiday[] closed = what == "region closed" ? [new() { Id = Guid.NewGuid(), Name = "Studiedag", From = tuesday, Until = tuesday }] : [];

        var all = new Matcher(ARegion([duo], calendar: new RegionCalendar(away, paused, closed, new PublicHolidays())), []).Find(Any, Monday, 2, atMost: 100).Candidates;

        Assert.Equal([next], all.Select(c => DateOnly.FromDateTime(c.StartsAt.DateTime)).Distinct());
    }

    [Fact]
    public void A_registration_that_ends_counts_on_the_day_of_the_conversation()
    {
        var (duo, mental, social, moment) = ADuo("a", DayOfWeek.Tuesday);
        var until = new DateOnly(2026, 12, 1);

        var all = new Matcher(ARegion((duo, Copy(mental, registeredUntil: until), social, moment)), []).Find(Any, Monday, 8, atMost: 100).Candidates;

        Assert.Equal([new DateOnly(2026, 11, 24), until], all.Select(c => DateOnly.FromDateTime(c.StartsAt.DateTime)).Distinct().Order());
    }

    [Fact]
    public void A_location_with_two_rooms_has_room_for_two()
    {
        var region = ARegion([ADuo("a", DayOfWeek.Tuesday)], rooms: 2);
        var first = new Matcher(region, []).Find(Any, Monday, 1).Candidates[0];
        var other = new Taken(Guid.NewGuid(), Guid.NewGuid(), first.LocationId, first.StartsAt);

        var beside = new Matcher(region, [other]).Find(Any, Monday, 1).Candidates;
        var full = new Matcher(region, [other, other with { SocialDomainProfessionalId = Guid.NewGuid() }]).Find(Any, Monday, 1).Candidates;

        Assert.Equal((2, 1), (beside.Count, full.Count));
    }

    [Fact]
    public void Training_counts_from_the_day_after_it()
    {
        var (duo, mental, social, moment) = ADuo("a", DayOfWeek.Tuesday);
        var firstTuesday = new DateOnly(2026, 11, 24);

        var all = new Matcher(ARegion((duo, Copy(mental, trained: firstTuesday), social, moment)), []).Find(Any, Monday, 2).Candidates;

        Assert.Equal([firstTuesday.AddDays(7)], all.Select(c => DateOnly.FromDateTime(c.StartsAt.DateTime)).Distinct());
    }

    [Fact]
    public void A_duo_with_fewer_conversations_ahead_is_preferred()
    {
        var region = ARegion(ADuo("busy", DayOfWeek.Tuesday), ADuo("quiet", DayOfWeek.Tuesday));
        var busy = region.Duos[0];
        var taken = Enumerable.Range(2, 6).Select(w => new Taken(busy.MentalHealthProfessionalId, busy.SocialDomainProfessionalId, Guid.NewGuid(), Monday.AddDays(w * 7))).ToList();

        var best = new Matcher(region, taken).Find(Any, Monday, 8).Candidates[0];

        Assert.Equal(region.Duos[1].Id, best.DuoId);
    }

    [Theory]
    [InlineData("nl-BE", true)]
    [InlineData("NL", true)]
    [InlineData("tr-TR", false)]
    public void A_language_counts_without_its_region(string language, bool isSpoken)
    {
        var (duo, mental, social, moment) = ADuo("a", DayOfWeek.Tuesday);

        var dutch = new Matcher(ARegion((duo, mental, social, moment)), []).Find(new Wishes("1182", language), Monday, 8);
        var turkish = new Matcher(ARegion((duo, mental, Copy(social, languages: "nl tr"), moment)), []).Find(new Wishes("1182", language), Monday, 8);

        Assert.Equal(isSpoken, dutch.Candidates.Count > 0);
        Assert.Equal(!isSpoken, turkish.Candidates[0].Reasons.Contains(new Reason(Reason.SpeaksLanguage)));
    }

    [Fact]
    public void An_unknown_postcode_is_no_obstacle()
    {
        var best = new Matcher(ARegion(ADuo("a", DayOfWeek.Tuesday)), []).Find(new Wishes(null, null), Monday, 8).Candidates[0];

        Assert.Contains(new Reason(Reason.DistanceUnknown), best.Reasons);
    }

    [Theory]
    [InlineData(2026, 10, 23, 7)] // summer time: nine o'clock is seven UTC
    [InlineData(2026, 10, 30, 8)] // winter time
    [InlineData(2027, 3, 26, 8)]
    [InlineData(2027, 4, 2, 7)]
    public void A_half_day_keeps_its_local_time_over_the_change_of_the_clock(int year, int month, int day, int hour)
    {
        var (_, _, _, moment) = ADuo("a", DayOfWeek.Friday);

        var starts = Matcher.Starts(moment, new DateOnly(year, month, day)).ToList();

        Assert.Equal([hour, hour + 1], starts.Select(s => s.UtcDateTime.Hour)); // 09:00 and 10:50
        Assert.Equal([0, 50], starts.Select(s => s.Minute));
    }

    private static Region Spoiled(string defect)
    {
        var (duo, mental, social, moment) = ADuo("a", DayOfWeek.Tuesday);
        return defect switch
        {
            "same organisation" => ARegion((duo, mental, Copy(social, organisation: mental.OrganisationId), moment)),
            "same login" => ARegion((duo, mental, Copy(social, login: mental.Login.ToUpperInvariant()), moment)),
            "two of one side" => ARegion((duo, mental, Copy(social, discipline: Discipline.MentalHealth), moment)),
            "no training" => ARegion((duo, Copy(mental, hasTraining: false), social, moment)),
            "no e-learning" => ARegion((duo, mental, Copy(social, hasELearning: false), moment)),
            "training later than the horizon" => ARegion((duo, Copy(mental, trained: new DateOnly(2027, 6, 1)), social, moment)),
            "no agreement" => ARegion([(duo, mental, social, moment)], isAgreed: false),
            "agreement ended" => ARegion([(duo, mental, social, moment)], agreedUntil: new DateOnly(2026, 11, 23)),
            "language" => ARegion((duo, mental, social, moment)),
            _ => ARegion((duo, mental, social, new FixedMoment { Id = moment.Id, DuoId = Guid.NewGuid(), LocationId = moment.LocationId, Day = moment.Day, From = moment.From, Until = moment.Until, ValidFrom = moment.ValidFrom })),
        };
    }

    private static readonly (Guid One, Guid Other) Organisations = (Guid.NewGuid(), Guid.NewGuid());

    private static (Duo Duo, Professional Mental, Professional Social, FixedMoment Moment) ADuo(string name, DayOfWeek day, double latitude = 52.31, TimeOnly? from = null, TimeOnly? until = null)
    {
        var (mental, social) = (APerson($"{name}-ggz", Discipline.MentalHealth), APerson($"{name}-sociaal", Discipline.SocialDomain));
        var duo = new Duo { Id = Guid.NewGuid(), MentalHealthProfessionalId = mental.Id, SocialDomainProfessionalId = social.Id };
        return (duo, mental, social, new FixedMoment
        {
            Id = Guid.NewGuid(),
            DuoId = duo.Id,
            LocationId = new Guid((int)(latitude * 100), 0, 0, new byte[8]),
            Day = day,
            From = from ?? new TimeOnly(9, 0),
            Until = until ?? new TimeOnly(12, 45),
            ValidFrom = LongAgo,
        });
    }

    private static Professional APerson(string name, Discipline discipline) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        Discipline = discipline,
        Profession = "verkenner",
        Telephone = "020 555 0000",
        Login = name,
        Languages = "nl",
        OrganisationId = discipline is Discipline.MentalHealth ? Organisations.One : Organisations.Other,
        ELearningDoneOn = LongAgo,
        TrainingDoneOn = LongAgo,
    };

    private static Professional Copy(
        Professional p, Guid? organisation = null, Discipline? discipline = null, bool hasTraining = true, bool hasELearning = true,
        DateOnly? trained = null, string? languages = null, DateOnly? registeredUntil = null, string? login = null) => new()
        {
            Id = p.Id,
            Name = p.Name,
            Discipline = discipline ?? p.Discipline,
            Profession = p.Profession,
            Telephone = p.Telephone,
            Login = login ?? p.Login,
            Languages = languages ?? p.Languages,
            OrganisationId = organisation ?? p.OrganisationId,
            ELearningDoneOn = hasELearning ? p.ELearningDoneOn : null,
            RegisteredUntil = registeredUntil ?? p.RegisteredUntil,
            TrainingDoneOn = hasTraining ? trained ?? p.TrainingDoneOn : null,
        };

    private static Region ARegion(params (Duo Duo, Professional Mental, Professional Social, FixedMoment Moment)[] duos) => ARegion(duos, true);

    private static Region ARegion(
        (Duo Duo, Professional Mental, Professional Social, FixedMoment Moment)[] duos, bool isAgreed = true, DateOnly? agreedUntil = null,
        RegionCalendar? calendar = null, int rooms = 1) => new(
        [new Organisation { Id = Organisations.One, Name = "GGZ" }, new Organisation { Id = Organisations.Other, Name = "Welzijn" }],
        isAgreed ? [new Agreement { Id = Guid.NewGuid(), OneOrganisationId = Organisations.Other, OtherOrganisationId = Organisations.One, From = LongAgo, Until = agreedUntil }] : [],
        [.. duos.SelectMany(d => new[] { d.Mental, d.Social })],
        [.. duos.Select(d => d.Moment.LocationId).Distinct().Select(id => new Location { Id = id, Name = "Hier", Address = "Plein 1", Latitude = BitConverter.ToInt32(id.ToByteArray()) / 100.0, Longitude = 4.86, IsWheelchairAccessible = true, Rooms = rooms })],
        [.. duos.Select(d => d.Duo)], [.. duos.Select(d => d.Moment)],
        [new PostcodeArea { Digits = "1182", Latitude = 52.31, Longitude = 4.86 }], calendar);
}
