using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace VGIntegration.Planning.Inviting;

/// <summary>Null when it is on its way; else what stood in the way, and whether that may pass by itself.</summary>
internal sealed record Hindered(Obstacle Obstacle, bool MayPass);

/// <summary>Takes a mail: a mail server, or without one a folder.</summary>
internal interface IPostOffice
{
    Task<Hindered?> Post(MimeMessage mail, CancellationToken ct);
}

/// <summary>The mail server of the settings Mail:Host, :Port, :Security, :UserName, :Password (RFC 5321).</summary>
internal sealed class MailServer(MailRules rules) : IPostOffice
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<Hindered?> Post(MimeMessage mail, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Patience);
        using var smtp = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await smtp.ConnectAsync(rules.Host!, rules.Port, rules.Security, timeout.Token);
            if (rules.UserName is { Length: > 0 } name)
            {
                await smtp.AuthenticateAsync(name, rules.Password ?? "", timeout.Token);
            }

            await smtp.SendAsync(mail, timeout.Token);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode is >= 500 and < 600)
        {
            return new(e.ErrorCode is SmtpErrorCode.RecipientNotAccepted ? Obstacle.BadAddress : Obstacle.Refused, MayPass: false);
        }
        catch (SmtpCommandException)
        {
            return new(Obstacle.ServerBusy, MayPass: true);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or ServiceNotConnectedException
            or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException or TimeoutException or NotSupportedException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(Obstacle.ServerUnreachable, MayPass: true);
        }

        await Leave(smtp, timeout.Token);
        return null;
    }

    // It was taken; how the server says goodbye does not matter any more.
    private static async Task Leave(SmtpClient smtp, CancellationToken ct)
    {
        try
        {
            await smtp.DisconnectAsync(true, ct);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or SmtpCommandException or OperationCanceledException)
        {
            return;
        }
    }
}

/// <summary>A folder of .eml files (RFC 5322): for the demo, and for a program of the region that takes them from there.</summary>
internal sealed class MailFolder(MailRules rules) : IPostOffice
{
    public async Task<Hindered?> Post(MimeMessage mail, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await mail.WriteToAsync(content, ct);
        await WriteWhole(rules.Folder, $"{mail.MessageId!.Split('@')[0]}.eml", content.ToArray(), ct);
        return null;
    }

    /// <summary>All or nothing, and the same again is the same file.</summary>
    internal static async Task WriteWhole(string folder, string name, byte[] content, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}");
        await using (var stream = new FileStream(draft, options))
        {
            await stream.WriteAsync(content, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, Path.Combine(folder, name), overwrite: true);
    }
}

/// <summary>Text messages go to a folder, one file each, from where the region's own gateway takes them: a number, and below it the text.</summary>
internal sealed class TextMessages(MailRules rules)
{
    internal Task Send(string name, string number, string text, CancellationToken ct) =>
        MailFolder.WriteWhole(rules.SmsFolder, $"{name}.txt", System.Text.Encoding.UTF8.GetBytes($"{number}\n{text}\n"), ct);

    /// <summary>A Dutch mobile number, as people write it.</summary>
    internal static string? MobileAmong(IEnumerable<string> numbers) => numbers
        .Select(n => string.Concat(n.Where(c => char.IsAsciiDigit(c) || c == '+')))
        .Select(n => n.StartsWith("+31", StringComparison.Ordinal) ? $"0{n[3..].TrimStart('0')}" : n.StartsWith("0031", StringComparison.Ordinal) ? $"0{n[4..].TrimStart('0')}" : n)
        .FirstOrDefault(n => n.Length == 10 && n.StartsWith("06", StringComparison.Ordinal));
}
