using UglyToad.PdfPig;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Returning;
using VGIntegration.Feedback.Telling;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Telling;

public sealed class ClosingNoteTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Theory]
    [InlineData("rejected", "afgewezen", ClosingReason.OutsideRegion, "buiten het gebied")]
    [InlineData("rejected", "afgewezen", ClosingReason.Other, "De planner licht de reden graag aan u toe")]
    [InlineData("failed", "geen-gesprek", ClosingReason.Unreachable, "niet kunnen bereiken")]
    [InlineData("cancelled", "ingetrokken-door-inwoner", ClosingReason.WithdrawnByResident, "ziet af van het verkennend gesprek")]
    [InlineData("cancelled", "geannuleerd", ClosingReason.WithdrawnByReferrer, "gevraagd de verwijzing te annuleren")]
    public async Task An_end_without_advice_sends_the_huisarts_a_letter_that_says_why(string status, string business, string reason, string said)
    {
        var task = await Ends(status, business, reason);
        await Eventually.Is(() => _practice.Letters.Count == 1 && _practice.Of("Task").Count == 1);

        var letter = Assert.Single(_practice.Letters);
        Assert.Equal("afsluiting-verwijzing", (string?)letter.Json["category"]![0]!["coding"]![0]!["code"]);
        Assert.StartsWith("V-", (string?)letter.Json["context"]!["related"]![0]!["identifier"]!["value"], StringComparison.Ordinal);
        using var pdf = PdfDocument.Open(PracticeStub.Pdf(letter));
        Assert.Contains(said.Replace(" ", "", StringComparison.Ordinal), pdf.GetPage(1).Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await task.Tell(task.Version, (status, business)); // told twice
        Assert.Single(_practice.Letters);
    }

    [Theory]
    [InlineData("cancelled", "ingetrokken-door-verwijzer", ClosingReason.WithdrawnByReferrer)]
    [InlineData("entered-in-error", null, ClosingReason.EnteredInError)]
    public async Task Who_withdrew_before_work_began_gets_the_Task_alone(string status, string? business, string reason)
    {
        await Ends(status, business, reason);
        await Eventually.Is(() => _practice.Of("Task").Count == 1);

        Assert.Empty(_practice.Letters);
        Assert.False(ClosingNote.IsFor(status, business));
    }

    [Fact]
    public async Task A_conversation_that_was_held_after_all_takes_the_letter_back()
    {
        var task = new ToldTask(_feedback, _practice.FhirBase);
        _feedback.Know(task.ReferralId, _practice.FhirBase);
        await task.Moves(("cancelled", "geannuleerd"));

        await Eventually.Is(() => _feedback.InDatabase(db => Task.FromResult(
            db.Deliveries.Any(d => d.Kind == ParcelKind.ClosingNote && d.State == DeliveryState.NotNeeded))));

        Assert.Empty(_practice.Letters);
    }

    private async Task<ToldTask> Ends(string status, string? business, string reason)
    {
        var task = new ToldTask(_feedback, _practice.FhirBase);
        _feedback.Neighbours.Know(
            task.ReferralId, Examples.Recipient(task.ReferralId, _practice.FhirBase, ended: business is null ? null : new { businessStatus = business, reason, at = Examples.Day }),
            Examples.Conversation(Examples.Held(task.ReferralId)));
        await task.Moves((status, business!));
        return task;
    }
}
