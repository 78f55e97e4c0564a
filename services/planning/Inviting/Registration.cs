using Microsoft.Extensions.DependencyInjection.Extensions;

namespace VGIntegration.Planning.Inviting;

internal static class Registration
{
    public static void AddInviting(this WebApplicationBuilder builder)
    {
        var (mail, rules) = (MailRules.Of(builder.Configuration), InvitingRules.Of(builder.Configuration));
        builder.Services.AddSingleton(mail).AddSingleton(rules).AddSingleton<TextMessages>().AddSingleton<WriteMail>()
            .AddScoped<SendNotice>()
            .AddSingleton<SendNotices>().AddHostedService(s => s.GetRequiredService<SendNotices>());
        if (mail.Host is null)
        {
            builder.Services.TryAddSingleton<IPostOffice, MailFolder>();
        }
        else
        {
            builder.Services.TryAddSingleton<IPostOffice, MailServer>();
        }
    }
}
