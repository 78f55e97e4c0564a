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

    /// <summary>Removes what is still here of these letters.</summary>
    void Remove(IReadOnlyCollection<Guid> letters);
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

    public void Remove(IReadOnlyCollection<Guid> letters)
    {
        // What was mailed is with the practice, and nothing of it is here.
    }
}

/// <summary>A folder of .eml files (RFC 5322), from where the region's own mail program takes them. Their names say nothing of anybody.</summary>
internal sealed class SecureMailFolder(SecureMailRules rules) : ISecureMail
{
    public async Task<bool> Send(MimeMessage mail, CancellationToken ct)
    {
        var path = Path.Combine(rules.Folder, $"{mail.MessageId!.Split('@')[0]}.eml");
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await Write(mail, draft, ct);
            File.Move(draft, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) // no such disk, no rights, no room
        {
            Delete(draft);
            return false;
        }
    }

    public void Remove(IReadOnlyCollection<Guid> letters)
    {
        if (Directory.Exists(rules.Folder))
        {
            letters.SelectMany(id => Directory.EnumerateFiles(rules.Folder, $"{id:N}.eml*")).ToList().ForEach(File.Delete);
        }
    }

    private async Task Write(MimeMessage mail, string file, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(rules.Folder);
        }
        else
        {
            Directory.CreateDirectory(rules.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(file, options);
        await mail.WriteToAsync(stream, ct);
        stream.Flush(flushToDisk: true);
    }

    private static void Delete(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // it goes with its letter
        }
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

        foreach (var practice in configuration.GetSection("Practices").GetChildren())
        {
            if (practice["MailAddress"] is { Length: > 0 } to && !IsAddress(to))
            {
                throw new SettingException($"{practice.Path}:MailAddress must be an e-mail address.");
            }
        }

        from ??= "brieven@verkennend-gesprek.invalid";
        return new(
            host,
            int.TryParse(settings["Port"] ?? "587", out var port) && port is > 0 and < 65_536
                ? port
                : throw new SettingException("Returning:SecureMail:Port must be a whole number from 1 to 65535."),
            settings["UserName"], settings["Password"],
            IsAddress(from)
                ? from
                : throw new SettingException("Returning:SecureMail:From must be an e-mail address."),
            settings["Folder"] ?? Path.Combine(Path.GetFullPath(configuration["data"] ?? "data"), "letters"));
    }

    internal ISecureMail Mail() => Host is null ? new SecureMailFolder(this) : new SecureMailServer(this);

    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address) && address.Domain is { Length: > 0 };
}
