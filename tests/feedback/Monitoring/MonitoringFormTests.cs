using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Monitoring;

namespace VGIntegration.Feedback.Tests.Monitoring;

public sealed class MonitoringFormTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 8, 10, 50, 0, TimeSpan.Zero);

    private static readonly DuoAnswers Whole = new() { Place = Place.Home, Setting = Setting.InPerson, NextSteps = NextSteps.Self };

    [Fact]
    public void A_form_with_something_missing_is_not_sent_in_unless_that_was_not_to_be_had()
    {
        var form = AForm();
        form.Write(Discipline.MentalHealth, Whole, 3);

        Assert.Equal([Missing.ResidentTurn, Missing.SocialDomainExperience], form.Missing);
        Assert.Throws<RuleBrokenException>(() => form.SendIn([Missing.ResidentTurn], 1, Now));
        form.SendIn([Missing.ResidentTurn, Missing.SocialDomainExperience], 1, Now);
        Assert.Equal(ResidentTurn.NotOffered, form.Turn);
    }

    [Fact]
    public void Place_setting_and_next_step_are_always_to_be_had()
    {
        var form = AForm();
        form.Write(Discipline.MentalHealth, Whole with { Place = null }, 3);

        Assert.Throws<RuleBrokenException>(() => form.SendIn(Enum.GetValues<Missing>(), 1, Now));
    }

    [Fact]
    public void What_was_sent_in_changes_only_by_a_correction_with_a_reason()
    {
        var form = Sent();

        Assert.Throws<RuleBrokenException>(() => form.Answer(1, 1));
        Assert.Throws<RuleBrokenException>(() => form.Write(Discipline.MentalHealth, Whole, 1));
        Assert.Throws<RuleBrokenException>(() => form.SendIn([], 2, Now));
        Assert.Throws<RuleBrokenException>(() => form.Correct(Discipline.MentalHealth, (Whole, 1), "", 2, Now));
        Assert.Throws<RuleBrokenException>(() => form.Correct(Discipline.MentalHealth, (new DuoAnswers(), 1), "te vroeg", 2, Now));
        Assert.Throws<RuleBrokenException>(() => AForm().Correct(Discipline.MentalHealth, (Whole, 1), "te vroeg", 2, Now));
    }

    [Fact]
    public void A_correction_leaves_the_experience_of_the_other_and_of_the_resident()
    {
        var form = Sent();

        form.Correct(Discipline.SocialDomain, (Whole with { Place = Place.Elsewhere }, null), "andere plek", 2, Now);

        Assert.Equal((3, 4, 5, Place.Elsewhere, 2), (form.MentalHealthExperience, form.SocialDomainExperience, form.ResidentExperience, form.Duo.Place, form.Position));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void An_experience_is_a_number_from_1_to_5(int score)
    {
        Assert.Throws<RuleBrokenException>(() => AForm().Answer(score, null));
        Assert.Throws<RuleBrokenException>(() => AForm().Write(Discipline.MentalHealth, Whole, score));
    }

    private static MonitoringForm AForm() => MonitoringForm.Open(Guid.NewGuid(), new(2026, 12, 8));

    private static MonitoringForm Sent()
    {
        var form = AForm();
        form.Answer(5, null);
        form.Write(Discipline.MentalHealth, Whole, 3);
        form.Write(Discipline.SocialDomain, Whole, 4);
        form.SendIn([], 1, Now);
        return form;
    }
}
