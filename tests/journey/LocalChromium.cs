using Microsoft.Playwright;

namespace VGIntegration.Journey.Tests;

/// <summary>The Chromium of this machine, which goes nowhere by itself.</summary>
internal static class LocalChromium
{
    internal static Task<IBrowser> LaunchChromium(this IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}
