using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;
using Xunit;

namespace VGIntegration.Feedback.Tests.Advising;

public sealed class AdviceTests
{
    private static readonly DateTimeOffset Now = Examples.Day.AddDays(1);

    public static TheoryData<bool, bool, string?, bool?, bool> EveryCombination()
    {
        var all = new TheoryData<bool, bool, string?, bool?, bool>();
        foreach (var (mentalHealth, socialDomain, textFirst) in from m in Bools from s in Bools from t in Bools select (m, s, t))
        {
            foreach (var (opinion, shares) in from o in new string?[] { null, nameof(Opinion.Agrees), nameof(Opinion.Disagrees) } from b in new bool?[] { null, true, false } select (o, b))
            {
                all.Add(mentalHealth, socialDomain, opinion, shares, textFirst);
            }
        }

        return all;
    }

    private static bool[] Bools => [true, false];

    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void Only_three_marks_and_a_known_consent_make_it_final(bool mentalHealth, bool socialDomain, string? opinion, bool? shares, bool residentFirst)
    {
        var advice = Examples.AnAdvice(sharesWithGp: null, isSigned: false);
        var answer = () => Record.Exception(() => advice.Answer(
            new() { Opinion = opinion is null ? null : Enum.Parse<Opinion>(opinion), SharesWithGp = shares, Words = "Ik zie het zo.", AnsweredBy = "ggz" }, Now));

        var refused = residentFirst ? answer() : null;
        foreach (var login in new[] { mentalHealth ? "ggz" : null, socialDomain ? "sociaal" : null }.OfType<string>())
        {
            advice.Sign(login, Now);
        }

        refused ??= residentFirst ? null : answer();

        var isAnswered = opinion is not null && shares is not null;
        Assert.Equal(isAnswered, refused is null);
        Assert.Equal(mentalHealth && socialDomain && isAnswered, advice.IsFinal);
        Assert.Equal(advice.IsFinal ? 1 : 0, advice.Editions.Count);
        Assert.Equal(advice.IsFinal && shares is true ? Examples.Situation[..10] : null, (advice.Editions is [.., var last] ? last : null)?.TextForGp?.Situation[..10]);
        Assert.Equal(advice.IsFinal ? null : typeof(RuleBrokenException), Record.Exception(() => Delivery.Of(advice, 1, null, Now))?.GetType());
    }

