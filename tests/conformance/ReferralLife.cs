using System.Text.Json.Nodes;

namespace VGIntegration.Conformance;

/// <summary>One referral and what became of it so far; the checks build on each other.</summary>
internal sealed class ReferralLife(Caller gp, Caller? other, Options options)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..12];

    public Caller Gp { get; } = gp;
    public Options Options { get; } = options;

    public Caller Other => other ?? throw new NotAskedException("needs --other-client-id");

    /// <summary>The bundle that was sent first, to send again.</summary>
    public JsonObject Sent { get; set; } = [];

    public string? Id { get; set; }

    /// <summary>The id of the referral, once it was taken.</summary>
    public string Referral => Id ?? throw new NotAskedException("no referral was taken");

    public string Number(string what) => $"{_run}-{what}";

    /// <summary>A new referral, for a check that ends it.</summary>
    public async Task<string> Refer(string what) => (await Gp.Post("/fhir", Messages.Transaction(Number(what)))).Is(201).Id;

    public async Task<JsonNode> TaskOf(string referral)
    {
        var found = (await Gp.Get($"/fhir/Task?focus=ServiceRequest/{referral}&_sort=_lastUpdated")).Is(200);
        var tasks = found.Found("Task").Where(t => t["partOf"] is null).ToList();
        found.That(tasks.Count == 1, $"{tasks.Count} coordination Tasks where 1 is expected");
        return tasks[0];
    }

    /// <summary>Waits until the Task says what is asked, as long as the caller's patience lasts.</summary>
    public async Task<JsonNode> TaskWhen(string referral, Func<JsonNode, bool> isSo, string what)
    {
        var clock = TimeProvider.System;
        for (var start = clock.GetTimestamp(); ;)
        {
            var task = await TaskOf(referral);
            if (isSo(task))
            {
                return task;
            }

            if (clock.GetElapsedTime(start) > Options.Patience)
            {
                throw new NotSeenException($"After {Options.Patience.TotalSeconds} s the Task is not {what}, but {task["status"]} / {Business(task)}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), clock);
        }
    }

    public static string? Business(JsonNode task) => (string?)task["businessStatus"]?["coding"]?[0]?["code"];
}
