using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace VGIntegration.Surroundings;

/// <summary>What the mail server does with the next mails.</summary>
public enum MailMood
{
    Takes,

    /// <summary>450 to each recipient: later, perhaps.</summary>
    IsBusy,

    /// <summary>550 to each recipient: there is nobody of that name.</summary>
    KnowsNobody,

    /// <summary>554 after the text: it will not have this mail.</summary>
    Refuses,

    /// <summary>Takes the mail and cuts the line before it says so.</summary>
    TakesAndCuts,
}

/// <summary>A mail as the server got it.</summary>
public sealed record TakenMail(string From, IReadOnlyList<string> To, string Text, string? UserName, bool IsEncrypted);

/// <summary>A mail server (RFC 5321) on loopback, with AUTH PLAIN, and STARTTLS with a certificate that nobody trusts when that is asked for.</summary>
public sealed class MailServerStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private volatile int _mood;

    public MailServerStub(bool offersTls = false)
    {
        _certificate = offersTls ? SelfSigned() : null;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public MailMood Mood
    {
        get => (MailMood)_mood;
        set => _mood = (int)value;
    }

    /// <summary>In the order in which they came; also what was taken before the line was cut.</summary>
    public ConcurrentQueue<TakenMail> Taken { get; } = new();

    /// <summary>Every line that came in outside TLS.</summary>
    public ConcurrentQueue<string> InTheClear { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll([_accepting, .. _sessions]);
        _certificate?.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _sessions.Add(Serve(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return;
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                await Talk(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                return;
            }
        }
    }

    private async Task Talk(Stream stream)
    {
        var (reader, isEncrypted, from, to, user) = (new StreamReader(stream, Encoding.Latin1), false, "", new List<string>(), (string?)null);
        await Say(stream, "220 stub");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (!isEncrypted)
            {
                InTheClear.Enqueue(line);
            }

            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await Say(stream, "250-stub", _certificate is null || isEncrypted ? "250-8BITMIME" : "250-STARTTLS", "250 AUTH PLAIN");
                    break;
                case "STARTTLS" when _certificate is not null:
                    await Say(stream, "220 go on");
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_certificate);
                    (stream, reader, isEncrypted) = (tls, new StreamReader(tls, Encoding.Latin1), true);
                    break;
                case "AUTH":
                    user = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0')[1];
                    await Say(stream, "235 welcome");
                    break;
                case "MAIL":
                    (from, to) = (Address(line), []);
                    await Say(stream, "250 ok");
                    break;
                case "RCPT" when Mood is MailMood.IsBusy:
                    await Say(stream, "450 later");
                    break;
                case "RCPT" when Mood is MailMood.KnowsNobody:
                    await Say(stream, "550 nobody of that name");
                    break;
                case "RCPT":
                    to.Add(Address(line));
                    await Say(stream, "250 ok");
                    break;
                case "DATA":
                    await Say(stream, "354 go on");
                    var text = await Text(reader);
                    if (Mood is MailMood.Refuses)
                    {
                        await Say(stream, "554 no");
                        break;
                    }

                    Taken.Enqueue(new TakenMail(from, to, text, user, isEncrypted));
                    if (Mood is MailMood.TakesAndCuts)
                    {
                        return;
                    }

                    await Say(stream, "250 taken");
                    break;
                case "QUIT":
                    await Say(stream, "221 goodbye");
                    return;
                default:
                    await Say(stream, "250 ok");
                    break;
            }
        }
    }

    private async Task<string> Text(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        }

        return text.ToString();
    }

    private Task Say(Stream stream, params string[] lines) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(lines.Select(l => $"{l}\r\n"))), _stop.Token).AsTask();

    private static string Address(string line) => line.Split('<', '>')[1];

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
