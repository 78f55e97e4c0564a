namespace VGIntegration.ReferralIntake.Receiving;

internal static class Registration
{
    public static void AddReceiving(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<KnownReferrals>().AddSingleton<CountReferrals>();
        builder.Services.AddSingleton<StoreReferrals>().AddHostedService(s => s.GetRequiredService<StoreReferrals>());
        builder.Services.AddHostedService<ForgetRequests>();
    }
}
