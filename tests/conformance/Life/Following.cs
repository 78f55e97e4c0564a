using static VGIntegration.Conformance.Checks;

namespace VGIntegration.Conformance.Life;

internal static class Following
{
    private const string Section = "follow";

    public static IReadOnlyList<Check> Checks { get; } =
    [
        new(Section, "one Task says who has the ball", async life =>
        {
            var task = await life.TaskOf(life.Referral);
            Must((string?)task["focus"]?["reference"] == $"ServiceRequest/{life.Referral}", "focus is not the referral");
            Must((string?)task["code"]?["coding"]?[0]?["code"] == "fulfill", "code is not fulfill");
            Must(ReferralLife.Business(task) is { Length: > 0 }, "no businessStatus");
        }),
        new(Section, "planning takes it in", async life =>
            await life.TaskWhen(life.Referral, t => (string?)t["status"] is not "requested", "taken in")),
        new(Section, "the Task comes with its referral by _include", async life =>
        {
            var found = (await life.Gp.Get($"/fhir/Task?focus=ServiceRequest/{life.Referral}&_include=Task:focus")).Is(200);
            found.That(found.Found("ServiceRequest").Count == 1, "the referral is not included");
        }),
        new(Section, "the Task can be read and has a history", async life =>
        {
            var id = (string)(await life.TaskOf(life.Referral))["id"]!;
            (await life.Gp.Get($"/fhir/Task/{id}")).Is(200);
            var history = (await life.Gp.Get($"/fhir/Task/{id}/_history")).Is(200);
            history.That(history.Found("Task").Count >= 2, "fewer than two versions after it was taken in");
        }),
        new(Section, "the Task tells what may be done next", async life =>
            Must((await life.TaskOf(life.Referral))["extension"]?.AsArray().Count > 0, "no extension with the allowed actions")),
    ];
}
