using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Keeping;

public sealed class EraseReferralTests : IAsyncLifetime
{
    private FeedbackHost _feedback = null!;
    private PracticeStub _practice = null!;

    public async ValueTask InitializeAsync() => (_feedback, _practice) = (await FeedbackHost.Start(), await PracticeStub.Start());

    public async ValueTask DisposeAsync()
    {
        await _feedback.DisposeAsync();
        await _practice.DisposeAsync();
    }

    [Fact]
    public async Task What_intake_erased_goes_here_too_once_and_intake_hears_of_it()
    {
        var (id, other) = (await _feedback.OfLongAgo(_practice, TimeSpan.FromDays(3)), await _feedback.OfLongAgo(_practice, TimeSpan.FromDays(3)));
        var (rows, otherRows, message) = (await _feedback.Rows(id), await _feedback.Rows(other), Guid.NewGuid());

        await _feedback.Tell(Erased(id), message);
        await _feedback.Tell(Erased(id), message);

        Assert.Equal((0, otherRows), (await _feedback.Rows(id), await _feedback.Rows(other)));
        Assert.Equal(rows, Assert.Single(await _feedback.Told<ErasedInFeedback>(id)).Rows);
        Assert.Equal(["asked-by-resident"], await _feedback.InDatabase(db => db.Audit.Where(a => a.What == $"Referral/{id}" && a.Action == "D").Select(a => a.Why).ToListAsync()));
    }

    [Fact]
    public async Task A_message_from_before_does_not_bring_it_back()
    {
        var (id, now) = (Guid.NewGuid(), _feedback.Clock.GetUtcNow());
        await _feedback.Tell(Erased(id), Guid.NewGuid());

        await _feedback.Tell(Examples.Held(id), Guid.NewGuid());
        await _feedback.Tell(new ReferralStatusChanged
        {
            ReferralId = id,
            Sequence = 3,
            OccurredAt = now,
            TaskId = Guid.NewGuid(),
            TaskVersion = 3,
            PracticeId = Examples.PracticeId,
            TaskStatus = "rejected",
            BusinessStatus = "afgewezen",
        }, Guid.NewGuid());

        Assert.Equal(0, await _feedback.Rows(id));
    }

    [Fact]
    public async Task A_manager_gets_through_intake_the_advice_and_the_letter_of_this_referral_and_no_other()
    {
        var (id, other) = (await _feedback.OfLongAgo(_practice, TimeSpan.FromDays(3)), await _feedback.OfLongAgo(_practice, TimeSpan.FromDays(3)));
        using var intake = _feedback.App.WithToken("intake", "record.read");
        intake.DefaultRequestHeaders.Add("X-On-Behalf-Of", "marijke");
        var refused = await intake.GetAsync(Record(id), TestContext.Current.CancellationToken);
        intake.DefaultRequestHeaders.Add("X-Roles", "professional manager");

        var told = await intake.GetStringAsync(Record(id), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains(Examples.Situation, told, StringComparison.Ordinal);
        Assert.DoesNotContain(other.ToString(), told, StringComparison.Ordinal);
        var file = Assert.Single(JsonNode.Parse(told)!["files"]!.AsArray())!;
        Assert.Equal("advies.pdf", (string?)file["name"]);
        var sent = PracticeStub.Pdf(_practice.Letters.Single(l => l.Json.ToJsonString().Contains($"V-{id.ToString()[..8]}", StringComparison.Ordinal)));
        Assert.Equal(sent, Convert.FromBase64String((string)file["content"]!));
        Assert.StartsWith("%PDF", Encoding.ASCII.GetString(sent[..4]), StringComparison.Ordinal);
    }

    private static Uri Record(Guid id) => new($"/internal/records/{id}", UriKind.Relative);

    private ReferralErased Erased(Guid id) =>
        new() { ReferralId = id, Sequence = 9, OccurredAt = _feedback.Clock.GetUtcNow(), Reason = ErasureReason.AskedByResident };
}
