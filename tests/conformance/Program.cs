namespace VGIntegration.Conformance;

/// <summary>
/// dotnet run --project tests/conformance -- --target URL [--client-id ID --client-secret SECRET | --client-id ID --private-key FILE]
/// [--token-url URL] [--other-client-id ID --other-client-secret SECRET] [--listen URL] [--patience SECONDS].
/// `new-key NAME` makes a key pair for it. Ends with `N passed, N failed`; the exit code is 0 when nothing failed.
/// </summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            return args is ["new-key", var name] ? await NewKey.Write(name, Console.Out) : await Run(args, Console.Out);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    public static async Task<int> Run(string[] args, TextWriter report)
    {
        var options = Options.Of(args);
        using var gp = new Caller(options, options.ClientId, options.ClientSecret, options.PrivateKey);
        using var other = options.OtherClientId is { } id ? new Caller(options, id, options.OtherClientSecret, null) : null;
        var life = new ReferralLife(gp, other, options);

        await report.WriteLineAsync($"The life of a referral at {options.Target}");
        var results = new List<Result>();
        foreach (var check in Checks.All)
        {
            var result = await check.Run(life);
            results.Add(result);
            await report.WriteLineAsync(result.Line);
        }

        await report.WriteLineAsync();
        foreach (var section in results.GroupBy(r => r.Section))
        {
            await report.WriteLineAsync($"{section.Key,-16} {section.Count(r => r.Outcome is Outcome.Passed),3} of {section.Count(),3}");
        }

        var (passed, failed, skipped) = (Count(Outcome.Passed), Count(Outcome.Failed), Count(Outcome.Skipped));
        await report.WriteLineAsync();
        await report.WriteLineAsync($"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}");
        return failed == 0 && passed > 0 ? 0 : 1;

        int Count(Outcome outcome) => results.Count(r => r.Outcome == outcome);
    }
}
