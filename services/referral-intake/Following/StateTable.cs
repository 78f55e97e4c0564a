using System.Collections.Frozen;
using static VGIntegration.ReferralIntake.Following.ReferralEvent;
using static VGIntegration.ReferralIntake.Following.ReferralState;
using static VGIntegration.ReferralIntake.Following.Role;
using S = VGIntegration.ReferralIntake.Following.ReferralState;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>The table of interface section 3: what may happen, by whom, from where, and where it leads. There is no other.</summary>
internal static class StateTable
{
    private static readonly S[] Received = [S.TakenIn, AwaitingInformation]; // Task.status received
    private static readonly S[] Accepted = [InPlanning, S.DuoProposed, S.DuoConfirmed, S.ResidentNotReached, ResidentSpoken];
    private static readonly S[] Booked = [AppointmentBooked, AppointmentMoved, DuoRestored, S.NotAttended]; // Task.status in-progress
    private static readonly S[] Held = [S.ConversationHeld, AdviceInPreparation];
    private static readonly S[] Ending = [S.CancellationRequested, WithdrawingByResident]; // on-hold until planning confirms
    private static readonly S[] BeforeBooking = [Registered, .. Received, .. Accepted];
    private static readonly S[] Running = [.. BeforeBooking, .. Booked, S.Paused];

    private static readonly Row[] Rows =
    [
        new(ReferralEvent.TakenIn, Role.System, [Registered], S.TakenIn),
        new(InformationRequested, Planner, [.. Received, .. Accepted], AwaitingInformation),
        new(PlanningStarted, Planner, [.. Received, .. Accepted], InPlanning),
        new(ReferralEvent.DuoProposed, Role.System | Planner, [.. Received, .. Accepted], S.DuoProposed),
        new(ReferralEvent.DuoConfirmed, Planner | Professional, Accepted, S.DuoConfirmed),
        new(ReferralEvent.ResidentNotReached, Planner, [.. Received, .. Accepted], S.ResidentNotReached),
        new(ResidentReached, Planner, [.. Received, .. Accepted], ResidentSpoken),
        new(ConversationScheduled, Planner | Resident, [.. Received, .. Accepted, .. Booked], AppointmentBooked),
        new(ConversationMoved, Planner, Booked, AppointmentMoved),
        new(ProfessionalReplaced, Planner, Booked, DuoRestored),
        new(ReferralEvent.NotAttended, Professional, Booked, S.NotAttended),
        new(ReferralEvent.ConversationHeld, Professional, Booked, S.ConversationHeld),
        new(AdviceBegun, Professional, Held, AdviceInPreparation),
        new(AdviceSigned, Professional, Held, AdviceInPreparation),
        new(ReferralEvent.AdviceReturned, Role.System, [AdviceInPreparation], S.AdviceReturned),

        new(ReferralEvent.Rejected, Planner, [.. Received, .. Accepted, .. Booked, S.Paused], S.Rejected),
        new(ReferralEvent.NoConversation, Planner, [.. Received, .. Accepted, .. Booked, S.Paused], S.NoConversation),
        new(ReferralEvent.Paused, Planner, [.. Received, .. Accepted, .. Booked], S.Paused),
        new(Resumed, Planner, [S.Paused], BeforePause),
        new(ResidentWithdrew, Planner | Resident, [.. Received, .. Accepted], WithdrawnByResident),
        new(ResidentWithdrew, Planner | Resident, [.. Booked, S.Paused], WithdrawingByResident),
        new(ClosedForResident, Planner | Role.System, [WithdrawingByResident], WithdrawnByResident),
        new(ClosedForReferrer, Planner | Role.System, [S.CancellationRequested], Cancelled),

        new(Changed, GpSystem, [Registered, S.TakenIn, .. Accepted], Same),
        new(Changed, GpSystem, [AwaitingInformation], S.TakenIn),
        new(Supplemented, GpSystem, [Registered, S.TakenIn, .. Accepted, .. Booked, .. Held, S.Paused, .. Ending], Same),
        new(Supplemented, GpSystem, [AwaitingInformation], S.TakenIn),
        new(ReferralEvent.WithdrawnByReferrer, GpSystem, BeforeBooking, S.WithdrawnByReferrer),
        new(ReferralEvent.CancellationRequested, GpSystem, [.. Booked, S.Paused], S.CancellationRequested),
        new(ReferralEvent.EnteredInError, GpSystem, [.. Running, .. Ending], S.EnteredInError),
    ];

    // What crossed on the way: nobody may do this, but it may turn out to have happened. Once the huisarts was told that the
    // referral is withdrawn it stays so, unless the conversation was held: then the advice still follows.
    private static readonly Row[] Crossings =
    [
        new(ReferralEvent.WithdrawnByReferrer, GpSystem, [.. Booked, S.Paused], S.WithdrawnByReferrer),
        new(AdviceCorrected, Role.System, [S.AdviceReturned], Same), // after the end: another letter counts, or none
        new(ReferralEvent.ConversationHeld, Professional, [S.WithdrawnByReferrer, S.EnteredInError, S.Paused, .. Ending], S.ConversationHeld),
    ];

    private static readonly FrozenDictionary<(S, ReferralEvent, Role), Target> Cells = CellsOf(Rows);
    private static readonly FrozenDictionary<(S, ReferralEvent, Role), Target> CrossingCells = CellsOf(Crossings);

    private static Target Same => new(null, false);

    private static Target BeforePause => new(null, true);

    /// <summary>Where it leads; null when this role may not do this now.</summary>
    internal static S? Next(S from, ReferralEvent happened, Role by, S beforePause = S.TakenIn) =>
        Cells.TryGetValue((from, happened, by), out var to) ? to.From(from, beforePause) : null;

    /// <summary>Where it leads when it is told; also what crossed on the way.</summary>
    internal static S? NextWhenTold(S from, ReferralEvent happened, Role by, S beforePause) =>
        Next(from, happened, by, beforePause)
        ?? (CrossingCells.TryGetValue((from, happened, by), out var to) ? to.From(from, beforePause) : null);

    /// <summary>What this role may do now.</summary>
    internal static IEnumerable<ReferralEvent> Actions(S state, Role by) =>
        Enum.GetValues<ReferralEvent>().Where(e => Cells.ContainsKey((state, e, by)));

    private static FrozenDictionary<(S, ReferralEvent, Role), Target> CellsOf(Row[] rows) => rows
        .SelectMany(row => row.From.SelectMany(from => Enum.GetValues<Role>().Where(r => r != None && row.By.HasFlag(r))
            .Select(by => (Key: (from, row.Event, by), row.To))))
        .ToFrozenDictionary(cell => cell.Key, cell => cell.To); // two rows for one cell do not start

    private sealed record Row(ReferralEvent Event, Role By, S[] From, Target To);

    private readonly record struct Target(S? State, bool IsBeforePause)
    {
        public static implicit operator Target(S state) => new(state, false);

        internal S From(S from, S beforePause) => State ?? (IsBeforePause ? beforePause : from);
    }
}
