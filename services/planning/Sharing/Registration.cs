using VGIntegration.Hosting;

namespace VGIntegration.Planning.Sharing;

internal static class Registration
{
    public static void AddSharing(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<SentByGp>("ReferralIntake", "referral.attachment");
        builder.Services.AddScoped<OwnConversation>();
    }
}
