using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using VGIntegration.Hosting;

namespace VGIntegration.Feedback.HandingOver;

/// <summary>Takes a letter for a practice by mail that meets NTA 7516; false when it could not now.</summary>
internal interface ISecureMail
{
    Task<bool> Send(MimeMessage mail, CancellationToken ct);
}

/// <summary>
/// The mail server of a provider for NTA 7516: settings Returning:SecureMail:Host, :Port, :UserName, :Password and :From. The
/// line is always encrypted (STARTTLS); without that nothing goes.
/// </summary>
internal sealed class SecureMailServer(SecureMailRules rules) : ISecureMail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<bool> Send(MimeMessage mail, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Patience);
        using var smtp = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await smtp.ConnectAsync(rules.Host!, rules.Port, SecureSocketOptions.StartTls, timeout.Token);
            if (rules.UserName is { Length: > 0 } name)
            {
                await smtp.AuthenticateAsync(name, rules.Password ?? "", timeout.Token);
            }

            await smtp.SendAsync(mail, timeout.Token);
            return true;
        }
        catch (Exception e) when (e is SmtpCommandException or IOException or SocketException or ProtocolException or ServiceNotConnectedException
            or AuthenticationException or SslHandshakeException or TimeoutException or NotSupportedException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}

/// <summary>A folder of .eml files (RFC 5322), from where the region's own mail program takes them. Their names say nothing of anybody.</summary>
internal sealed class SecureMailFolder(SecureMailRules rules) : ISecureMail
{
    public async Task<bool> Send(MimeMessage mail, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(rules.Folder);
        }
        else
        {
            Directory.CreateDirectory(rules.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var path = Path.Combine(rules.Folder, $"{mail.MessageId!.Split('@')[0]}.eml");
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(draft, options))
        {
            await mail.WriteToAsync(stream, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        return true;
    }
}

/// <summary>Where secure mail goes: a provider's server, or without one a folder.</summary>
internal sealed record SecureMailRules(string? Host, int Port, string? UserName, string? Password, string From, string Folder)
{
    private static readonly string[] Known = ["Host", "Port", "UserName", "Password", "From", "Folder"];

    /// <exception cref="SettingException">A setting is unknown or of no use.</exception>
    internal static SecureMailRules Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Returning:SecureMail");
        if (settings.GetChildren().FirstOrDefault(s => !Known.Contains(s.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new SettingException($"{unknown.Path} is not a setting. Returning:SecureMail has: {string.Join(", ", Known)}.");
        }

        var (host, from) = (settings["Host"] is { Length: > 0 } given ? given : null, settings["From"]);
        if (host is not null && from is null)
        {
            throw new SettingException("Returning:SecureMail:Host is set, so Returning:SecureMail:From must be the address that letters come from.");
        }

        from ??= "brieven@verkennend-gesprek.invalid";
        return new(
            host,
            int.TryParse(settings["Port"] ?? "587", out var port) && port is > 0 and < 65_536
                ? port
                : throw new SettingException("Returning:SecureMail:Port must be a whole number from 1 to 65535."),
            settings["UserName"], settings["Password"],
            MailboxAddress.TryParse(from, out var address) && address.Domain is { Length: > 0 }
                ? from
                : throw new SettingException("Returning:SecureMail:From must be an e-mail address."),
            settings["Folder"] ?? Path.Combine(Path.GetFullPath(configuration["data"] ?? "data"), "letters"));
    }
}
