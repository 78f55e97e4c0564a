using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Tests.Telling;
using VGIntegration.Surroundings;
using Xunit;

namespace VGIntegration.Feedback.Tests.Returning;

/// <summary>Whatever is said to the huisarts and does not arrive, planning hears of it, and of its end.</summary>
public sealed class NotArrivingTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Fact]
    public async Task A_retraction_that_is_refused_is_told_until_it_arrives()
    {
        var referralId = await ADeliveredAdvice();
        _practice.Now = Behaviour.BadRequest;
        await _feedback.Correct(referralId, "retract");
        await _feedback.Settles(referralId, Second);
        var stuck = Assert.Single(await _feedback.Told<LetterUndeliverable>(referralId));
        var early = await _feedback.Told<LetterSettled>(referralId);

        _practice.Now = Behaviour.Ok;
        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        await manager.Submit((await manager.Open("/feedback/deliveries")).Form("handler=SendAgain"));
        await _feedback.Settles(referralId, Second);

        Assert.Equal((LetterKind.Retraction, "refused"), (stuck.Kind, stuck.Reason));
        Assert.Empty(early);
        var settled = Assert.Single(await _feedback.Told<LetterSettled>(referralId));
        var corrected = Assert.Single(await _feedback.Told<AdviceCorrected>(referralId));
        Assert.Equal(stuck.DeliveryId, settled.DeliveryId);
        Assert.Equal((4, 5, 6), (stuck.Sequence, corrected.Sequence, settled.Sequence));
    }

    [Fact]
    public async Task A_corrected_letter_that_does_not_arrive_for_four_hours_is_told_once_until_it_does()
    {
        var referralId = await ADeliveredAdvice();
        _practice.Now = Behaviour.Unavailable;
        await _feedback.Correct(referralId, "correct");
        await _feedback.Marked(referralId, ("Form.Text[Agreements]", "Bellen op maandag."));
        await IsWarned(referralId, ParcelKind.Advice);

        _practice.Now = Behaviour.Ok;
        await _feedback.Settles(referralId, TimeSpan.FromMinutes(1));

        var stuck = Assert.Single(await _feedback.Told<LetterUndeliverable>(referralId));
        Assert.Equal((LetterKind.Correction, "unreachable"), (stuck.Kind, stuck.Reason));
        Assert.Equal(stuck.DeliveryId, Assert.Single(await _feedback.Told<LetterSettled>(referralId)).DeliveryId);
        Assert.Empty(await _feedback.Told<AdviceUndeliverable>(referralId)); // that is of the first letter, which is there
    }

    [Fact]
    public async Task A_corrected_letter_that_is_overtaken_is_not_stuck_any_more_once_the_next_is_there()
    {
        var referralId = await ADeliveredAdvice();
        _practice.Now = Behaviour.BadRequest;
        await _feedback.Correct(referralId, "correct");
        await _feedback.Marked(referralId, ("Form.Text[Agreements]", "Bellen op maandag."));
        await _feedback.Settles(referralId, Second);
        var stuck = Assert.Single(await _feedback.Told<LetterUndeliverable>(referralId));

        _practice.Now = Behaviour.Ok;
        using var person = PageClient.LoggedInAs(_feedback.App, "ggz", "professional");
        await person.Submit((await person.Open($"{await _feedback.PathOf(referralId)}/reading")).Form("handler=Share"));
        await _feedback.Settles(referralId, Second);

        Assert.Equal(stuck.DeliveryId, Assert.Single(await _feedback.Told<LetterSettled>(referralId)).DeliveryId);
    }

    [Fact]
    public async Task A_first_letter_is_told_as_before_and_its_arrival_is_the_end_of_it()
    {
        _practice.Next(Behaviour.BadRequest);
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Settles(referralId, Second);

        using var manager = PageClient.LoggedInAs(_feedback.App, "manager", "manager");
        await manager.Submit((await manager.Open("/feedback/deliveries")).Form("handler=SendAgain"));
        await _feedback.Settles(referralId, Second);

        Assert.Single(await _feedback.Told<AdviceUndeliverable>(referralId));
        Assert.Single(await _feedback.Told<AdviceReturned>(referralId));
        Assert.Empty(await _feedback.Told<LetterUndeliverable>(referralId));
        Assert.Empty(await _feedback.Told<LetterSettled>(referralId));
    }

    [Fact]
    public async Task A_closing_note_that_is_refused_is_told_too()
    {
        var task = new ToldTask(_feedback, _practice.FhirBase);
        var ended = new { businessStatus = "afgewezen", reason = ClosingReason.OutsideRegion, at = Examples.Day };
        _feedback.Neighbours.Know(
            task.ReferralId, Examples.Recipient(task.ReferralId, _practice.FhirBase, ended: ended), Examples.Conversation(Examples.Held(task.ReferralId)));
        _practice.Now = Behaviour.BadRequest;

        await task.Moves(("rejected", "afgewezen"));
        await _feedback.Settles(task.ReferralId, Second);

        var stuck = Assert.Single(await _feedback.Told<LetterUndeliverable>(task.ReferralId));
        Assert.Equal((LetterKind.ClosingNote, "refused", 1), (stuck.Kind, stuck.Reason, stuck.Sequence));
    }

    private async Task IsWarned(Guid referralId, ParcelKind kind)
    {
        _feedback.Jump(WatchDeliveries.TooLong);
        await Eventually.Is(async () =>
        {
            _feedback.Clock.Advance(TimeSpan.FromSeconds(5));
            return await _feedback.InDatabase(db => db.Deliveries.AnyAsync(d => d.ReferralId == referralId && d.Kind == kind && d.IsWarned));
        });
    }

    private async Task<Guid> ADeliveredAdvice()
    {
        var referralId = await _feedback.ASignedAdvice(_practice.FhirBase);
        await _feedback.Settles(referralId, Second);
        return referralId;
    }
}
