namespace VGIntegration.Planning.Agreeing;

internal static class Registration
{
    public static void AddAgreeing(this WebApplicationBuilder builder) => builder.Services.AddScoped<AnswerProposal>();
}
