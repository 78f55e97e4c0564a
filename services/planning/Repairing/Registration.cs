namespace VGIntegration.Planning.Repairing;

internal static class Registration
{
    public static void AddRepairing(this WebApplicationBuilder builder) => builder.Services.AddScoped<RepairBookings>();
}