    [Theory]
    [InlineData(true, null, false)]
    [InlineData(false, null, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    public void What_the_huisarts_will_read_has_a_text(bool shares, bool? isContactChosen, bool mayBeEmpty)
    {
        var advice = Examples.AnAdvice(new AdviceText(), sharesWithGp: null, isSigned: false);
        advice.Write(new AdviceText(), new(), isContactChosen is true ? Examples.MentalHealth : null, Now);

        var refused = Record.Exception(() => advice.Answer(new() { Opinion = Opinion.Agrees, SharesWithGp = shares }, Now));

        Assert.Equal(mayBeEmpty, refused is null);
    }

    [Fact]
    public void Who_disagrees_says_what_is_otherwise()
    {
        var advice = Examples.AnAdvice(isSigned: false);

        Assert.Throws<RuleBrokenException>(() => advice.Answer(new() { Opinion = Opinion.Disagrees, SharesWithGp = true }, Now));
        advice.Answer(new() { Opinion = Opinion.Disagrees, DisagreesOn = AdvicePart.Wishes, Words = "Ik wil wel werken.", SharesWithGp = true }, Now);

        Assert.Equal((AdvicePart.Wishes, "Ik wil wel werken."), (advice.Resident.DisagreesOn, advice.Resident.Words));
    }

    [Theory]
    [InlineData("ggz")]
    [InlineData("sociaal")]
    [InlineData("inwoner")]
    public void Who_marked_the_old_text_has_not_marked_the_new_one(string who)
    {
        var advice = Examples.AnAdvice(isSigned: false);
        if (who == "inwoner")
        {
            advice.Answer(new() { Opinion = Opinion.Agrees, SharesWithGp = true }, Now);
        }
        else
        {
            advice.Sign(who, Now);
        }

        advice.Write(advice.Text with { Wishes = "Iets anders." }, advice.Proposed, advice.ContactId, Now);

        Assert.False(advice.HasMarks);
        Assert.Equal(who == "inwoner" ? true : null, advice.Resident.SharesWithGp);
    }

    [Fact]
    public void Saving_the_same_text_again_leaves_a_signature_standing()
    {
        var advice = Examples.AnAdvice(isSigned: false);
        advice.Sign("ggz", Now);
        var version = advice.Version;

        advice.Write(advice.Text with { }, advice.Proposed with { }, advice.ContactId, Now);

        Assert.True(advice.MentalHealth.HasSigned);
        Assert.Equal(version, advice.Version);
    }

    [Fact]
    public void A_final_advice_cannot_be_changed_or_signed_again()
    {
        var advice = Examples.AnAdvice();

        Assert.Throws<RuleBrokenException>(() => advice.Write(new AdviceText(), new(), null, Now));
        Assert.Throws<RuleBrokenException>(() => advice.Sign("ggz", Now));
        Assert.Throws<RuleBrokenException>(() => advice.Answer(new() { Opinion = Opinion.Agrees, SharesWithGp = true }, Now));
        Assert.True(advice.IsFinal);
    }

    [Fact]
    public void Nobody_signs_twice_or_for_another()
    {
        var advice = Examples.AnAdvice(isSigned: false);
        advice.Sign("ggz", Now);

        Assert.Throws<RuleBrokenException>(() => advice.Sign("ggz", Now));
        Assert.Throws<RuleBrokenException>(() => advice.Sign("iemand", Now));
        Assert.False(advice.IsFinal);
    }

    [Fact]
    public void The_resident_calls_one_of_the_two_and_never_somebody_else()
    {
        var advice = Examples.AnAdvice(isSigned: false);

        Assert.Throws<RuleBrokenException>(() => advice.Write(advice.Text, advice.Proposed, Guid.NewGuid(), Now));
    }

    [Fact]
    public void A_referral_that_is_proposed_says_why_before_anybody_marks_it()
    {
        var advice = Examples.AnAdvice(isSigned: false, proposed: new() { Care = ProposedCare.BasicCare });

        Assert.Throws<RuleBrokenException>(() => advice.Sign("ggz", Now));
    }

    [Fact]
    public void A_correction_opens_a_next_edition_and_leaves_the_first_as_it_was()
    {
        var advice = Examples.AnAdvice();
        var first = advice.Editions[0];

        Assert.Throws<RuleBrokenException>(() => advice.Correct(" ", Now));
        advice.Correct("Het telefoonnummer klopte niet.", Now);
        advice.Write(advice.Text with { Agreements = "Bellen op maandag." }, advice.Proposed, advice.ContactId, Now);
        advice.Sign("ggz", Now);
        advice.Sign("sociaal", Now);

        Assert.False(advice.IsFinal);
        advice.Answer(new() { Opinion = Opinion.Agrees, SharesWithGp = true }, Now);
        Assert.Equal([1, 2], advice.Editions.Select(e => e.Number));
        Assert.Equal((Examples.Text.Agreements, "Bellen op maandag."), (first.Text.Agreements, advice.Editions[1].Text.Agreements));
        Assert.Equal("Het telefoonnummer klopte niet.", advice.Editions[1].Correction);
    }

    [Fact]
    public void What_should_never_have_existed_is_marked_and_writing_begins_anew()
    {
        var advice = Examples.AnAdvice();

        advice.Retract("Dit ging over iemand anders.", Now);

        Assert.Equal(Now, advice.Editions[0].RetractedAt);
        Assert.True(advice.Text.IsEmpty);
        Assert.False(advice.HasMarks);
        Assert.Null(advice.Resident.SharesWithGp);
        Assert.Equal((2, false), (advice.Edition, advice.IsFinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_resident_may_think_otherwise_after_the_end_and_nobody_signs_again(bool sharedFirst)
    {
        var advice = Examples.AnAdvice(sharesWithGp: sharedFirst);

        advice.ChangeSharing(!sharedFirst, ResidentMark.ByLink, Now);
        advice.ChangeSharing(!sharedFirst, ResidentMark.ByLink, Now);

        Assert.True(advice.IsFinal);
        Assert.Equal([sharedFirst, !sharedFirst], advice.Editions.Select(e => e.TextForGp is not null));
        Assert.Equal(2, advice.Edition);
    }

    [Fact]
    public void Consent_withdrawn_while_a_correction_is_written_does_not_wait_for_it()
    {
        var advice = Examples.AnAdvice();
        advice.Correct("Het telefoonnummer klopte niet.", Now);
        advice.Write(advice.Text with { Agreements = "Half af" }, advice.Proposed, advice.ContactId, Now);

        advice.ChangeSharing(false, ResidentMark.ByLink, Now);

        Assert.Equal([true, false], advice.Editions.Select(e => e.TextForGp is not null));
        Assert.Equal(Examples.Text.Agreements, advice.Editions[1].Text.Agreements);
        Assert.Equal((3, false, "Half af"), (advice.Edition, advice.IsFinal, advice.Text.Agreements));
    }

    [Fact]
    public void Consent_can_be_the_last_mark()
    {
        var advice = Examples.AnAdvice(isSigned: false);
        advice.Answer(new() { Opinion = Opinion.Agrees, SharesWithGp = true }, Now);
        advice.ChangeSharing(false, ResidentMark.ByLink, Now);
        advice.Sign("ggz", Now);
        advice.Sign("sociaal", Now);

        Assert.Null(Assert.Single(advice.Editions).TextForGp);
    }

    [Fact]
    public void One_person_is_not_a_duo() => Assert.Throws<RuleBrokenException>(() => Advice.Open(
        Guid.NewGuid(), (Guid.NewGuid(), Now, Now), (new Author(Guid.NewGuid(), "ggz"), new Author(Guid.NewGuid(), "ggz")), Now));
}
