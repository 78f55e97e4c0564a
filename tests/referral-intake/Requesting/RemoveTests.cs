using System.Net;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.Feedback;
using VGIntegration.Contracts.Planning;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Tests.Keeping;
using VGIntegration.ReferralIntake.Tests.Withdrawing;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Requesting;

public sealed class RemoveTests : IAsyncLifetime
{
    private readonly IntakeHost _intake = new();
    private PageClient _manager = null!;

    public async ValueTask InitializeAsync()
    {
        await _intake.InitializeAsync();
        _manager = PageClient.LoggedInAs(_intake.App, "marijke", "manager");
    }

    public async ValueTask DisposeAsync()
    {
        _manager.Dispose();
        await _intake.DisposeAsync();
    }

    [Theory]
    [InlineData(1, false, "Er is nog een brief onderweg")]
    [InlineData(0, true, "De terugkoppeling geeft nu geen antwoord")]
    public async Task A_letter_that_the_huisarts_must_still_get_holds_the_removal_up(int letters, bool areAway, string says)
    {
        await using var others = await OtherServices.Start();
        await using var intake = new IntakeHost { Settings = others.Settings };
        await intake.InitializeAsync();
        using var manager = PageClient.LoggedInAs(intake.App, "marijke", "manager");
        var sent = await intake.OfLongAgo(ReferralState.AdviceReturned, TimeSpan.FromDays(3));
        var form = (await manager.Open($"/practices/keeping/residents/{sent.Id}/remove")).Form("Verder");
        (others.LettersUnderway, others.AreAway) = (letters, areAway);

        var page = await manager.Submit(form, ("Reason", ErasureReason.AskedByResident), ("NothingAgainst", "true"), ("Confirmed", "true"));
        var rows = await intake.Rows(sent.Id);
        (others.LettersUnderway, others.AreAway) = (0, false);
        var done = await manager.Submit(page.Form("definitief"));

        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.NotEmpty(rows);
        Assert.Equal($"/practices/keeping/removed/{sent.Id}", done.Address.AbsolutePath);
    }

