using VGIntegration.Feedback.HandingOver;
using VGIntegration.Hosting;
using VGIntegration.Keeping;

namespace VGIntegration.Feedback.Keeping;

internal static class Registration
{
    public static void AddKeeping(this WebApplicationBuilder builder) =>
        builder.AddKeeping(KindsOfData.All(SecureMailRules.Of(builder.Configuration).Mail()), wrong => new SettingException(wrong));
}
