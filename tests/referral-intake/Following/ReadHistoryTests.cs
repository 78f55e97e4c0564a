using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.ReferralIntake.Tests.Withdrawing;

namespace VGIntegration.ReferralIntake.Tests.Following;

public sealed class ReadHistoryTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task Every_version_of_a_referral_can_be_read_back_newest_first()
    {
        var sent = await SentReferral.Send(intake);
        await sent.Put(r => r["priority"] = "urgent");
        await sent.PutStatus("revoked");

        var history = await (await sent.Get($"{sent.Path}/_history")).Json();

        Assert.Equal(("history", 3), ((string)history["type"]!, (int)history["total"]!));
        Assert.Equal(
            ["3 revoked urgent PUT 200 OK", "2 active urgent PUT 200 OK", "1 active  POST 201 Created"],
            history["entry"]!.AsArray().Select(e => $"{e!["resource"]!["meta"]!["versionId"]} {e["resource"]!["status"]} {e["resource"]!["priority"]} {e["request"]!["method"]} {e["response"]!["status"]}"));
        var second = await sent.Get($"{sent.Path}/_history/2");
        Assert.Equal(("W/\"2\"", "active"), (second.Headers.ETag!.ToString(), (string)(await second.Json())["status"]!));
        Assert.Contains(await intake.InDatabase(db => db.Audit.ToListAsync()), a => a is { Action: "R", Why: "read-history" } && a.What == $"Referral/{sent.Id}");
    }

    [Fact]
    public async Task Every_version_of_a_Task_can_be_read_back()
    {
        var sent = await SentReferral.In(intake, ReferralState.ConversationHeld);
        var path = $"/fhir/Task/{(await sent.Task()).Id}";

        var history = await (await sent.Get($"{path}/_history")).Json();

        Assert.Equal(
            ["5 gesprek-gevoerd", "4 afspraak-gepland", "3 duo-voorgesteld", "2 ontvangen", "1 aangemeld"],
            history["entry"]!.AsArray().Select(e => $"{e!["resource"]!["meta"]!["versionId"]} {e["resource"]!["businessStatus"]!["coding"]![0]!["code"]}"));
        Assert.Equal("requested", (string?)(await (await sent.Get($"{path}/_history/1")).Json())["status"]);
    }

    [Fact]
    public async Task Receiving_a_referral_writes_no_history()
    {
        var sent = await SentReferral.Send(intake);
        var task = (await sent.Task()).Id;

        var rows = await intake.InDatabase(async db => await db.Set<TaskVersion>().CountAsync(v => v.TaskId == task)
            + await db.Set<ReferralIntake.Receiving.ReferralVersion>().CountAsync(v => v.ReferralId == sent.Id));

        Assert.Equal(0, rows);
    }

    [Fact]
    public async Task Anothers_history_and_a_version_that_never_was_are_not_found()
    {
        var sent = await SentReferral.Send(intake);
        var task = (await sent.Task()).Id;
        using var stranger = intake.GpSystem(IntakeHost.Harbour);
        string[] theirs = [$"{sent.Path}/_history", $"{sent.Path}/_history/1", $"/fhir/Task/{task}/_history", $"/fhir/Task/{task}/_history/1"];
        string[] nothing = [$"{sent.Path}/_history/2", $"{sent.Path}/_history/x", $"/fhir/Task/{task}/_history/0", "/fhir/Task/x/_history", $"/fhir/Task/{task}.x/_history"];

        var refused = await Task.WhenAll(theirs.Select(p => stranger.GetAsync(new Uri(p, UriKind.Relative))));
        var missing = await Task.WhenAll(nothing.Select(sent.Get));

        Assert.All(refused.Concat(missing), a => Assert.Equal(HttpStatusCode.NotFound, a.StatusCode));
        Assert.Single((await Task.WhenAll(refused.Concat(missing).Select(a => a.Content.ReadAsStringAsync()))).Distinct());
    }

    [Fact]
    public async Task Once_a_duo_is_booked_each_professional_has_a_Task_of_their_own()
    {
        var sent = await SentReferral.In(intake, ReferralState.DuoProposed);
        var id = (await sent.Task()).Id;
        var before = await sent.Get($"/fhir/Task/{id}.ggz");

        await sent.Booked();
        var (ggz, social) = (await (await sent.Get($"/fhir/Task/{id}.ggz")).Json(), await (await sent.Get($"/fhir/Task/{id}.sociaal")).Json());
        await sent.Held();

        var found = await (await sent.Get($"/fhir/Task?focus=ServiceRequest/{sent.Id}&_revinclude=Task:part-of")).Json();
        Assert.Equal(
            [$"match {id}", $"include {id}.ggz", $"include {id}.sociaal"],
            found["entry"]!.AsArray().Select(e => $"{e!["search"]!["mode"]} {e["resource"]!["id"]}"));
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.All([ggz, social], t => Assert.Equal(($"Task/{id}", "accepted"), ((string)t["partOf"]![0]!["reference"]!, (string)t["status"]!)));
        Assert.Equal($"{(await sent.Task()).MentalHealthProfessionalId}", (string?)ggz["owner"]!["identifier"]!["value"]);
        Assert.Equal($"{(await sent.Task()).SocialDomainProfessionalId}", (string?)social["owner"]!["identifier"]!["value"]);
        Assert.Equal("in-progress", (string?)(await (await sent.Get($"/fhir/Task/{id}.ggz")).Json())["status"]);
        Assert.Equal(2, (int?)(await (await sent.Get($"/fhir/Task/{id}.ggz/_history")).Json())["total"]);
    }
}
