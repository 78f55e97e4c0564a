namespace VGIntegration.Planning.Inviting;

/// <summary>What planners read about notices.</summary>
internal static class NoticeWords
{
    internal static string What(Notice notice) => notice.Kind switch
    {
        NoticeKind.Invitation when notice.Sequence > 0 => "Gewijzigde uitnodiging",
        NoticeKind.Invitation => "Uitnodiging",
        NoticeKind.Cancellation => "Bericht dat het vervalt",
        NoticeKind.Confirmation when notice.Sequence > 0 => "Bevestiging van de wijziging",
        NoticeKind.Confirmation => "Bevestiging",
        NoticeKind.CalledOff => "Bericht dat het niet doorgaat",
        NoticeKind.Reminder => "Herinnering",
        NoticeKind.Choice => "Link om zelf te kiezen",
        _ => throw new ArgumentOutOfRangeException(nameof(notice)),
    };

    internal static string State(Notice notice) => notice.State switch
    {
        NoticeState.Sent => notice.SentBy switch
        {
            Channel.Sms => "Verstuurd als sms",
            Channel.Letter => "Verstuurd als brief",
            Channel.Telephone => "Telefonisch doorgegeven",
            _ => "Verstuurd per e-mail",
        },
        NoticeState.Failed => "Mislukt",
        NoticeState.ToPrint => "Brief nodig",
        NoticeState.ToCall => "Bel de inwoner",
        NoticeState.NotNeeded => "Niet meer nodig",
        _ when notice.Obstacle is not null => "Nog niet gelukt",
        _ => "Wordt verstuurd",
    };

    internal static string Badge(Notice notice) => notice.State switch
    {
        NoticeState.Sent => "success",
        NoticeState.Failed => "danger",
        NoticeState.ToPrint or NoticeState.ToCall => "warning",
        NoticeState.Waiting when notice.Obstacle is not null => "warning",
        NoticeState.Waiting => "active",
        _ => "neutral",
    };

    internal static string? Why(Notice notice) => notice.Obstacle switch
    {
        null => null,
        Obstacle.NoAddress when notice.Addressee is Addressee.Resident => "Er is geen e-mailadres bekend.",
        Obstacle.NoAddress => "In het register staat geen e-mailadres. Vul het aan en verstuur opnieuw.",
        Obstacle.BadAddress => "Het e-mailadres werkt niet.",
        Obstacle.IntakeUnavailable => "De gegevens van de inwoner zijn nu niet op te halen. Het gaat vanzelf opnieuw.",
        Obstacle.ServerUnreachable => "De mailserver is niet bereikbaar. Het gaat vanzelf opnieuw.",
        Obstacle.ServerBusy => "De mailserver neemt het nu niet aan. Het gaat vanzelf opnieuw.",
        Obstacle.Refused => "De mailserver weigert dit bericht. Vraag de beheerder waarom.",
        _ => "Er ging iets mis. Het gaat vanzelf opnieuw.",
    };
}
