using VGIntegration.Hosting;

namespace VGIntegration.ReferralIntake.Reading;

internal static class Registration
{
    private const string Section = "Channels";

    public static void AddReading(this WebApplicationBuilder builder)
    {
        var told = builder.Configuration.GetSection(Section).Get<Channel[]>() ?? [];
        foreach (var channel in told)
        {
            if (channel.Name.Length == 0 || channel.NumberSystem.Length == 0 || channel.FhirVersion != "4.0")
            {
                throw new SettingException($"{Section}: each channel needs a Name and a NumberSystem, and FhirVersion 4.0 (the one that has a reader).");
            }
        }

        builder.Services.AddSingleton(told.Length == 0 ? Channels.Usual : new Channels(told));
    }
}
