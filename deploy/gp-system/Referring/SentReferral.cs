namespace VGIntegration.GpSystem.Referring;

/// <summary>One referral that this system sends: its number never changes, however often it has to be sent again.</summary>
internal sealed record SentReferral(string Number, string Sample, DateTimeOffset WrittenAt)
{
    /// <summary>The id that intake gave, once it accepted the referral.</summary>
    public string? ServiceRequestId { get; init; }

    /// <summary>The status of the last answer; 0 when there was none.</summary>
    public int Status { get; init; }

    /// <summary>What intake said, one line for each reason or warning.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public bool IsAccepted => ServiceRequestId is not null;

    /// <summary>Nobody said no: sending it once more, with the same number, is right.</summary>
    public bool CanBeSentAgain => !IsAccepted && Status is 0 or 401 or 403 or 408 or 425 or 429 or >= 500;
}