    [Fact]
    public async Task After_a_reason_and_a_second_look_it_is_gone_and_the_others_hear_of_it()
    {
        var (sent, other) = (await _intake.OfLongAgo(ReferralState.AdviceReturned, TimeSpan.FromDays(3)), await _intake.OfLongAgo(ReferralState.Rejected, TimeSpan.FromDays(3)));
        var otherRows = await _intake.Rows(other.Id);
        var form = (await _manager.Open($"/practices/keeping/residents/{sent.Id}/remove")).Form("Verder");

        var question = await _manager.Submit(form, ("Reason", ErasureReason.AskedByResident), ("NothingAgainst", "true"));
        var between = await _intake.Rows(sent.Id);
        var done = await _manager.Submit(question.Form("definitief"));

        Assert.Equal("Weet u het zeker?", question.Heading);
        Assert.NotEmpty(between);
        Assert.Equal($"/practices/keeping/removed/{sent.Id}", done.Address.AbsolutePath);
        Assert.Empty(await _intake.Rows(sent.Id));
        Assert.Equal(otherRows, await _intake.Rows(other.Id));
        Assert.Equal(ErasureReason.AskedByResident, Assert.Single((await sent.Told()).OfType<ReferralErased>()).Reason);
        Assert.Equal(HttpStatusCode.NotFound, (await sent.Get(sent.Path)).StatusCode);
        var audit = await _intake.InDatabase(db => db.Audit.Where(a => a.What == $"Referral/{sent.Id}").OrderBy(a => a.RecordedAt).Select(a => $"{a.Action} {a.Who} {a.Why}").ToListAsync());
        Assert.Contains("D marijke asked-by-resident", audit);
        Assert.Contains(audit, a => a.StartsWith("C ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_tells_who_has_not_confirmed_yet_until_both_did_and_telling_it_twice_is_once()
    {
        var sent = await Removed();
        var before = await _manager.Open($"/practices/keeping/removed/{sent.Id}");
        var (planning, now) = (new ErasedInPlanning { ReferralId = sent.Id, Sequence = 9, OccurredAt = _intake.Clock.GetUtcNow(), Rows = 12 }, _intake.Clock.GetUtcNow());

        await Tell(planning);
        await Tell(planning with { Rows = 0 });
        var half = await _manager.Open($"/practices/keeping/removed/{sent.Id}");
        await Tell(new ErasedInFeedback { ReferralId = sent.Id, Sequence = 3, OccurredAt = now, Rows = 4 });
        var all = await _manager.Open($"/practices/keeping/removed/{sent.Id}");

        Assert.Equal([2, 1, 0], new[] { before, half, all }.Select(p => p.Html.Split("nog niet bevestigd").Length - 1));
        Assert.Contains("Alles over deze verwijzing is weg", all.Text, StringComparison.Ordinal);
        Assert.Contains("12 regels", all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Testpersoon", all.Html, StringComparison.Ordinal);
        Assert.Contains("overal weg", (await _manager.Open("/practices/keeping")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "true", "Kies waarom")]
    [InlineData("because", "true", "Kies waarom")]
    [InlineData(ErasureReason.KeptLongEnough, "true", "Kies waarom")]
    [InlineData(ErasureReason.AskedByResident, null, "Zonder dit mag u niet verwijderen")]
    public async Task Without_a_reason_or_while_something_stands_against_it_nothing_goes(string? reason, string? nothingAgainst, string says)
    {
        var sent = await _intake.OfLongAgo(ReferralState.AdviceReturned, TimeSpan.FromDays(3));
        var form = (await _manager.Open($"/practices/keeping/residents/{sent.Id}/remove")).Form("Verder");

        var again = await _manager.Submit(form, ("Reason", reason), ("NothingAgainst", nothingAgainst), ("Confirmed", "true"));

        Assert.Contains(says, again.Text, StringComparison.Ordinal);
        Assert.NotEmpty(await _intake.Rows(sent.Id));
    }

    [Theory]
    [InlineData(nameof(ReferralState.Registered))]
    [InlineData(nameof(ReferralState.AppointmentBooked))]
    [InlineData(nameof(ReferralState.AdviceInPreparation))]
    [InlineData(nameof(ReferralState.CancellationRequested))]
    public async Task What_is_still_open_must_be_ended_first(string state)
    {
        var sent = await SentReferral.In(_intake, Enum.Parse<ReferralState>(state));
        var ended = await _intake.OfLongAgo(ReferralState.Rejected, TimeSpan.FromDays(3));
        var form = (await _manager.Open($"/practices/keeping/residents/{ended.Id}/remove")).Form("Verder");

        var page = await _manager.Open($"/practices/keeping/residents/{sent.Id}");
        var refused = await _manager.Submit(form with { Action = new Uri(form.Action, $"/practices/keeping/residents/{sent.Id}/remove") },
            ("Reason", ErasureReason.AskedByResident), ("NothingAgainst", "true"), ("Confirmed", "true"));

        Assert.Contains("deze verwijzing loopt nog", page.Text, StringComparison.Ordinal);
        Assert.Equal("Verwijderen kan nog niet", refused.Heading);
        Assert.NotEmpty(await _intake.Rows(sent.Id));
    }

    [Fact]
    public async Task Who_presses_twice_and_who_comes_late_hear_that_it_is_gone()
    {
        var sent = await Removed();

        var late = await _manager.Open($"/practices/keeping/residents/{sent.Id}/remove");
        var record = await _manager.Open($"/practices/keeping/residents/{sent.Id}");
        await sent.Tell(new AdviceReturned { ReferralId = sent.Id, Sequence = 9, OccurredAt = _intake.Clock.GetUtcNow(), AdviceId = Guid.NewGuid(), DocumentReferenceId = "laat" });

        Assert.Equal("Verwijderd", late.Heading);
        Assert.Equal(HttpStatusCode.NotFound, record.Status);
        Assert.Empty(await _intake.Rows(sent.Id));
        Assert.Equal(1, await _intake.InDatabase(db => db.Erasures.CountAsync()));
    }

    private async Task<SentReferral> Removed()
    {
        var sent = await _intake.OfLongAgo(ReferralState.AdviceReturned, TimeSpan.FromDays(3));
        var form = (await _manager.Open($"/practices/keeping/residents/{sent.Id}/remove")).Form("Verder");
        await _manager.Submit(form, ("Reason", ErasureReason.AskedByResident), ("NothingAgainst", "true"), ("Confirmed", "true"));
        return sent;
    }

    private Task Tell<T>(T message)
        where T : class => _intake.App.Services.GetRequiredService<IMediator>().Publish(message, Pipe.Execute<PublishContext<T>>(c => c.MessageId = Guid.NewGuid()));
}
