using System.Diagnostics;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests.Printing;

/// <summary>Other people's programs that read a PDF.</summary>
internal static class Programs
{
    public static string Save(byte[] pdf)
    {
        var file = Path.Combine(Sandbox.Folder("pdf"), "letter.pdf");
        File.WriteAllBytes(file, pdf);
        return file;
    }

    public static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }
}
