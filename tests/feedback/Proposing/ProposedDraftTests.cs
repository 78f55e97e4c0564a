using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Tests.Returning;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Proposing;

public sealed class ProposedDraftTests : IAsyncLifetime
{
    private const string Reason = "Terugkerende paniek; eerdere gesprekken bij de POH hielpen niet genoeg.";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Theory]
    [InlineData("Put", false)]
    [InlineData("Put", true)]
    [InlineData("Post", false)]
    [InlineData("Post", true)]
    public async Task The_referral_that_is_proposed_stands_ready_as_a_draft_beside_its_letter(string delivery, bool takesTransactions)
    {
        var referralId = await AProposal(delivery, takesTransactions);
        await _feedback.Settles(referralId, Second);

        var letter = Assert.Single(_practice.Letters);
        var draft = Assert.Single(_practice.Of("ServiceRequest")).Json;
        Assert.Equal(("proposal", "draft", Reason), ((string?)draft["intent"], (string?)draft["status"], (string?)draft["reasonCode"]![0]!["text"]));
        Assert.Null(draft["priority"]);
        Assert.Equal("basis-ggz", (string?)draft["code"]!["coding"]![0]!["code"]);
        Assert.Equal("dr. A. Verzinsel", (string?)draft["requester"]!["display"]);
        Assert.Equal($"V-{referralId.ToString()[..8]}", (string?)draft["basedOn"]![0]!["identifier"]!["value"]);
        var there = (string?)draft["supportingInfo"]![0]!["reference"];
        Assert.Contains(there, new[] { $"DocumentReference/{letter.Id}", $"urn:uuid:{(string?)letter.Json["identifier"]![0]!["value"]}" });
        Assert.Equal(takesTransactions ? 1 : 2, _practice.Requests.Count);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await _feedback.ParcelsOf(referralId, ParcelKind.Draft)).State);
    }

    [Theory]
    [InlineData("Put", true)]
    [InlineData("Post", true)]
    [InlineData("Put", false)]
    public async Task A_letter_never_fails_because_of_its_draft(string delivery, bool takesTransactions)
    {
        _practice.Next(takesTransactions ? [Behaviour.Refuses, Behaviour.Ok, Behaviour.Refuses] : [Behaviour.Ok, Behaviour.Refuses]);
        var referralId = await AProposal(delivery, takesTransactions);
        await _feedback.Settles(referralId, Second);

        Assert.Single(_practice.Letters);
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Empty(await _feedback.Told<AdviceUndeliverable>(referralId));
        Assert.Equal(DeliveryState.Refused, Assert.Single(await _feedback.ParcelsOf(referralId, ParcelKind.Draft)).State); // where a manager sees it
        Assert.Equal(LetterKind.DraftReferral, Assert.Single(await _feedback.Told<LetterUndeliverable>(referralId)).Kind);

        await _feedback.Correct(referralId, "correct");

        Assert.Single(await _feedback.Told<LetterSettled>(referralId)); // it goes no more
    }

    [Theory]
    [InlineData("Put", true)]
    [InlineData("Document", false)]
    public async Task A_letter_that_goes_once_more_without_its_draft_has_all_the_time_of_a_first_request(string delivery, bool takesTransactions)
    {
        var thought = new TaskCompletionSource();
        await using var slow = await AnsweringPractice.Start(AnsweringPractice.After(thought.Task, AnsweringPractice.Status(422)), AnsweringPractice.Hang);
        var referralId = await AProposal(slow.FhirBase, delivery, takesTransactions);
        await Eventually.Is(() => slow.Requests.Count == 1);

        _feedback.Clock.Advance(TimeSpan.FromSeconds(29));
        thought.SetResult();
        await Eventually.Is(() => slow.Requests.Count == 2);

        var leased = (await _feedback.DeliveryOf(referralId)).LeasedUntil - _feedback.Clock.GetUtcNow();
        Assert.InRange(leased, new ReturnSettings().RequestTimeout, SendParcel.Lease);
    }

    [Theory]
    [InlineData("Put", true)]
    [InlineData("Document", false)]
    public async Task A_letter_that_another_instance_took_over_meanwhile_goes_no_more(string delivery, bool takesTransactions)
    {
        var thought = new TaskCompletionSource();
        await using var slow = await AnsweringPractice.Start(AnsweringPractice.After(thought.Task, AnsweringPractice.Status(422)), AnsweringPractice.Hang);
        var referralId = await AProposal(slow.FhirBase, delivery, takesTransactions);
        await Eventually.Is(() => slow.Requests.Count == 1);

        await _feedback.InDatabase(db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.LeasedBy, Guid.NewGuid())));
        var next = await _feedback.ASignedAdvice(slow.FhirBase); // goes when the practice has its hands free, for it takes one at a time
        thought.SetResult();
        await Eventually.Is(() => slow.Requests.Count == 2);

        Assert.Equal((0, 0), ((await _feedback.DeliveryOf(referralId)).Attempts, (await _feedback.DeliveryOf(next)).Attempts));
        Assert.Equal($"/fhir/DocumentReference/{(await _feedback.DeliveryOf(next)).Id}", slow.Requests.Last().Path);
    }

    [Theory]
    [InlineData("Put")]
    [InlineData("Post")]
    public async Task A_new_edition_without_a_proposal_revokes_the_draft(string delivery)
    {
        var referralId = await AProposal(delivery, false);
        await _feedback.Settles(referralId, Second);

        await _feedback.Correct(referralId, "correct");
        await _feedback.Marked(referralId, ("Form.Care", "None"));
        await _feedback.Settles(referralId, Second);

        var draft = Assert.Single(_practice.Of("ServiceRequest")).Json;
        Assert.Equal("revoked", (string?)draft["status"]);
        Assert.DoesNotContain(Reason, draft.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_edition_with_another_proposal_replaces_the_draft()
    {
        var referralId = await AProposal("Put", true);
        await _feedback.Settles(referralId, Second);
        var first = Assert.Single(_practice.Of("ServiceRequest"));

        await _feedback.Correct(referralId, "correct");
        await _feedback.Marked(referralId, ("Form.Care", "SpecialisedCare"));
        await _feedback.Settles(referralId, Second);

        var drafts = _practice.Of("ServiceRequest").ToDictionary(d => (string)d.Json["status"]!);
        Assert.Equal(["draft", "revoked"], drafts.Keys.Order());
        Assert.Equal(first.Id, drafts["revoked"].Id);
        Assert.Equal(first.Id, (string?)drafts["draft"].Json["replaces"]![0]!["identifier"]!["value"]);
    }

    [Fact]
    public async Task What_is_taken_back_takes_its_draft_back()
    {
        var referralId = await AProposal("Put", true);
        await _feedback.Settles(referralId, Second);

        await _feedback.Correct(referralId, "retract");
        await _feedback.Settles(referralId, Second);

        Assert.Equal("entered-in-error", (string?)Assert.Single(_practice.Of("ServiceRequest")).Json["status"]);
    }

    [Fact]
    public async Task A_huisarts_who_may_not_read_the_advice_gets_no_draft_either()
    {
        var referralId = await AProposal("Put", true, ("Form.SharesWithGp", "false"));
        await _feedback.Settles(referralId, Second);

        Assert.Single(_practice.Letters);
        Assert.Empty(_practice.Of("ServiceRequest"));
        Assert.All(_practice.Requests, r => Assert.DoesNotContain("paniek", r.Body, StringComparison.Ordinal));
    }

    private Task<Guid> AProposal(string delivery, bool takesTransactions, params (string Name, string? Value)[] answer) =>
        AProposal(_practice.FhirBase, delivery, takesTransactions, answer);

    private async Task<Guid> AProposal(Uri fhirBase, string delivery, bool takesTransactions, params (string Name, string? Value)[] answer)
    {
        var held = Examples.Held();
        _feedback.Neighbours.Know(
            held.ReferralId, Examples.Recipient(held.ReferralId, fhirBase, delivery, takesTransactions: takesTransactions), Examples.Conversation(held));
        await _feedback.Tell(held, Guid.NewGuid());
        await _feedback.Write(held.ReferralId, "ggz", ("Form.Care", "BasicCare"), ("Form.Reason", Reason));
        await _feedback.Answer(held.ReferralId, answer);
        await _feedback.Write(held.ReferralId, "sociaal");
        return held.ReferralId;
    }
}
