using MassTransit;
using MassTransit.Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VGIntegration.Contracts.ReferralIntake;
using VGIntegration.Planning.Persistence;
using VGIntegration.Surroundings;

namespace VGIntegration.Planning.Tests;

/// <summary>The real service on SQLite with the demo region, a clock that stands still, and an intake that knows one resident.</summary>
public sealed class PlanningHost : IAsyncDisposable
{
    internal const string Resident = "Wilhelmina Verzonnen";
    internal const string Telephone = "0612349999";

    internal static readonly Guid AttachmentId = Guid.NewGuid();

    private WebApplication _intake = null!;

    private PlanningHost() { }

    public WebApplication App { get; private set; } = null!;

    /// <summary>Monday 23 November 2026, ten o'clock in Amsterdam.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public string Data { get; } = Sandbox.Folder("planning");

    public bool IntakeAnswers { get; set; } = true;

    /// <summary>Of the resident, as intake tells it.</summary>
    public string? Email { get; set; }

    /// <summary>That the social domain reads what the huisarts sent.</summary>
    public bool ResidentAgrees { get; set; }

    /// <summary>For whom an attachment was asked of intake.</summary>
    internal System.Collections.Concurrent.ConcurrentBag<string> SeenByIntake { get; } = [];

    public static Task<PlanningHost> Start(params string[] settings) => Start(settings, null);

    public static async Task<PlanningHost> Start(string[] settings, Action<WebApplicationBuilder>? adapt)
    {
        var host = new PlanningHost();
        await host.StartIntake();
        host.App = Program.Create(
            [.. LogIns.Settings(host.Data), $"--Services:ReferralIntake={host._intake.Address()}", $"--Registry:File={Path.Combine(Repository.Root, "services/planning/demo-region.json")}", .. settings],
            builder =>
            {
                builder.UseTestAuthority();
                builder.Logging.ClearProviders();
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(host.Clock));
                adapt?.Invoke(builder);
            });
        await host.App.StartAsync();
        return host;
    }

    internal async Task<Guid> AReferral(string? postcode = "1182", string? language = null, string priority = "routine")
    {
        var received = new ReferralReceived
        {
            ReferralId = Guid.NewGuid(),
            Sequence = 1,
            OccurredAt = Clock.GetUtcNow(),
            Priority = priority,
            PostcodeDigits = postcode,
            Language = language,
        };
        await Tell(received, Guid.NewGuid());
        return received.ReferralId;
    }

    internal Task Tell<T>(T message, Guid messageId)
        where T : class => App.Services.GetRequiredService<IMediator>().Publish(message, Pipe.Execute<PublishContext<T>>(c => c.MessageId = messageId));

    internal async Task<T> InDatabase<T>(Func<PlanningDbContext, Task<T>> look)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<PlanningDbContext>());
    }

    /// <summary>The messages about a referral that wait in the outbox, in their order.</summary>
    internal Task<List<object>> Told(Guid referralId) => InDatabase(async db => (await db.Outbox.ToListAsync())
        .Where(m => m.Body.Contains(referralId.ToString(), StringComparison.Ordinal)).OrderBy(m => m.Id).Select(m => m.Read()).ToList());

    /// <summary>Planning's own messages about a referral reach planning's own consumers; who calls it twice, tells nothing twice.</summary>
    internal async Task Follow(Guid referralId)
    {
        var waiting = await InDatabase(async db => (await db.Outbox.ToListAsync())
            .Where(m => m.Body.Contains(referralId.ToString(), StringComparison.Ordinal)).OrderBy(m => m.Id).ToList());
        foreach (var message in waiting)
        {
            await App.Services.GetRequiredService<IMediator>().Publish(
                message.Read(), Type.GetType(message.MessageType)!, Pipe.Execute<PublishContext>(c => c.MessageId = message.Id));
        }
    }

    /// <summary>Something in a scope of its own, as a request or a consumer is.</summary>
    internal async Task<T> Within<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    internal PageClient Planner() => PageClient.LoggedInAs(App, "petra", "planner");

    internal PageClient Professional(string login) => PageClient.LoggedInAs(App, login, "professional");

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await _intake.DisposeAsync();
    }

    private object Sharing() => new { agrees = ResidentAgrees, agreedAt = ResidentAgrees ? Clock.GetUtcNow() : (DateTimeOffset?)null };

    private bool IsKept(HttpRequest request) => request.Query["side"] == "social-domain" && !ResidentAgrees;

    private async Task StartIntake()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _intake = builder.Build();
        _intake.MapGet("/internal/referrals/{id}/contact", (Guid id) => IntakeAnswers
            ? Results.Json(new
            {
                name = Resident,
                birthDate = "1980-05-17",
                telephones = new[] { Telephone },
                email = Email,
                address = "Verzonnenlaan 1, 1182 AB Amstelveen",
                priority = "routine",
                reason = "Somber",
                criteria = new[] { "twijfel" },
                referrer = "dr. Verzonnen",
                practice = "De Brug",
            })
            : Results.StatusCode(503));
        _intake.MapGet("/internal/referrals/{id}/question", (HttpRequest request) => !IntakeAnswers ? Results.StatusCode(503)
            : IsKept(request) ? Results.StatusCode(403)
            : Results.Json(new { reason = "Somber", criteria = new[] { "sociale-problematiek" } }));
        _intake.MapGet("/internal/referrals/{id}/sharing", () => Results.Json(Sharing()));
        _intake.MapPut("/internal/referrals/{id}/sharing", (System.Text.Json.Nodes.JsonObject said) =>
        {
            ResidentAgrees = (bool)said["agrees"]!;
            return Results.Json(Sharing());
        });
        _intake.MapGet("/internal/referrals/{id}/attachments", (HttpRequest request) => IsKept(request) ? Results.StatusCode(403) : Results.Json(
            new[] { new { id = AttachmentId, name = "vragenlijst é.pdf", contentType = "application/pdf", size = 15, receivedAt = Clock.GetUtcNow() } }));
        _intake.MapGet("/internal/referrals/{id}/attachments/{attachmentId}", (Guid attachmentId, HttpRequest request) =>
        {
            if (IsKept(request))
            {
                return Results.StatusCode(403);
            }

            SeenByIntake.Add(request.Headers["X-On-Behalf-Of"].ToString());
            return attachmentId == AttachmentId
                ? Results.File("%PDF-attachment"u8.ToArray(), "application/pdf", "vragenlijst é.pdf")
                : Results.NotFound();
        });
        await _intake.StartAsync();
    }
}
