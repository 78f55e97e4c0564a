using System.Net;
using Microsoft.EntityFrameworkCore;
using UglyToad.PdfPig;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Correcting;

public sealed class CorrectAdviceTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly (string, string?)[] Better = [("Form.Text[Agreements]", "Bellen op maandag.")];
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Theory]
    [InlineData("Put", "superseded")]
    [InlineData("Post", "current")]
    public async Task A_corrected_letter_replaces_the_one_that_arrived(string delivery, string oldStatus)
    {
        var referralId = await ADeliveredAdvice(delivery);
        var old = Assert.Single(_practice.Letters);

        await _feedback.Correct(referralId, "correct");
        await _feedback.Marked(referralId, Better);
        await _feedback.Settles(referralId, Second);

        var letter = Assert.Single(_practice.Letters, l => l.Id != old.Id);
        var replaces = Assert.Single(letter.Json["relatesTo"]!.AsArray())!;
        Assert.Equal("replaces", (string?)replaces["code"]);
        Assert.Equal($"DocumentReference/{old.Id}", (string?)replaces["target"]!["reference"]);
        Assert.Equal((string?)old.Json["identifier"]![0]!["value"], (string?)replaces["target"]!["identifier"]!["value"]);
        Assert.Contains("Gecorrigeerd: vervangt de brief van 8 december 2026", Text(letter), StringComparison.Ordinal);
        Assert.Contains("gecorrigeerd", (string?)letter.Json["description"], StringComparison.Ordinal);
        var before = Assert.Single(_practice.Letters, l => l.Id == old.Id);
        Assert.Equal(oldStatus, (string?)before.Json["status"]);
        Assert.Equal(PracticeStub.Pdf(old), PracticeStub.Pdf(before)); // the huisarts may have acted on it
    }

    [Fact]
    public async Task Intake_hears_of_the_correction_and_the_journey_of_nothing()
    {
        var referralId = await ADeliveredAdvice();

        await _feedback.Correct(referralId, "correct");
        await _feedback.Marked(referralId, Better);
        await _feedback.Settles(referralId, Second);

        var returned = Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        var corrected = Assert.Single(await _feedback.Told<AdviceCorrected>(referralId));
        var letters = await _feedback.ParcelsOf(referralId, ParcelKind.Advice);
        Assert.Single(await _feedback.Told<AdviceSigned>(referralId));
        Assert.Equal((letters[0].DocumentReferenceId, letters[1].DocumentReferenceId), (corrected.ReplacedDocumentReferenceId, corrected.DocumentReferenceId));
        Assert.Equal((3, 4), (returned.Sequence, corrected.Sequence));
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Post")]
    public async Task What_should_never_have_existed_is_marked_where_it_arrived(string delivery)
    {
        var referralId = await ADeliveredAdvice(delivery);
        var old = Assert.Single(_practice.Letters);

        await _feedback.Correct(referralId, "retract");
        await _feedback.Settles(referralId, Second);

        var letter = Assert.Single(_practice.Letters);
        Assert.Equal((old.Id, "entered-in-error"), (letter.Id, (string?)letter.Json["status"]));
        Assert.Equal(old.Json["identifier"]!.ToJsonString(), letter.Json["identifier"]!.ToJsonString());
        Assert.Contains("Deze brief had er nooit mogen zijn", Text(letter), StringComparison.Ordinal);
        Assert.DoesNotContain("scheiding", Text(letter), StringComparison.Ordinal);
        var told = Assert.Single(await _feedback.Told<AdviceCorrected>(referralId));
        Assert.Equal((null, old.Id), (told.DocumentReferenceId, told.ReplacedDocumentReferenceId));
    }

    [Fact]
    public async Task After_it_was_taken_back_a_new_advice_is_written_and_replaces_nothing()
    {
        var referralId = await ADeliveredAdvice();
        await _feedback.Correct(referralId, "retract");
        await _feedback.Settles(referralId, Second);

        await _feedback.Marked(referralId, ("Form.Contact", $"{Examples.SocialDomain}"));
        await _feedback.Settles(referralId, Second);

        var current = Assert.Single(_practice.Letters, l => (string?)l.Json["status"] == "current");
        Assert.Null(current.Json["relatesTo"]);
        var returned = Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        var corrected = await _feedback.Told<AdviceCorrected>(referralId);
        Assert.Equal("3, 4, 5", string.Join(", ", corrected.Select(m => m.Sequence).Append(returned.Sequence).Order()));
    }

    [Theory]
    [InlineData("correct")]
    [InlineData("retract")]
    public async Task A_letter_that_never_left_goes_no_more(string how)
    {
        _practice.Now = Behaviour.Unavailable;
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Tried(referralId, 1);

        await _feedback.Correct(referralId, how);
        _practice.Now = Behaviour.Ok;
        await _feedback.Marked(referralId, [.. Better, ("Form.Contact", $"{Examples.SocialDomain}")]);
        await _feedback.Settles(referralId, Second);

        var letter = Assert.Single(_practice.Letters);
        Assert.Null(letter.Json["relatesTo"]);
        Assert.Contains("Bellen op maandag", Text(letter), StringComparison.Ordinal);
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Empty(await _feedback.Told<AdviceCorrected>(referralId));
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Post")]
    public async Task A_letter_that_may_have_arrived_is_not_sent_again_but_marked_once_nothing_is_under_way(string delivery)
    {
        _practice.Now = Behaviour.StoresAndCuts;
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);
        await _feedback.Tried(referralId, 1);
        var tried = _practice.Requests.Count(r => r.Method != "GET");

        await _feedback.Correct(referralId, "retract");
        _practice.Now = Behaviour.Ok;
        await _feedback.Settles(referralId, TimeSpan.FromMinutes(1));

        Assert.Equal("entered-in-error", (string?)Assert.Single(_practice.Letters).Json["status"]);
        Assert.Equal(tried + 1, _practice.Requests.Count(r => r.Method != "GET"));
        Assert.Empty(await _feedback.Told<AdviceCorrected>(referralId)); // nobody was told that it had arrived
    }

    [Fact]
    public async Task A_resident_who_no_longer_shares_takes_the_text_out_of_the_letter_that_arrived()
    {
        var referralId = await ADeliveredAdvice();
        using var person = PageClient.LoggedInAs(_feedback.App, "ggz", "professional");
        var page = await person.Open($"{await _feedback.PathOf(referralId)}/reading");

        await person.Submit(page.Form("handler=Share"));
        await _feedback.Settles(referralId, Second);

        Assert.Equal(2, _practice.Letters.Count);
        Assert.All(_practice.Letters, l => Assert.DoesNotContain("scheiding", Text(l), StringComparison.Ordinal));
        Assert.Equal(["current", "superseded"], _practice.Letters.Select(l => (string?)l.Json["status"]).Order());
    }

    [Theory]
    [InlineData("Reason", " ")]
    [InlineData("How", "burn")]
    [InlineData("IsSure", "false")]
    [InlineData("Version", "1")]
    public async Task Without_a_reason_a_choice_and_a_yes_nothing_changes_and_what_was_typed_stays(string field, string value)
    {
        var referralId = await _feedback.ASignedAdvice(null);

        var page = await _feedback.Correct(referralId, "correct", (field, value));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("role=\"alert\"", page.Html, StringComparison.Ordinal);
        Assert.Equal(field != "Reason", page.Html.Contains("Het telefoonnummer klopte niet.", StringComparison.Ordinal));
        Assert.Equal(1, await _feedback.InDatabase(db => db.Advices.Select(a => a.Edition).SingleAsync()));
    }

    [Fact]
    public async Task Only_who_held_the_conversation_may_correct()
    {
        var referralId = await _feedback.ASignedAdvice(null);
        using var other = PageClient.LoggedInAs(_feedback.App, "ander", "professional");

        var page = await other.Open($"{await _feedback.PathOf(referralId)}/correct");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    private async Task<Guid> ADeliveredAdvice(string delivery = "Put")
    {
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase, delivery);
        await _feedback.Settles(referralId, Second);
        return referralId;
    }

    private static string Text(PracticeResource letter)
    {
        using var pdf = PdfDocument.Open(PracticeStub.Pdf(letter));
        return string.Concat(pdf.GetPages().Select(p => p.Text));
    }
}
