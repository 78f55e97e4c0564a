using System.Text.Json.Nodes;
using VGIntegration.Contracts.ReferralIntake;

namespace VGIntegration.Feedback.Tests.Telling;

/// <summary>A Task at intake that moves step by step, as a referral does.</summary>
internal sealed class ToldTask
{
    public static readonly (string Status, string Business)[] Road =
    [
        ("requested", "aangemeld"), ("received", "ontvangen"), ("accepted", "in-planning"), ("accepted", "duo-voorgesteld"),
        ("in-progress", "afspraak-gepland"), ("in-progress", "gesprek-gevoerd"), ("in-progress", "advies-in-afstemming"),
        ("completed", "advies-teruggekoppeld"),
    ];

    private readonly FeedbackHost _feedback;
    private readonly Guid _practiceId;
    private volatile int _version = 1;

    public ToldTask(FeedbackHost feedback, Uri? fhirBase, Guid? practiceId = null, bool wantsTasks = true)
    {
        (_feedback, _practiceId) = (feedback, practiceId ?? Examples.PracticeId);
        feedback.Neighbours.Tasks[Id] = version =>
            new { practice = Practice(fhirBase, wantsTasks), version, resource = Resource(version) };
    }

    public Guid Id { get; } = Guid.NewGuid();
    public Guid ReferralId { get; } = Guid.NewGuid();
    public int Version => _version;

    /// <summary>The next step; intake tells of it.</summary>
    public async Task Moves((string Status, string Business)? end = null)
    {
        _version++;
        await Tell(_version, end);
    }

    public Task Tell(int version, (string Status, string Business)? end = null) => _feedback.Tell(
        new ReferralStatusChanged
        {
            ReferralId = ReferralId,
            Sequence = version,
            OccurredAt = _feedback.Clock.GetUtcNow(),
            TaskId = Id,
            TaskVersion = version,
            PracticeId = _practiceId,
            TaskStatus = (end ?? At(version)).Status,
            BusinessStatus = (end ?? At(version)).Business,
        }, Guid.NewGuid());

    public static string Business(JsonNode task) => (string)task["businessStatus"]!["coding"]![0]!["code"]!;

    private static (string Status, string Business) At(int version) => Road[Math.Min(version, Road.Length) - 1];

    private object Practice(Uri? fhirBase, bool wantsTasks) =>
        new { id = _practiceId, name = "Huisartsenpraktijk De Verzonnen Brug", agb = "01999999", fhirBase, delivery = "Put", wantsTasks };

    private JsonObject Resource(int version) => new()
    {
        ["resourceType"] = "Task",
        ["id"] = Id.ToString(),
        ["status"] = At(version).Status,
        ["businessStatus"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["code"] = At(version).Business }) },
        ["description"] = $"{version}",
    };
}
