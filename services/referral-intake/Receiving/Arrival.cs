using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Hosting.Outbox;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Requesting;
using VGIntegration.ReferralIntake.Supplementing;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>A referral and where it stands.</summary>
internal sealed record StoredReferral(Referral Referral, ReferralTask Task);

/// <summary>One referral on its way to the database, with all that is stored with it or not at all.</summary>
internal sealed class Arrival
{
    private readonly TaskCompletionSource<StoringOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Arrival(StoredReferral stored, IReadOnlyList<object> rows) => (Stored, Rows) = (stored, rows);

    internal StoredReferral Stored { get; }

    internal IReadOnlyList<object> Rows { get; }

    internal (Guid, string, string) Key => (Stored.Referral.PracticeId, Stored.Referral.SourceSystem, Stored.Referral.SourceValue);

    /// <summary>What would be left of it if it was erased.</summary>
    internal string KeyHash => Erasure.HashOf(Stored.Referral.PracticeId, Stored.Referral.SourceSystem, Stored.Referral.SourceValue);

    internal Task<StoringOutcome> Outcome => _outcome.Task;

    internal static Arrival Of(Guid practice, ReferralRequest asked, string? requestId, string who, DateTimeOffset now)
    {
        var referral = Referral.Receive(practice, asked, now);
        var task = ReferralTask.Open(referral.Id, practice, now);
        var audit = AuditEntry.Of("C", who, $"Referral/{referral.Id}", "receive-referral", now);
        var told = OutboxMessage.Of(new ReferralReceived
        {
            ReferralId = referral.Id,
            Sequence = task.NextSequence(),
            OccurredAt = now,
            Priority = referral.Priority,
            PostcodeDigits = referral.Resident.PostcodeDigits,
            Language = referral.Resident.Language,
            Criteria = referral.CriterionCodes,
        });
        object[] rows = [referral, task, audit, told, .. asked.Documents.SelectMany(d => ReferralDocument.Along(practice, referral.Id, d, now))];
        return new(new(referral, task), requestId is null
            ? rows
            : [.. rows, SeenRequest.Of(practice, requestId, asked.ContentHash, referral.Id, now)]);
    }

    internal void Settle(StoringOutcome outcome) => _outcome.TrySetResult(outcome);
}

/// <summary>What became of an arrival.</summary>
internal enum StoringOutcome
{
    /// <summary>Committed, and the message that tells of it with it.</summary>
    Stored,

    /// <summary>Not stored: the same number or X-Request-Id is there already, or the values cannot be stored.</summary>
    Refused,

    /// <summary>A copy of it is being stored, and that takes long.</summary>
    InHand,

    /// <summary>The database does not answer, or there is too much before it.</summary>
    Unavailable,
}
