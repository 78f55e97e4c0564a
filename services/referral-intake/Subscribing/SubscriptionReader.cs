using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Microsoft.AspNetCore.DataProtection;
using VGIntegration.ReferralIntake.Http;
using VGIntegration.ReferralIntake.Practices;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Subscribing;

/// <summary>Reads and judges a Subscription in the R4 form of the R5 backport. Everything that is wrong is told at once.</summary>
internal sealed class SubscriptionReader(IDataProtectionProvider protection, TimeProvider clock)
{
    private const int LongestHeader = 4000;

    private readonly IDataProtector _protector = protection.CreateProtector("Subscribing.Authorization");

    public (Wish? Wish, IReadOnlyList<Finding> Findings) Read(Subscription asked, Practice practice, TopicSubscription? known)
    {
        var channel = asked.Channel ?? new Subscription.ChannelComponent();
        var findings = Topic(asked).Concat(Channel(channel)).Concat(Where(channel, practice)).Concat(Rest(asked)).ToList();
        var authorization = Authorization(channel, findings);
        var statuses = TaskStatuses(asked, findings);
        if (findings.Exists(f => f.Refuses))
        {
            return (null, findings);
        }

        var keeps = authorization is null ? known?.Endpoint == channel.Endpoint : known is not null && Reveal(known) == authorization;
        return (new Wish(
            channel.Endpoint!, keeps ? known!.ProtectedAuthorization : authorization is null ? null : _protector.Protect(authorization),
            asked.Reason!, statuses, asked.End), findings);
    }

    /// <summary>The header as the practice gave it; only for the moment of sending.</summary>
    public string? Reveal(TopicSubscription subscription) => Reveal(subscription.ProtectedAuthorization);

    public string? Reveal(string? hidden)
    {
        try
        {
            return hidden is null ? null : _protector.Unprotect(hidden);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // the key is gone: the endpoint will refuse, and the practice can give the header again
        }
    }

    private static IEnumerable<Finding> Topic(Subscription asked)
    {
        if (asked.Criteria != Topics.ReferralStatus)
        {
            yield return Finding.Error(IssueType.NotSupported, "Subscription.criteria",
                $"Zet criteria op {Topics.ReferralStatus}: op andere onderwerpen kunt u zich hier niet abonneren.");
        }
    }

    private static IEnumerable<Finding> Channel(Subscription.ChannelComponent channel)
    {
        if (channel.Type is not Subscription.SubscriptionChannelType.RestHook)
        {
            yield return Finding.Error(IssueType.NotSupported, "Subscription.channel.type",
                "Zet channel.type op rest-hook: meldingen komen met een POST op uw endpoint.");
        }

        if (channel.Payload != "application/fhir+json")
        {
            yield return Finding.Error(IssueType.NotSupported, "Subscription.channel.payload",
                "Zet channel.payload op application/fhir+json.");
        }

        if (channel.PayloadElement?.GetExtensionValue<Code>(Topics.PayloadContent)?.Value != "id-only")
        {
            yield return Finding.Error(IssueType.NotSupported, "Subscription.channel.payload",
                $"Voeg aan channel.payload de extensie {Topics.PayloadContent} toe met valueCode id-only. Een melding bevat nooit gegevens "
                + "van een inwoner; haal de Task op met GET.");
        }

        if (channel.Extension.Exists(e => !Topics.IsAccepted(e)))
        {
            yield return Finding.Error(IssueType.NotSupported, "Subscription.channel.extension",
                "Laat de extensies van channel weg: een hartslag, een eigen wachttijd of een ander soort kanaal kent deze dienst niet.");
        }
    }

    // Where a notification goes is never the request's choice: only what was registered of the practice.
    private static IEnumerable<Finding> Where(Subscription.ChannelComponent channel, Practice practice)
    {
        if (!NotificationAddress.IsAllowed(practice, channel.Endpoint))
        {
            yield return Finding.Error(IssueType.BusinessRule, "Subscription.channel.endpoint",
                "Het endpoint moet een https-adres zijn op de computer die voor uw praktijk is geregistreerd. Vraag de beheerder van de regio om "
                + "een andere computer toe te voegen.");
        }
    }

    private IEnumerable<Finding> Rest(Subscription asked)
    {
        if (asked.Reason is not { Length: > 0 and <= 500 })
        {
            yield return Finding.Error(IssueType.Required, "Subscription.reason", "Vul reason in: waarvoor dit abonnement is, in hoogstens 500 tekens.");
        }

        if (asked.End <= clock.GetUtcNow())
        {
            yield return Finding.Error(IssueType.Value, "Subscription.end", "Het einde moet in de toekomst liggen, of laat het weg.");
        }

        if (asked.Contact.Count > 0)
        {
            yield return Finding.Warning(IssueType.NotSupported, "Subscription.contact", "De contactgegevens zijn niet bewaard: de beheerder kent uw praktijk.");
        }
    }

    private static string? Authorization(Subscription.ChannelComponent channel, List<Finding> findings)
    {
        var headers = channel.Header.ToList();
        if (headers.Count == 0)
        {
            return null;
        }

        var parts = headers[0]?.Split(':', 2) ?? [];
        var value = parts.ElementAtOrDefault(1)?.Trim() ?? "";
        var isRight = headers.Count == 1 && parts[0].Trim().Equals("Authorization", StringComparison.OrdinalIgnoreCase)
            && value.Length is > 0 and <= LongestHeader && value.All(c => c is >= ' ' and <= '~');
        if (!isRight)
        {
            findings.Add(Finding.Error(IssueType.NotSupported, "Subscription.channel.header",
                $"Geef hoogstens één header, in de vorm \"Authorization: Bearer …\", van hoogstens {LongestHeader} tekens."));
        }

        return isRight ? value : null;
    }

    private static string? TaskStatuses(Subscription asked, List<Finding> findings)
    {
        var extensions = asked.CriteriaElement?.Extension ?? [];
        if (extensions.Count == 0)
        {
            return null;
        }

        var filter = extensions is [{ Url: Topics.FilterCriteria, Value: FhirString { Value: { } text } }] ? text : "";
        var codes = filter.StartsWith(Topics.FilterForm, StringComparison.Ordinal) ? filter[Topics.FilterForm.Length..].Split(',') : [];
        if (codes.Length > 0 && codes.All(c => EnumUtility.ParseLiteral<Hl7.Fhir.Model.Task.TaskStatus>(c) is not null))
        {
            return string.Join(',', codes.Distinct());
        }

        findings.Add(Finding.Error(IssueType.NotSupported, "Subscription.criteria.extension",
            $"Filter alleen met één extensie {Topics.FilterCriteria} in de vorm {Topics.FilterForm}completed,rejected (statussen van de Task)."));
        return null;
    }
}
