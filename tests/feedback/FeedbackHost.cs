using MassTransit;
using MassTransit.Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using VGIntegration.Contracts.Planning;
using VGIntegration.Feedback.Persistence;
using VGIntegration.Feedback.Persistence.Sqlite;
using VGIntegration.Feedback.Returning;
using VGIntegration.Surroundings;

namespace VGIntegration.Feedback.Tests;

/// <summary>The real service on SQLite, with a clock that stands still and neighbours of the test.</summary>
internal sealed class FeedbackHost : IAsyncDisposable
{
    public const string Resident = "Wilhelmina Verzonnen-Ďurišová";
    public const string Bsn = "999911120";
    private readonly string _folder = Sandbox.Folder("feedback");
    private WebApplication? _app;

    private FeedbackHost(Neighbours neighbours) => Neighbours = neighbours;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 12, 8, 10, 50, 0, TimeSpan.Zero));
    public Neighbours Neighbours { get; }
    public Faults Faults { get; } = new();
    public WebApplication App => _app ?? throw new InvalidOperationException("The service does not run.");

    public static async Task<FeedbackHost> Start(params string[] settings)
    {
        var host = new FeedbackHost(await Neighbours.Start());
        await host.Run(settings);
        return host;
    }

    /// <summary>Stops the service and starts another on the same database.</summary>
    public async Task Restart(params string[] settings)
    {
        await Stop();
        await Run(settings);
    }

    /// <summary>The conversation of a referral was held, and planning tells of it.</summary>
    public async Task<Guid> AConversationHeld(Uri? fhirBase = null, string delivery = "Put", Guid? practiceId = null)
    {
        var held = Examples.Held();
        Know(held.ReferralId, fhirBase, delivery, practiceId);
        await Tell(held, Guid.NewGuid());
        return held.ReferralId;
    }

    /// <summary>What intake and planning know of the referral from now on.</summary>
    public void Know(Guid referralId, Uri? fhirBase, string delivery = "Put", Guid? practiceId = null) => Neighbours.Know(
        referralId, Examples.Recipient(referralId, fhirBase, delivery, practiceId), Examples.Conversation(Examples.Held(referralId)));

    public async Task Tell<T>(T held, Guid messageId)
        where T : class
    {
        await using var scope = App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Publish(held, Pipe.Execute<PublishContext>(c => c.MessageId = messageId));
    }

    /// <summary>All three parties set their mark; the letter is ready to go.</summary>
    public async Task<Guid> ASignedAdvice(Uri? fhirBase, string delivery = "Put", Guid? practiceId = null)
    {
        var referralId = await AConversationHeld(fhirBase, delivery, practiceId);
        await Write(referralId, "ggz");
        await Answer(referralId);
        await Write(referralId, "sociaal");
        return referralId;
    }

    /// <summary>One professional writes and signs on the page.</summary>
    public async Task<Page> Write(Guid referralId, string login, params (string Name, string? Value)[] other)
    {
        using var person = PageClient.LoggedInAs(App, login, "professional");
        var page = await person.Open(await PathOf(referralId));
        return page.Forms.Any(f => f.Html.Contains("Form.Choices", StringComparison.Ordinal))
            ? await AdvicePages.Sign(person, page, [("Form.Text[Situation]", Examples.Situation), .. other])
            : await AdvicePages.Sign(person, page, other);
    }

    /// <summary>The resident answers at the screen of the one of the GGZ.</summary>
    public async Task<Page> Answer(Guid referralId, params (string Name, string? Value)[] other)
    {
        using var person = PageClient.LoggedInAs(App, "ggz", "professional");
        return await AdvicePages.Answer(person, new Uri(new Uri("http://localhost"), await PathOf(referralId)), other);
    }

    public async Task<string> PathOf(Guid referralId) =>
        $"/feedback/advices/{await InDatabase(db => db.Advices.Where(a => a.ReferralId == referralId).Select(a => a.Id).SingleAsync())}";

    public async Task<T> InDatabase<T>(Func<FeedbackDbContext, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<FeedbackDbContext>());
    }

    public Task<Delivery> DeliveryOf(Guid referralId) =>
        InDatabase(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.ReferralId == referralId && d.Kind == ParcelKind.Advice));

    public Task<List<T>> Told<T>(Guid referralId) => InDatabase(async db =>
        (await db.Outbox.AsNoTracking().ToListAsync()).Select(m => m.Read()).OfType<T>()
        .Where(m => (Guid)typeof(T).GetProperty("ReferralId")!.GetValue(m)! == referralId).ToList());

    public Task<List<Delivery>> Parcels(Guid subjectId) =>
        InDatabase(db => db.Deliveries.AsNoTracking().Where(d => d.SubjectId == subjectId).OrderBy(d => d.Number).ToListAsync());

    /// <summary>So much later at once; an advance would wake each timer once for each second of it.</summary>
    public void Jump(TimeSpan time)
    {
        Clock.AdjustTime(Clock.GetUtcNow() + time);
        Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Lets time pass in steps until it is so; the clock waits while anything is under way, but not for ever: who was killed leaves a lease.</summary>
    public Task Until(Func<Task<bool>> so, TimeSpan step)
    {
        var moved = TimeProvider.System.GetTimestamp();
        return Eventually.Is(async () =>
        {
            if (await so())
            {
                return true;
            }

            if (TimeProvider.System.GetElapsedTime(moved) > TimeSpan.FromSeconds(5) || !await IsUnderWay())
            {
                Clock.Advance(step);
                moved = TimeProvider.System.GetTimestamp();
            }

            return false;
        });
    }

    /// <summary>Lets time pass in steps until nothing of the referral waits any more.</summary>
    public Task Settles(Guid referralId, TimeSpan step) => Until(
        async () => !await InDatabase(db => db.Deliveries.AnyAsync(d => d.ReferralId == referralId && d.State == DeliveryState.Waiting)), step);

    public Task<List<Delivery>> ParcelsOf(Guid referralId, ParcelKind kind) => InDatabase(db =>
        db.Deliveries.AsNoTracking().Where(d => d.ReferralId == referralId && d.Kind == kind).OrderBy(d => d.Number).ToListAsync());

    /// <summary>A professional opens the advice once more, or takes it back.</summary>
    public async Task<Page> Correct(Guid referralId, string how, params (string Name, string? Value)[] other)
    {
        using var person = PageClient.LoggedInAs(App, "sociaal", "professional");
        var page = await person.Open($"{await PathOf(referralId)}/correct");
        (string, string?)[] filledIn = [("Reason", "Het telefoonnummer klopte niet."), ("How", how), ("IsSure", "true"), .. other];
        return await person.Submit(page.Form("IsSure"), [.. filledIn.GroupBy(f => f.Item1).Select(g => g.Last())]);
    }

    /// <summary>All three parties set their mark under what is written next.</summary>
    public async Task Marked(Guid referralId, params (string Name, string? Value)[] written)
    {
        await Write(referralId, "ggz", written);
        await Answer(referralId);
        await Write(referralId, "sociaal");
    }

    private Task<bool> IsUnderWay()
    {
        var now = Clock.GetUtcNow();
        return InDatabase(db => db.Deliveries.AnyAsync(
            d => d.State == DeliveryState.Waiting && (d.LeasedUntil > now || (d.NextAttemptAt <= now && !db.Deliveries.Any(
                o => o.SubjectId == d.SubjectId && o.State == DeliveryState.Waiting && o.Number < d.Number && o.NextAttemptAt > now)))));
    }

    /// <summary>Waits until an attempt after this many has ended.</summary>
    public Task Tried(Guid referralId, int times) =>
        Eventually.Is(async () => (await DeliveryOf(referralId)).Attempts >= times, what: $"{times} attempts");

    /// <summary>Lets time pass in steps until the letter is there; the clock waits while an attempt is under way.</summary>
    public Task Arrives(Guid referralId, TimeSpan step) => Eventually.Is(async () =>
    {
        var (delivery, now) = (await DeliveryOf(referralId), Clock.GetUtcNow());
        if (delivery.State is DeliveryState.Waiting && delivery.NextAttemptAt > now && delivery.LeasedUntil <= now)
        {
            Clock.Advance(step);
        }

        return delivery.State is DeliveryState.Delivered;
    });

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Neighbours.DisposeAsync();
    }

    private async Task Stop()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }

    private async Task Run(string[] settings)
    {
        string[] args =
        [
            .. LogIns.Settings(_folder), $"--Services:ReferralIntake={Neighbours.Address}",
            $"--Services:Planning={Neighbours.Address}", .. settings,
        ];
        _app = Program.Create(args, builder =>
        {
            builder.UseTestAuthority();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.ConfigureDbContext<SqliteFeedback>(o => o.AddInterceptors(Faults));
        });
        await _app.StartAsync();
    }
}
