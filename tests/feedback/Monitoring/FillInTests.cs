using Microsoft.EntityFrameworkCore;
using VGIntegration.Feedback.Monitoring;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Monitoring;

public sealed class FillInTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private AfterTheConversation _after = null!;

    public async ValueTask InitializeAsync()
    {
        _feedback = await FeedbackHost.Start();
        _after = await AfterTheConversation.In(_feedback);
    }

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task A_form_is_saved_in_part_and_comes_back_as_it_was()
    {
        var saved = await _after.Save("ggz", ("Form.Place", "thuis"), ("Form.NextSteps", "zelf"), ("Form.NextSteps", "overbrugging"), ("Form.Own", "2"));

        var form = saved.Form("Form.Version");
        Assert.Contains("Bewaard. U kunt later verdergaan.", saved.Text, StringComparison.Ordinal);
        Assert.Equal(("thuis", null, "2"), (form["Form.Place"], form["Form.Setting"], form["Form.Own"]));
        Assert.Equal(["zelf", "overbrugging"], form.Fields.Where(f => f.Key == "Form.NextSteps").Select(f => f.Value));
        Assert.False((await _after.Stored()).IsSent);
    }

    [Fact]
    public async Task Each_professional_fills_in_the_own_experience_and_does_not_see_the_other()
    {
        await _after.Save("ggz", ("Form.Own", "2"));

        var his = await _after.Save("sociaal", ("Form.Own", "5"));

        var form = await _after.Stored();
        Assert.Equal((2, 5), (form.MentalHealthExperience, form.SocialDomainExperience));
        Assert.Equal("5", his.Form("Form.Version")["Form.Own"]);
    }

    [Fact]
    public async Task What_is_missing_is_said_all_at_once_and_what_was_typed_stays()
    {
        var page = await _after.Save("ggz", ("Form.Learned", "Rustig beginnen."), ("Send", "true"));

        Assert.Contains("Kies waar het gesprek was", page.Text, StringComparison.Ordinal);
        Assert.Contains("Kies hoe u elkaar sprak", page.Text, StringComparison.Ordinal);
        Assert.Contains("Kies hoe de inwoner verdergaat", page.Text, StringComparison.Ordinal);
        Assert.Contains("Kies hoe u het gesprek zelf vond", page.Text, StringComparison.Ordinal);
        Assert.Contains("De inwoner heeft nog niets ingevuld", page.Text, StringComparison.Ordinal);
        Assert.Contains("Uw duopartner heeft de eigen ervaring nog niet ingevuld", page.Text, StringComparison.Ordinal);
        Assert.Equal("Rustig beginnen.", page.Form("Form.Version")["Form.Learned"]);
        Assert.Equal(0, await _feedback.InDatabase(db => db.MonitoringForms.CountAsync()));
    }

    [Fact]
    public async Task A_form_that_everybody_filled_in_is_sent_and_is_off_the_list_of_both()
    {
        var sent = await _after.IsSentIn();

        Assert.Contains("Dit formulier is verstuurd op 8 december 2026", sent.Text, StringComparison.Ordinal);
        var form = await _after.Stored();
        Assert.Equal((_feedback.Clock.GetUtcNow(), NextSteps.Network | NextSteps.SocialDomain), (form.SentAt, form.Duo.NextSteps));
        foreach (var login in new[] { "ggz", "sociaal" })
        {
            using var person = _after.Professional(login);
            Assert.Contains("U hebt nu geen formulier in te vullen", (await person.Open("/feedback")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Until_then_the_conversation_stays_on_the_list_and_says_how_far_it_is()
    {
        using var ggz = _after.Professional("ggz");
        var begin = (await ggz.Open("/feedback")).Text;
        await _after.ResidentAnswers("3", "3");
        var begun = (await ggz.Open("/feedback")).Text;
        await _after.Save("ggz", [.. AfterTheConversation.Shared, ("Form.Own", "3")]);

        var waits = await ggz.Open("/feedback");

        Assert.Contains("nog niet begonnen", begin, StringComparison.Ordinal);
        Assert.Contains("begonnen", begun, StringComparison.Ordinal);
        Assert.DoesNotContain("nog niet begonnen", begun, StringComparison.Ordinal);
        Assert.Contains("wacht op uw duopartner", waits.Text, StringComparison.Ordinal);
        Assert.Equal(_after.FormPath, waits.Link("formulier bij het gesprek").AbsolutePath);
    }

    [Fact]
    public async Task Who_cannot_be_heard_any_more_does_not_keep_the_form_open()
    {
        var sent = await _after.Save(
            "ggz", [.. AfterTheConversation.Shared, ("Form.Own", "3"), ("Form.WithoutResident", "true"), ("Form.WithoutPartner", "true"), ("Send", "true")]);

        Assert.Contains("Dit formulier is verstuurd", sent.Text, StringComparison.Ordinal);
        var form = await _after.Stored();
        Assert.Equal((ResidentTurn.NotOffered, 3, null), (form.Turn, form.MentalHealthExperience, form.SocialDomainExperience));
    }

    [Fact]
    public async Task Of_two_who_write_at_once_the_second_is_told_and_keeps_what_was_typed()
    {
        using var social = _after.Professional("sociaal");
        var his = await social.Open(_after.FormPath);
        await _after.Save("ggz", ("Form.Place", "thuis"), ("Form.Own", "2"));

        var told = await social.Submit(his.Form("Form.Version"), ("Form.Place", "elders"), ("Form.Learned", "Mijn zin."), ("Form.Own", "5"));
        var between = await _after.Stored();
        await social.Submit(told.Form("Form.Version"));

        Assert.Contains("Uw duopartner was u net voor", told.Text, StringComparison.Ordinal);
        Assert.Contains("Thuis bij de inwoner", told.Text, StringComparison.Ordinal);
        Assert.Equal(("elders", "Mijn zin."), (told.Form("Form.Version")["Form.Place"], told.Form("Form.Version")["Form.Learned"]));
        Assert.Equal((Place.Home, null), (between.Duo.Place, between.SocialDomainExperience));
        var form = await _after.Stored();
        Assert.Equal((Place.Elsewhere, 2, 5), (form.Duo.Place, form.MentalHealthExperience, form.SocialDomainExperience));
    }

    [Fact]
    public async Task The_resident_and_the_duo_are_at_it_at_once_and_neither_is_told_nor_loses_anything()
    {
        using var social = _after.Professional("sociaal");
        var his = await social.Open(_after.FormPath);
        await _after.ResidentAnswers("5", "5");

        var saved = await social.Submit(his.Form("Form.Version"), ("Form.Place", "elders"));

        Assert.Contains("Bewaard", saved.Text, StringComparison.Ordinal);
        var form = await _after.Stored();
        Assert.Equal((Place.Elsewhere, 5), (form.Duo.Place, form.ResidentExperience));
    }

    [Fact]
    public async Task Many_forms_sent_in_at_the_same_moment_stand_in_one_line_without_a_gap()
    {
        List<AfterTheConversation> all = [];
        for (var i = 0; i < 6; i++)
        {
            var one = await AfterTheConversation.In(_feedback);
            await one.Save("ggz", [.. AfterTheConversation.Shared, ("Form.Own", "3")]);
            all.Add(one);
        }

        await Task.WhenAll(all.Select(one => one.Save("sociaal", ("Form.Own", "4"), ("Form.WithoutResident", "true"), ("Send", "true"))));

        var positions = await _feedback.InDatabase(db => db.MonitoringForms.Where(f => f.SentAt != null).Select(f => f.Position).Order().ToListAsync());
        Assert.Equal(Enumerable.Range(positions[0]!.Value, 6), positions.Select(p => p!.Value));
    }

    [Theory]
    [InlineData("Zij woont op 1185 ZZ.", "postcode")]
    [InlineData("Bel 020 - 123 45 67 terug.", "nummer")]
    [InlineData("Nummer 999911120.", "nummer")]
    [InlineData("Mail i.verzonnen@voorbeeld.test", "e-mailadres")]
    [InlineData("Geboren op 29-02-1984.", "datum")]
    public async Task What_leads_to_a_person_is_given_back_before_it_is_stored(string learned, string what)
    {
        var page = await _after.Save("ggz", ("Form.Place", "thuis"), ("Form.Learned", learned));

        Assert.Contains(what, page.Text, StringComparison.Ordinal);
        Assert.Equal(learned, page.Form("Form.Version")["Form.Learned"]);
        Assert.Equal(0, await _feedback.InDatabase(db => db.MonitoringForms.CountAsync()));
    }

    [Fact]
    public async Task Ordinary_sentences_with_numbers_are_no_fault()
    {
        await _after.Save("ggz", ("Form.Learned", "In 2026 duurde het 75 tot 90 minuten; om 10.00 uur begonnen, 3 van de 5 keer."));

        Assert.StartsWith("In 2026", (await _after.Stored()).Duo.Learned, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("geen-vervolg", "zelf")]
    [InlineData("nog-niet-bekend", "geen-vervolg")]
    public async Task No_follow_up_and_a_step_beside_it_is_a_contradiction(string one, string other)
    {
        var page = await _after.Save("ggz", ("Form.NextSteps", one), ("Form.NextSteps", other));

        Assert.Contains("Kies een van de twee", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rubbish_in_the_fields_is_no_answer_and_no_error()
    {
        var page = await _after.Save(
            "ggz", ("Form.Place", "maan"), ("Form.Own", "99"), ("Form.NextSteps", "<script>"), ("Form.Version", "nul"), ("Form.Learned", "=1+1"));

        Assert.Contains("Bewaard", page.Text, StringComparison.Ordinal);
        var form = await _after.Stored();
        Assert.Equal((null, null, NextSteps.None, "=1+1"), (form.Duo.Place, form.MentalHealthExperience, form.Duo.NextSteps, form.Duo.Learned));
    }

    [Fact]
    public async Task A_correction_says_why_and_is_kept_beside_what_it_corrects()
    {
        await _after.IsSentIn();
        var refused = await _after.Save("ggz", ("Form.Place", "thuis"));

        var corrected = await _after.Save("ggz", ("Form.Place", "thuis"), ("Form.Reason", "Verkeerd aangekruist"));

        Assert.Contains("Schrijf kort waarom u dit verbetert", refused.Text, StringComparison.Ordinal);
        Assert.Contains("De verbetering is bewaard", corrected.Text, StringComparison.Ordinal);
        Assert.Contains("Verkeerd aangekruist", corrected.Text, StringComparison.Ordinal);
        var form = await _after.Stored();
        Assert.Equal((Place.Home, 4, "Verkeerd aangekruist"), (form.Duo.Place, form.ResidentExperience, form.Corrections.Single().Reason));
        Assert.Equal(1, await _feedback.InDatabase(db => db.Audit.CountAsync(a => a.Why == "monitoring-correct")));
    }

    [Fact]
    public async Task Who_still_typed_when_the_other_sent_is_told_and_nothing_of_it_is_changed()
    {
        await _after.ResidentAnswers("4", "4");
        await _after.Save("sociaal", ("Form.Own", "4"));
        using var social = _after.Professional("sociaal");
        var his = await social.Open(_after.FormPath);
        await _after.Save("ggz", [.. AfterTheConversation.Shared, ("Form.Own", "3"), ("Send", "true")]);

        var told = await social.Submit(his.Form("Form.Version"), ("Form.Place", "elders"));

        Assert.Contains("Uw duopartner was u net voor", told.Text, StringComparison.Ordinal);
        Assert.Equal("elders", told.Form("Form.Version")["Form.Place"]);
        Assert.Equal(Place.CommunityCentre, (await _after.Stored()).Duo.Place);
    }
}
