using MailKit.Security;
using VGIntegration.Hosting;

namespace VGIntegration.Planning.Inviting;

/// <summary>When a resident is reminded, how long a personal link lives, and where people outside find us.</summary>
internal sealed record InvitingRules(int ReminderDays, int LinkDays, Uri Site, string? Telephone)
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <exception cref="SettingException">A setting is of no use.</exception>
    internal static InvitingRules Of(IConfiguration settings) => new(
        Number(settings, "Inviting:ReminderDays", 2, 1, 30), Number(settings, "Inviting:LinkDays", 14, 1, 90),
        Uri.TryCreate(settings["Inviting:Site"] ?? "http://localhost:5102", UriKind.Absolute, out var site) && site.Scheme is "http" or "https"
            ? site
            : throw new SettingException("Inviting:Site must be the address by which residents and professionals know this system."),
        settings["Inviting:Telephone"] is { Length: > 0 } telephone ? telephone : null);

    /// <summary>Ten o'clock in the morning, so many days before; local time, summer and winter.</summary>
    internal DateTimeOffset RemindAt(DateTimeOffset startsAt)
    {
        var morning = TimeZoneInfo.ConvertTime(startsAt, Amsterdam).Date.AddDays(-ReminderDays).AddHours(10);
        return new DateTimeOffset(morning, Amsterdam.GetUtcOffset(morning)).ToUniversalTime();
    }

    internal static int Number(IConfiguration settings, string name, int otherwise, int least, int most) => settings[name] switch
    {
        null => otherwise,
        var text when int.TryParse(text, out var number) && number >= least && number <= most => number,
        _ => throw new SettingException($"{name} must be a whole number from {least} to {most}."),
    };
}

/// <summary>Where mail and text messages go.</summary>
internal sealed record MailRules(
    string? Host, int Port, SecureSocketOptions Security, string? UserName, string? Password, string From, string Name, string Folder, string SmsFolder)
{
    /// <exception cref="SettingException">A setting is of no use.</exception>
    internal static MailRules Of(IConfiguration settings)
    {
        var data = Path.GetFullPath(settings["data"] ?? "data");
        var from = settings["Mail:From"] ?? "planning@verkennend-gesprek.invalid";
        if (!MimeKit.MailboxAddress.TryParse(from, out var parsed) || parsed.Domain is null or "")
        {
            throw new SettingException("Mail:From must be an e-mail address.");
        }

        if (settings["Mail:Host"] is { Length: > 0 } && settings["Mail:From"] is null)
        {
            throw new SettingException("Mail:Host is set, so Mail:From must be the address that mail comes from.");
        }

        return new(
            settings["Mail:Host"] is { Length: > 0 } host ? host : null, InvitingRules.Number(settings, "Mail:Port", 587, 1, 65_535),
            (settings["Mail:Security"] ?? "StartTls") switch
            {
                "StartTls" => SecureSocketOptions.StartTls,
                "Tls" => SecureSocketOptions.SslOnConnect,
                "None" => SecureSocketOptions.None,
                _ => throw new SettingException("Mail:Security must be StartTls, Tls or None."),
            },
            settings["Mail:UserName"], settings["Mail:Password"], from, settings["Mail:Name"] ?? "Verkennend gesprek",
            settings["Mail:Folder"] ?? Path.Combine(data, "mail"), settings["Mail:SmsFolder"] ?? Path.Combine(data, "sms"));
    }

    internal string Domain => From[(From.LastIndexOf('@') + 1)..];
}
