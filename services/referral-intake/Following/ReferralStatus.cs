using Hl7.Fhir.Model;
using S = VGIntegration.ReferralIntake.Following.ReferralState;
using TaskStatus = Hl7.Fhir.Model.Task.TaskStatus;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>Each state in FHIR's words: the columns of interface section 3.</summary>
internal static class ReferralStatus
{
    internal static (RequestStatus Request, TaskStatus Task, string? Business, string? Display) Of(ReferralState state) => state switch
    {
        S.Registered => (RequestStatus.Active, TaskStatus.Requested, "aangemeld", "Aangemeld"),
        S.TakenIn => (RequestStatus.Active, TaskStatus.Received, "ontvangen", "Ontvangen door de planner"),
        S.AwaitingInformation => (RequestStatus.Active, TaskStatus.Received, "wacht-op-informatie", "Wacht op informatie van de huisarts"),
        S.InPlanning => (RequestStatus.Active, TaskStatus.Accepted, "in-planning", "In planning"),
        S.DuoProposed => (RequestStatus.Active, TaskStatus.Accepted, "duo-voorgesteld", "Duo voorgesteld"),
        S.DuoConfirmed => (RequestStatus.Active, TaskStatus.Accepted, "duo-bevestigd", "Duo bevestigd"),
        S.ResidentNotReached => (RequestStatus.Active, TaskStatus.Accepted, "inwoner-niet-bereikt", "Inwoner nog niet bereikt"),
        S.ResidentSpoken => (RequestStatus.Active, TaskStatus.Accepted, "inwoner-gesproken", "Inwoner gesproken"),
        S.AppointmentBooked => (RequestStatus.Active, TaskStatus.InProgress, "afspraak-gepland", "Afspraak gepland"),
        S.AppointmentMoved => (RequestStatus.Active, TaskStatus.InProgress, "afspraak-verzet", "Afspraak verzet"),
        S.DuoRestored => (RequestStatus.Active, TaskStatus.InProgress, "duo-hersteld", "Duo hersteld"),
        S.NotAttended => (RequestStatus.Active, TaskStatus.InProgress, "niet-verschenen", "Inwoner niet verschenen"),
        S.ConversationHeld => (RequestStatus.Active, TaskStatus.InProgress, "gesprek-gevoerd", "Gesprek gevoerd"),
        S.AdviceInPreparation => (RequestStatus.Active, TaskStatus.InProgress, "advies-in-afstemming", "Advies in afstemming"),
        S.AdviceReturned => (RequestStatus.Completed, TaskStatus.Completed, "advies-teruggekoppeld", "Advies teruggekoppeld"),
        S.Rejected => (RequestStatus.Active, TaskStatus.Rejected, "afgewezen", "Afgewezen"),
        S.WithdrawnByReferrer => (RequestStatus.Revoked, TaskStatus.Cancelled, "ingetrokken-door-verwijzer", "Ingetrokken door de huisarts"),
        S.CancellationRequested => (RequestStatus.Revoked, TaskStatus.OnHold, "annulering-gevraagd", "Annulering gevraagd"),
        S.Cancelled => (RequestStatus.Revoked, TaskStatus.Cancelled, "geannuleerd", "Geannuleerd"),
        S.WithdrawingByResident => (RequestStatus.Revoked, TaskStatus.OnHold, "ingetrokken-door-inwoner", "Ingetrokken door de inwoner"),
        S.WithdrawnByResident => (RequestStatus.Revoked, TaskStatus.Cancelled, "ingetrokken-door-inwoner", "Ingetrokken door de inwoner"),
        S.NoConversation => (RequestStatus.Active, TaskStatus.Failed, "geen-gesprek", "Geen gesprek"),
        S.Paused => (RequestStatus.Active, TaskStatus.OnHold, "gepauzeerd", "Gepauzeerd"),
        S.EnteredInError => (RequestStatus.EnteredInError, TaskStatus.EnteredInError, null, null),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a row in the table."),
    };

    internal static RequestStatus Of(ReferralStanding standing) => standing switch
    {
        ReferralStanding.Active => RequestStatus.Active,
        ReferralStanding.Completed => RequestStatus.Completed,
        ReferralStanding.Revoked => RequestStatus.Revoked,
        ReferralStanding.EnteredInError => RequestStatus.EnteredInError,
        _ => throw new ArgumentOutOfRangeException(nameof(standing)),
    };

    /// <summary>What the ServiceRequest says in this state.</summary>
    internal static ReferralStanding Standing(ReferralState state) => Of(state).Request switch
    {
        RequestStatus.Completed => ReferralStanding.Completed,
        RequestStatus.Revoked => ReferralStanding.Revoked,
        RequestStatus.EnteredInError => ReferralStanding.EnteredInError,
        _ => ReferralStanding.Active,
    };
}
