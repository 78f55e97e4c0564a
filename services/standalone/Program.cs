namespace VGIntegration.Standalone;

public static class Program
{
    public static Task Main(string[] args) => Task.CompletedTask;
}
