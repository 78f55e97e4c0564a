using Hl7.Fhir.Model;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>The state of a referral in FHIR's words: the table of interface section 3.</summary>
internal static class ReferralStatus
{
    internal static (RequestStatus Request, Hl7.Fhir.Model.Task.TaskStatus Task, string Business, string Display) Of(ReferralState state) => state switch
    {
        ReferralState.Registered => (RequestStatus.Active, Hl7.Fhir.Model.Task.TaskStatus.Requested, "aangemeld", "Aangemeld"),
        ReferralState.TakenIn => (RequestStatus.Active, Hl7.Fhir.Model.Task.TaskStatus.Received, "ontvangen", "Ontvangen door de planner"),
        ReferralState.DuoProposed => (RequestStatus.Active, Hl7.Fhir.Model.Task.TaskStatus.Accepted, "duo-voorgesteld", "Duo voorgesteld"),
        ReferralState.AppointmentBooked => (RequestStatus.Active, Hl7.Fhir.Model.Task.TaskStatus.InProgress, "afspraak-gepland", "Afspraak gepland"),
        ReferralState.ConversationHeld => (RequestStatus.Active, Hl7.Fhir.Model.Task.TaskStatus.InProgress, "gesprek-gevoerd", "Gesprek gevoerd"),
        ReferralState.AdviceInPreparation => (RequestStatus.Active, Hl7.Fhir.Model.Task.TaskStatus.InProgress, "advies-in-afstemming", "Advies in afstemming"),
        ReferralState.AdviceReturned => (RequestStatus.Completed, Hl7.Fhir.Model.Task.TaskStatus.Completed, "advies-teruggekoppeld", "Advies teruggekoppeld"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a row in the table."),
    };
}
