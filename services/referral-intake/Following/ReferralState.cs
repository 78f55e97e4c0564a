namespace VGIntegration.ReferralIntake.Following;

/// <summary>Where a referral stands (interface section 3, the column businessStatus).</summary>
internal enum ReferralState
{
    Registered,
    TakenIn,
    AwaitingInformation,
    InPlanning,
    DuoProposed,
    DuoConfirmed,
    ResidentNotReached,
    ResidentSpoken,
    AppointmentBooked,
    AppointmentMoved,
    DuoRestored,
    NotAttended,
    ConversationHeld,
    AdviceInPreparation,
    AdviceReturned,
    Rejected,
    WithdrawnByReferrer,
    CancellationRequested,
    Cancelled,
    WithdrawingByResident,
    WithdrawnByResident,
    NoConversation,
    Paused,
    EnteredInError,
}

/// <summary>What can happen to a referral after it was stored (interface section 3, the column event).</summary>
internal enum ReferralEvent
{
    TakenIn,
    InformationRequested,
    PlanningStarted,
    DuoProposed,
    DuoConfirmed,
    ResidentNotReached,
    ResidentReached,
    ConversationScheduled,
    ConversationMoved,
    ProfessionalReplaced,
    NotAttended,
    ConversationHeld,
    AdviceBegun,
    AdviceSigned,
    AdviceReturned,
    AdviceCorrected,
    Rejected,
    NoConversation,
    Paused,
    Resumed,
    ResidentWithdrew,
    ClosedForResident,
    ClosedForReferrer,
    Changed,
    Supplemented,
    WithdrawnByReferrer,
    CancellationRequested,
    EnteredInError,
}

/// <summary>Who can make something happen.</summary>
[Flags]
internal enum Role
{
    None = 0,
    System = 1,
    GpSystem = 2,
    Planner = 4,
    Resident = 8,
    Professional = 16,
}

/// <summary>What the ServiceRequest says: the huisarts's own authority over the referral.</summary>
internal enum ReferralStanding
{
    Active,
    Completed,
    Revoked,
    EnteredInError,
}
