using VGIntegration.Hosting;

namespace VGIntegration.Standalone;

public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var region = await Region.Start(args);
            Console.WriteLine($"Ready: open {region.Address} and click along. Ctrl+C stops.");
            await region.UntilStopped();
            return 0;
        }
        catch (SettingException e)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {e.Message}");
            return 1;
        }
    }
}
