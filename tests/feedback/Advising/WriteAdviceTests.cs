using System.Net;
using Microsoft.EntityFrameworkCore;
using UglyToad.PdfPig;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Advising;
using VGIntegration.Feedback.Printing;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Advising;

public sealed class WriteAdviceTests : IAsyncLifetime
{
    private const string Situation = "Form.Text[Situation]";
    private const string Wishes = "Form.Text[Wishes]";

    private FeedbackHost _feedback = null!;

    public async ValueTask InitializeAsync() => _feedback = await FeedbackHost.Start();

    public ValueTask DisposeAsync() => _feedback.DisposeAsync();

    [Fact]
    public async Task A_conversation_held_opens_one_advice_however_often_it_is_told()
    {
        var held = Examples.Held();
        var messageId = Guid.NewGuid();

        await _feedback.Tell(held, messageId);
        await _feedback.Tell(held, messageId);
        await _feedback.Tell(held, Guid.NewGuid());

        var advice = await _feedback.InDatabase(db => db.Advices.SingleAsync());
        Assert.Equal(("ggz", "sociaal"), (advice.MentalHealth.Login, advice.SocialDomain.Login));
        Assert.Equal((held.StartsAt, held.EndsAt), (advice.StartsAt, advice.EndsAt));
    }

    [Fact]
    public async Task A_log_in_that_the_registry_spells_with_capitals_is_the_same_person()
    {
        var held = Examples.Held(await _feedback.AConversationHeld());
        var other = held with { ReferralId = Guid.NewGuid(), Professionals = [held.Professionals[0] with { Login = "GGZ" }, held.Professionals[1]] };
        await _feedback.Tell(other, Guid.NewGuid());
        using var ggz = PageClient.LoggedInAs(_feedback.App, "Ggz", "professional");

        var list = await ggz.Open("/feedback");

        Assert.Contains(other.ReferralId.ReferralCode(), list.Text, StringComparison.Ordinal);
        Assert.Contains("Advies schrijven", (await ggz.Open(await _feedback.PathOf(other.ReferralId))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BasicCare", null, true)]
    [InlineData("SpecialisedCare", null, true)]
    [InlineData("SpecialisedCare", "NotNeeded", false)]
    [InlineData("SocialDomain", null, false)]
    public async Task Who_writes_of_the_ggz_says_whether_the_huisarts_must_refer(string part, string? care, bool isAsked)
    {
        var referralId = await _feedback.AConversationHeld();

        var page = await _feedback.Write(referralId, "ggz", ($"Form.Text[{part}]", "Dat past hier."), ("Form.Care", care));

        Assert.Equal(isAsked, page.Text.Contains("Kies of de huisarts daarvoor een verwijzing moet schrijven", StringComparison.Ordinal));
        var advice = await _feedback.InDatabase(db => db.Advices.SingleAsync());
        Assert.Equal(!isAsked, advice.MentalHealth.HasSigned);
        Assert.Equal("Dat past hier.", advice.Text[Enum.Parse<AdvicePart>(part)]);
    }

    [Fact]
    public async Task Two_of_one_side_open_no_advice()
    {
        var held = Examples.Held();
        ConversationPartner[] oneSide = [held.Professionals[0], held.Professionals[0] with { Login = "ander" }];

        await Assert.ThrowsAnyAsync<Exception>(() => _feedback.Tell(held with { Professionals = oneSide }, Guid.NewGuid()));

        Assert.False(await _feedback.InDatabase(db => db.Advices.AnyAsync()));
    }

    [Fact]
    public async Task Three_marks_make_the_advice_final_and_send_it_on_its_way()
    {
        var referralId = await _feedback.AConversationHeld();

        var first = await _feedback.Write(referralId, "ggz");
        var second = await _feedback.Write(referralId, "sociaal");
        var third = await _feedback.Answer(referralId);

        Assert.Contains("Handtekening van Özgür Fictief", first.Text, StringComparison.Ordinal);
        Assert.Contains("De inwoner leest het advies en zegt", second.Text, StringComparison.Ordinal);
        Assert.Contains("Het advies is definitief. Het gaat nu vanzelf naar de huisarts", third.Text, StringComparison.Ordinal);
        var advice = await _feedback.InDatabase(db => db.Advices.SingleAsync());
        Assert.True(advice.IsFinal);
        Assert.Equal(advice.Id, (await _feedback.DeliveryOf(referralId)).AdviceId);
        Assert.Equal((1, 2), (Assert.Single(await _feedback.Told<AdviceBegun>(referralId)).Sequence, Assert.Single(await _feedback.Told<AdviceSigned>(referralId)).Sequence));
    }

    [Fact]
    public async Task The_page_shows_who_it_is_about_and_keeps_who_looked()
    {
        var page = await Open(await _feedback.AConversationHeld(), "ggz");

        Assert.Contains(FeedbackHost.Resident, page.Text, StringComparison.Ordinal);
        Assert.Contains("Özgür Fictief, Maatschappelijk werker, Welzijn Verzonnen", page.Text, StringComparison.Ordinal);
        Assert.Contains(AdvicePdf.WaitingListSentence, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Bsn, page.Html, StringComparison.Ordinal);
        Assert.Equal("ggz R", await _feedback.InDatabase(db => db.Audit.Select(a => a.Who + " " + a.Action).SingleAsync()));
    }

    [Fact]
    public async Task The_second_of_two_writers_is_told_and_loses_nothing()
    {
        var referralId = await _feedback.AConversationHeld();
        using var me = Person("ggz");
        using var other = Person("sociaal");
        var (mine, theirs) = (await Open(me, referralId), await Open(other, referralId));
        await other.Submit(theirs.Form("Form.Choices"), (Situation, "Van mijn duopartner."));

        var answer = await me.Submit(mine.Form("Form.Choices"), (Situation, "Van mijzelf."), (Wishes, "Mijn andere deel."));

        Assert.Contains("Uw duopartner heeft hetzelfde deel net veranderd", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Van mijzelf.", answer.Form("Form.Choices")[Situation]);
        Assert.Contains("Van mijn duopartner.", answer.Text, StringComparison.Ordinal);
        var between = await _feedback.InDatabase(db => db.Advices.SingleAsync());
        Assert.Equal(("Van mijn duopartner.", "Mijn andere deel."), (between.Text.Situation, between.Text.Wishes));
        var saved = await me.Submit(answer.Form("Form.Choices"));
        Assert.Contains("Opgeslagen", saved.Text, StringComparison.Ordinal);
        Assert.Equal("Van mijzelf.", (await _feedback.InDatabase(db => db.Advices.SingleAsync())).Text.Situation);
    }

    [Fact]
    public async Task Two_who_write_different_parts_both_have_them_saved()
    {
        var referralId = await _feedback.AConversationHeld();
        using var me = Person("ggz");
        using var other = Person("sociaal");
        var (mine, theirs) = (await Open(me, referralId), await Open(other, referralId));

        await other.Submit(theirs.Form("Form.Choices"), (Wishes, "Van mijn duopartner."), ("Form.Contact", $"{Examples.SocialDomain}"));
        var answer = await me.Submit(mine.Form("Form.Choices"), (Situation, "Van mijzelf."));

        Assert.Contains("Opgeslagen", answer.Text, StringComparison.Ordinal);
        var saved = await _feedback.InDatabase(db => db.Advices.SingleAsync());
        Assert.Equal(("Van mijzelf.", "Van mijn duopartner."), (saved.Text.Situation, saved.Text.Wishes));
        Assert.Equal(Examples.SocialDomain, saved.ContactId);
    }

    [Theory]
    [InlineData("Form.Contact", null, "Kies bij wie de inwoner terecht kan met vragen")]
    [InlineData("Form.Care", "BasicCare", "Schrijf waarom u om deze verwijzing vraagt")]
    [InlineData("Form.Text[Situation]", "", "Schrijf eerst het advies")]
    [InlineData("Form.Contact", "5d2f6a4e-0000-4000-8000-00000000ffff", "Kies een van de twee verkenners")]
    public async Task What_is_missing_is_asked_and_what_was_typed_stays(string field, string? value, string asked)
    {
        var referralId = await _feedback.AConversationHeld();

        var page = await _feedback.Write(referralId, "ggz", ("Form.Reason", "Rust <in> huis"), (field, value), ("Form.Care", field == "Form.Care" ? value : "None"),
            ("Form.Reason", field == "Form.Care" ? "" : "Rust <in> huis"));

        Assert.Contains(asked, page.Text, StringComparison.Ordinal);
        Assert.Equal(field == "Form.Text[Situation]" ? "" : Examples.Situation, page.Form("Form.Choices")[Situation]);
        Assert.False(await _feedback.InDatabase(db => db.Advices.AnyAsync(a => a.MentalHealth.SignedAt != null)));
    }

    [Fact]
    public async Task A_text_that_is_too_long_stays_in_the_field_and_nothing_is_saved()
    {
        var referralId = await _feedback.AConversationHeld();
        var much = new string('a', AdviceText.Longest + 1);

        var page = await _feedback.Write(referralId, "ggz", (Wishes, much));

        Assert.Contains("Maak er minder dan 20.000 tekens van", page.Text, StringComparison.Ordinal);
        Assert.Equal(much, page.Form("Form.Choices")[Wishes]);
        Assert.True((await _feedback.InDatabase(db => db.Advices.SingleAsync())).Text.IsEmpty);
    }

    [Fact]
    public async Task Writing_on_after_a_mark_is_a_step_of_its_own_and_takes_the_mark_away()
    {
        var referralId = await _feedback.AConversationHeld();
        using var me = Person("sociaal");
        var stale = await Open(me, referralId);
        await _feedback.Write(referralId, "ggz");

        var warned = await me.Submit(stale.Form("Form.Choices"), (Wishes, "Nog iets."));
        var stillSigned = await _feedback.InDatabase(db => db.Advices.AsNoTracking().SingleAsync());
        await me.Submit(warned.Form("Form.Choices"));

        Assert.Contains("Iemand heeft de tekst net gelezen of ondertekend", warned.Text, StringComparison.Ordinal);
        Assert.Equal("Nog iets.", warned.Form("Form.Choices")[Wishes]);
        Assert.True(stillSigned.MentalHealth.HasSigned);
        var saved = await _feedback.InDatabase(db => db.Advices.SingleAsync());
        Assert.Equal(("Nog iets.", false), (saved.Text.Wishes, saved.HasMarks));
    }

    [Fact]
    public async Task Another_choice_after_a_mark_takes_it_away_only_after_a_warning()
    {
        var referralId = await _feedback.AConversationHeld();
        using var me = Person("sociaal");
        await me.Submit((await Open(me, referralId)).Form("Form.Choices"), (Situation, Examples.Situation), ("Form.Contact", $"{Examples.MentalHealth}"));
        var stale = await Open(me, referralId);
        await _feedback.Answer(referralId);

        var warned = await me.Submit(stale.Form("Form.Choices"), ("Form.Contact", $"{Examples.SocialDomain}"));

        Assert.Contains("Iemand heeft de tekst net gelezen of ondertekend", warned.Text, StringComparison.Ordinal);
        Assert.NotNull((await _feedback.InDatabase(db => db.Advices.SingleAsync())).Resident.Opinion);
    }

    [Fact]
    public async Task Nobody_signs_in_one_step_what_the_other_just_wrote()
    {
        var referralId = await _feedback.AConversationHeld();
        using var me = Person("ggz");
        using var other = Person("sociaal");
        var stale = await Open(me, referralId);
        await other.Submit((await Open(other, referralId)).Form("Form.Choices"), (Wishes, "Van mijn duopartner."));

        var answer = await me.Submit(stale.Form("Form.Choices"), (Situation, Examples.Situation), ("Form.Contact", $"{Examples.MentalHealth}"), ("Next", "sign"));

        Assert.Contains("Lees het advies nog eens en onderteken dan", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Van mijn duopartner.", answer.Form("Form.Choices")[Wishes]);
        var saved = await _feedback.InDatabase(db => db.Advices.SingleAsync());
        Assert.Equal((Examples.Situation, false), (saved.Text.Situation, saved.HasMarks));
    }

    [Fact]
    public async Task Nobody_signs_a_text_that_has_changed_under_the_eyes()
    {
        var referralId = await _feedback.AConversationHeld();
        await _feedback.Write(referralId, "ggz");
        using var me = Person("sociaal");
        var stale = await Open(me, referralId);
        await _feedback.Answer(referralId);

        var answer = await me.Submit(stale.Form("handler=Sign"));

        Assert.Contains("Het advies is net veranderd", answer.Text, StringComparison.Ordinal);
        Assert.False((await _feedback.InDatabase(db => db.Advices.SingleAsync())).IsFinal);
        Assert.Contains("Het advies is definitief", (await me.Submit(answer.Form("handler=Sign"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_sentences_and_difficult_words_are_pointed_at_and_stand_in_nobodys_way()
    {
        var referralId = await _feedback.AConversationHeld();
        const string text = "De problematiek is dat mevrouw al heel lang elke nacht wakker ligt en overdag bijna nergens meer aan toe komt. Klaar.";

        using var me = Person("ggz");
        var page = await me.Submit((await Open(me, referralId)).Form("Form.Choices"), (Situation, text));

        Assert.Contains("Lange zin (20 woorden): „De problematiek is dat …”", page.Text, StringComparison.Ordinal);
        Assert.Contains("Moeilijk woord: „problematiek”. Makkelijker is: problemen.", page.Text, StringComparison.Ordinal);
        Assert.Equal(text, (await _feedback.InDatabase(db => db.Advices.SingleAsync())).Text.Situation);
    }

    [Fact]
    public async Task A_final_advice_is_not_changed_by_a_page_that_was_still_open()
    {
        var referralId = await _feedback.AConversationHeld();
        using var me = Person("ggz");
        var stale = await Open(me, referralId);
        await _feedback.Write(referralId, "ggz");
        await _feedback.Answer(referralId);
        await _feedback.Write(referralId, "sociaal");

        var answer = await me.Submit(stale.Form("Form.Choices"), (Situation, "Toch iets anders."));

        Assert.Contains("kan niet meer worden veranderd", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Uw tekst die niet is opgeslagen Wat speelt er? Toch iets anders.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(Examples.Situation, (await _feedback.InDatabase(db => db.Advices.SingleAsync())).Text.Situation);
    }

    [Fact]
    public async Task With_intake_and_planning_away_writing_and_signing_go_on()
    {
        (_feedback.Neighbours.IsIntakeDown, _feedback.Neighbours.IsPlanningDown) = (true, true);
        var referralId = await _feedback.AConversationHeld();

        var page = await _feedback.Write(referralId, "ggz");

        Assert.Contains("U kunt gewoon verder schrijven", page.Text, StringComparison.Ordinal);
        Assert.Contains("Uw handtekening staat eronder", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Letter(referralId, "ggz")).StatusCode);
    }

    [Fact]
    public async Task The_preview_is_the_letter_without_the_number_of_the_resident()
    {
        var referralId = await _feedback.AConversationHeld();
        await _feedback.Write(referralId, "sociaal");

        var answer = await Letter(referralId, "sociaal");

        using var pdf = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        var text = string.Concat(pdf.GetPages().Select(p => p.Text));
        Assert.Contains("scheiding", text, StringComparison.Ordinal);
        Assert.Contains("Concept", text, StringComparison.Ordinal);
        Assert.DoesNotContain(FeedbackHost.Bsn, text, StringComparison.Ordinal);
        Assert.Equal(1, await _feedback.InDatabase(db => db.Audit.CountAsync(a => a.Why == "preview-letter" && a.Who == "sociaal")));
    }

    [Theory]
    [InlineData("iemand-anders", "professional", HttpStatusCode.NotFound)]
    [InlineData("ggz", "planner", HttpStatusCode.Redirect)]
    [InlineData("manager", "manager", HttpStatusCode.Redirect)]
    [InlineData(null, "", HttpStatusCode.Redirect)]
    public async Task Nobody_else_sees_the_advice(string? login, string role, HttpStatusCode status)
    {
        var referralId = await _feedback.AConversationHeld();
        var id = await IdOf(referralId);
        using var client = login is null ? _feedback.App.Stranger() : _feedback.App.LoggedInAs(login, role);

        foreach (var path in new[] { "", "/letter.pdf", "/parts", "/reading", "/copy.pdf" }.Select(p => $"/feedback/advices/{id}{p}"))
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_list_says_what_is_to_be_done_by_whom()
    {
        var (toWrite, toSign) = (await _feedback.AConversationHeld(), await _feedback.AConversationHeld());
        await _feedback.Write(toSign, "ggz");
        using var mine = Person("ggz");
        using var theirs = Person("sociaal");
        using var nobody = Person("iemand-anders");

        var (list, other, empty) = (await mine.Open("/feedback"), await theirs.Open("/feedback"), await nobody.Open("/feedback"));

        Assert.Contains($"{await IdOf(toWrite)}", list.Html, StringComparison.Ordinal);
        Assert.Contains("wacht op de inwoner en uw duopartner", list.Text, StringComparison.Ordinal);
        Assert.Contains("Uw duopartner heeft al ondertekend", other.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gesprek van", empty.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_manager_sees_the_deliveries()
    {
        using var professional = _feedback.App.LoggedInAs("ggz", "professional");

        using var answer = await professional.GetAsync("/feedback/deliveries", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private PageClient Person(string login) => PageClient.LoggedInAs(_feedback.App, login, "professional");

    private Task<Guid> IdOf(Guid referralId) =>
        _feedback.InDatabase(db => db.Advices.Where(a => a.ReferralId == referralId).Select(a => a.Id).SingleAsync());

    private async Task<Page> Open(Guid referralId, string login)
    {
        using var person = Person(login);
        return await Open(person, referralId);
    }

    private async Task<Page> Open(PageClient person, Guid referralId) => await person.Open($"/feedback/advices/{await IdOf(referralId)}");

    private async Task<HttpResponseMessage> Letter(Guid referralId, string login)
    {
        using var client = _feedback.App.LoggedInAs(login, "professional");
        return await client.GetAsync($"/feedback/advices/{await IdOf(referralId)}/letter.pdf", TestContext.Current.CancellationToken);
    }
}
