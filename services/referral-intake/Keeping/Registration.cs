using VGIntegration.Hosting;
using VGIntegration.Keeping;

namespace VGIntegration.ReferralIntake.Keeping;

internal static class Registration
{
    public static void AddKeeping(this WebApplicationBuilder builder) =>
        builder.AddKeeping(KindsOfData.All, wrong => new SettingException(wrong));
}
