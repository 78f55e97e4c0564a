using VGIntegration.Surroundings;

namespace VGIntegration.Journey.Tests;

/// <summary>Something that can be killed at any moment and comes back by itself, as under a process supervisor.</summary>
internal sealed record Victim(string Name, Action Kill, Func<Task> Return);

/// <summary>A region of real processes, and what of it can be killed.</summary>
internal sealed class ChaosRegion : IAsyncDisposable
{
    private readonly List<ServiceProcess> _processes = [];

    private ChaosRegion(PracticeStub practice) => Practice = practice;

    public PracticeStub Practice { get; }

    public Uri Intake { get; private set; } = null!;

    public Uri Planning { get; private set; } = null!;

    public Uri Feedback { get; private set; } = null!;

    /// <summary>How often a process ended itself, because its bus did not come back.</summary>
    public int EndedThemselves => _processes.Sum(p => p.TimesAskedToBeStartedAgain);

    public IReadOnlyList<Victim> Victims { get; private set; } = [];

    /// <summary>Everything in one process on SQLite, without a broker: one victim, which is everything.</summary>
    public static async Task<ChaosRegion> Embedded(string logs)
    {
        var region = new ChaosRegion(await PracticeStub.Start());
        var standalone = await region.Start("services/standalone", logs, [
            "--demo", $"--data={Sandbox.Folder("chaos")}", $"--Demo:FhirBase={region.Practice.FhirBase}"]);
        (region.Intake, region.Planning, region.Feedback) = (standalone.Address, standalone.Address, standalone.Address);
        region.Victims = [Of("standalone", standalone)];
        return region;
    }

    /// <summary>The services apart, on PostgreSQL, over RabbitMQ: four victims.</summary>
    public static async Task<ChaosRegion> Apart(string logs)
    {
        var region = new ChaosRegion(await PracticeStub.Start());
        var postgres = await PostgreSqlServer.Shared;
        var broker = await RabbitMqServer.StartNew();
        var (planningPort, feedbackPort) = (Sandbox.FreePort(), Sandbox.FreePort());
        var intakePort = Sandbox.FreePort();
        var authority = $"http://127.0.0.1:{intakePort}";
        string[] shared =
        [
            "--demo", "--Database:Provider=PostgreSql", "--Messaging:Transport=RabbitMq",
            $"--Messaging:ConnectionString={broker.ConnectionString}", $"--Authentication:Authority={authority}",
            $"--Services:ReferralIntake={authority}", $"--Services:Planning=http://127.0.0.1:{planningPort}",
        ];
        var intake = await region.Start("services/referral-intake", logs, [
            .. shared, $"--Database:ConnectionString={await postgres.CreateDatabase()}", $"--data={Sandbox.Folder("identity")}",
            "--Authentication:BuiltIn=true", "--Authentication:ClientId=intake", "--Authentication:ClientSecret=intake-secret",
            "--Identity:Clients:intake:Secret=intake-secret", $"--Demo:FhirBase={region.Practice.FhirBase}",
            "--Identity:Clients:planning:Secret=planning-secret", "--Identity:Clients:feedback:Secret=feedback-secret",
            $"--Identity:Clients:planning:Site=http://127.0.0.1:{planningPort}",
            $"--Identity:Clients:feedback:Site=http://127.0.0.1:{feedbackPort}"], intakePort);
        var planning = await region.Start("services/planning", logs, [
            .. shared, $"--Database:ConnectionString={await postgres.CreateDatabase()}",
            "--Authentication:ClientId=planning", "--Authentication:ClientSecret=planning-secret"], planningPort);
        var feedback = await region.Start("services/feedback", logs, [
            .. shared, $"--Database:ConnectionString={await postgres.CreateDatabase()}",
            "--Authentication:ClientId=feedback", "--Authentication:ClientSecret=feedback-secret"], feedbackPort);
        (region.Intake, region.Planning, region.Feedback) = (intake.Address, planning.Address, feedback.Address);
        region.Victims =
        [
            Of("referral-intake", intake), Of("planning", planning), Of("feedback", feedback),
            new("RabbitMQ", broker.Kill9, broker.Restart),
        ];
        return region;
    }

    public async ValueTask DisposeAsync()
    {
        _processes.ForEach(p => p.Dispose());
        await Practice.DisposeAsync();
    }

    private static Victim Of(string name, ServiceProcess process) =>
        new(name, process.Kill9, () => process.StartAgain());

    private async Task<ServiceProcess> Start(string project, string logs, string[] args, int? port = null)
    {
        // The demo's six duos have some 190 moments in its eight weeks; here there are more journeys than that.
        var environment = new Dictionary<string, string?> { ["Matching__HorizonWeeks"] = "26", ["Limiting__PerSecond"] = "0" };
        var process = await ServiceProcess.Start(Repository.Dll(project), logs, args, environment, port);
        _processes.Add(process);
        return process;
    }
}
