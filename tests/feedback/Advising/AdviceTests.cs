using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Returning;
using Xunit;

namespace VGIntegration.Feedback.Tests.Advising;

public sealed class AdviceTests
{
    private static readonly DateTimeOffset Now = Examples.Day.AddDays(1);

    [Theory]
    [InlineData(null, true, false)]
    [InlineData(null, false, false)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    [InlineData(false, false, true)]
    public void Who_signs_knows_what_the_resident_wants_and_what_the_huisarts_will_read(bool? agrees, bool hasText, bool canSign)
    {
        var advice = Examples.AnAdvice(hasText ? Examples.Text : new AdviceText(), agrees, isSigned: false);

        var refused = Record.Exception(() => advice.Sign("ggz", Now));

        Assert.Equal(canSign, refused is null);
        Assert.Equal(canSign, advice.MentalHealth.HasSigned);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void An_advice_is_final_when_both_have_signed(bool mentalHealth, bool socialDomain, bool isFinal)
    {
        var advice = Examples.AnAdvice(isSigned: false);

        foreach (var login in new[] { mentalHealth ? "ggz" : null, socialDomain ? "sociaal" : null }.OfType<string>())
        {
            advice.Sign(login, Now);
        }

        Assert.Equal((mentalHealth, socialDomain, isFinal), (advice.MentalHealth.HasSigned, advice.SocialDomain.HasSigned, advice.IsFinal));
        Assert.Equal(isFinal ? null : typeof(RuleBrokenException), Record.Exception(() => Delivery.Of(advice, null, Now))?.GetType());
    }

    [Theory]
    [InlineData("ggz", false)]
    [InlineData("ggz", true)]
    [InlineData("sociaal", false)]
    [InlineData("sociaal", true)]
    public void Who_signed_the_old_text_has_not_signed_the_new_one(string login, bool changesConsent)
    {
        var advice = Examples.AnAdvice(isSigned: false);
        advice.Sign(login, Now);

        advice.Write(changesConsent ? advice.Text : advice.Text with { Wishes = "Iets anders." }, !changesConsent, Now);

        Assert.DoesNotContain(advice.Authors, a => a.HasSigned);
    }

    [Fact]
    public void Saving_the_same_text_again_leaves_a_signature_standing()
    {
        var advice = Examples.AnAdvice(isSigned: false);
        advice.Sign("ggz", Now);
        var version = advice.Version;

        advice.Write(advice.Text with { }, advice.ResidentAgrees, Now);

        Assert.True(advice.MentalHealth.HasSigned);
        Assert.Equal(version, advice.Version);
    }

    [Fact]
    public void A_final_advice_cannot_be_changed_or_signed_again()
    {
        var advice = Examples.AnAdvice();

        Assert.Throws<RuleBrokenException>(() => advice.Write(advice.Text, advice.ResidentAgrees, Now));
        Assert.Throws<RuleBrokenException>(() => advice.Write(new AdviceText(), false, Now));
        Assert.Throws<RuleBrokenException>(() => advice.Sign("ggz", Now));
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
    public void One_person_is_not_a_duo() => Assert.Throws<RuleBrokenException>(() => Advice.Open(
        Guid.NewGuid(), (Guid.NewGuid(), Now, Now), (new Author(Guid.NewGuid(), "ggz"), new Author(Guid.NewGuid(), "ggz")), Now));
}
