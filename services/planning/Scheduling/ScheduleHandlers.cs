using Microsoft.AspNetCore.Mvc;
using VGIntegration.Hosting;
using VGIntegration.Planning.Choosing;
using VGIntegration.Planning.Matching;
using VGIntegration.Planning.Web;

namespace VGIntegration.Planning.Scheduling;

/// <summary>The buttons of the page; each is one form, and without a planner none does anything.</summary>
internal sealed partial class ScheduleModel
{
    private string? Note => string.IsNullOrWhiteSpace(Input.Note) ? null : Input.Note.Trim()[..Math.Min(Input.Note.Trim().Length, 1_000)];

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        var answer = await Do(id, "Choice", () => Choose(ct), ct);
        return IsBookedAsChosen ? RedirectToPage("", null, new { id, done = "Choice" }, null) : answer; // the same click twice
    }

    public Task<IActionResult> OnPostTake(Guid id, CancellationToken ct) =>
        Do(id, "Take", () => work.Take(Journey, Input.Version, User.Who(), ct), ct);

    public Task<IActionResult> OnPostCall(Guid id, CancellationToken ct) => Do(id, "Call", () =>
    {
        var companion = ResidentAnswer.Companions.Contains(Input.Companion) ? Input.Companion : null;
        if (companion is not null && !Input.IsReached)
        {
            return Task.FromResult<string?>("Wie er meekomt, hoort u van de inwoner. Kies Ja bij gesproken, of laat het leeg.");
        }

        var callBackAt = Input.CallBackOn is { } day ? Dutch.At(day, Input.CallBackAt ?? new TimeOnly(9, 0)) : (DateTimeOffset?)null;
        return work.Call(Journey, Input.Version, Input.IsReached, callBackAt, companion, User.Who(), ct);
    }, ct);

    public Task<IActionResult> OnPostAsk(Guid id, CancellationToken ct) => Do(
        id, "Ask", () => work.Ask(Journey, Input.Version, [.. Input.Missing.Where(Dutch.Missing.ContainsKey)], User.Who(), ct), ct);

    public Task<IActionResult> OnPostWishes(Guid id, CancellationToken ct) => Do(id, "Wishes", () =>
    {
        var without = Input.Without.Append(Input.WithoutAlso ?? Guid.Empty).Where(w => _region.Professionals.ContainsKey(w) || _region.Organisations.ContainsKey(w));
        var language = Input.WishedLanguage is { Length: > 0 and <= 20 } code && ResidentWords.Languages.ContainsKey(code) ? code : null;
        return work.Wish(
            Journey, Input.Version, ResidentWishes.Of(language, Input.HasInterpreter, Input.NeedsAccess, Input.Place, Input.NotPossible, without), User.Who(), ct);
    }, ct);

    public Task<IActionResult> OnPostPause(Guid id, CancellationToken ct) => Do(id, "Pause", () =>
    {
        var until = Input.PauseUntil is { } day ? Dutch.At(day, default) : (DateTimeOffset?)null;
        return work.Pause(Journey, Input.Version, until, Note, User.Who(), ct);
    }, ct);

    public Task<IActionResult> OnPostResume(Guid id, CancellationToken ct) =>
        Do(id, "Resume", () => work.Resume(Journey, Input.Version, User.Who(), ct), ct);

    public Task<IActionResult> OnPostWithdraw(Guid id, CancellationToken ct) =>
        Do(id, "Withdraw", () => work.Withdraw(Journey, Input.Version, Note, User.Who(), ct), ct);

    public Task<IActionResult> OnPostClose(Guid id, CancellationToken ct) =>
        Do(id, "Close", () => work.Close(Journey, Input.Version, Input.Reason ?? "", Note, User.Who(), ct), ct);

    public Task<IActionResult> OnPostMiss(Guid id, CancellationToken ct) => Do(id, "Miss", async () =>
        Conversation is { } booked ? await work.Miss(Journey, booked, Input.Version, details.MayBeEarly, User.Who(), ct) : PlannerStep.Changed, ct);

    public Task<IActionResult> OnPostReplace(Guid id, CancellationToken ct) => Do(id, "Replace", async () =>
    {
        if (Conversation is not { Status: ConversationStatus.Scheduled } booked)
        {
            return PlannerStep.Changed;
        }

        var both = await details.Replacements(booked, ct);
        foreach (var (leaving, options) in both)
        {
            if (options.FirstOrDefault(o => $"{leaving:N}>{o.ProfessionalId:N}" == Input.Replacement) is { } coming)
            {
                return await schedule.Replace(Journey, booked, Input.Version, leaving, coming, User.Who(), ct);
            }
        }

        return Input.Replacement is null ? "Kies wie er in de plaats komt." : "Deze verkenner is net niet meer vrij. Kies een ander.";
    }, ct);

    public Task<IActionResult> OnPostUndo(Guid id, CancellationToken ct) => Do(id, "Undo", () => undo.Undo(id, User.Who(), ct), ct);

    private async Task<string?> Choose(CancellationToken ct)
    {
        // Among all that are free, not only those on the page: the order may have changed since it was shown.
        var free = (await moments.For(Journey, ct, atMost: int.MaxValue)).Candidates;
        var chosen = free.FirstOrDefault(c => KeyOf(c) == Input.Choice);
        return (Conversation, chosen) switch
        {
            _ when Journey.Stage is Planning.Journey.Stage.Closed => ScheduleConversation.Stopped,
            (_, null) when Input.Version == Journey.Revision => ScheduleConversation.Taken,
            (_, null) => PlannerStep.Changed,
            ({ Status: ConversationStatus.Held }, _) => PlannerStep.Changed,
            ({ Status: ConversationStatus.Scheduled } booked, { } moment) => await schedule.Move(Journey, booked, Input.Version, moment, User.Who(), ct),
            (var proposed, { } moment) => await schedule.Book(Journey, proposed, Input.Version, moment, User.Who(), ct),
        };
    }
}
