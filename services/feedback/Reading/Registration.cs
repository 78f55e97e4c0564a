using System.Threading.RateLimiting;

namespace VGIntegration.Feedback.Reading;

internal static class Registration
{
    /// <summary>The limit on the resident's page: enough for a person with two tabs, far too little to try links.</summary>
    internal const string Limit = "resident";

    private const int PerMinute = 60;

    public static void AddReading(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<RecordAnswer>();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Limit, http => RateLimitPartition.GetFixedWindowLimiter(
                $"{http.Connection.RemoteIpAddress}",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
        });
    }
}
