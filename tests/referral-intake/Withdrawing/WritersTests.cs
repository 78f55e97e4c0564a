using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Withdrawing;

/// <summary>Many write in one referral at the same moment.</summary>
public sealed class WritersTests
{
    private const int Writers = 12;

    [Fact]
    public async Task On_SQLite_each_version_has_one_winner()
    {
        await using var intake = new IntakeHost();
        await intake.InitializeAsync();

        await WriteTogether(intake);
    }

    [Fact]
    public async Task On_PostgreSQL_over_two_instances_each_version_has_one_winner()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        string[] postgres = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}"];
        await using var one = new IntakeHost { Settings = postgres };
        await using var two = new IntakeHost { Settings = postgres };
        await one.InitializeAsync();
        await two.InitializeAsync();

        await WriteTogether(one, two);
    }

    private static async Task WriteTogether(params IntakeHost[] instances)
    {
        var sent = await SentReferral.Send(instances[0]);
        var request = await sent.Read();
        var gps = instances.Select(i => new SentReferral(i, i.GpSystem(), sent.Id)).ToArray();

        var first = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Put(gps[i % gps.Length], request.DeepClone().AsObject(), i, "W/\"1\"")));
        var told = TakenIn(sent); // planning writes in the same Task meanwhile
        var later = await Task.WhenAll(Enumerable.Range(Writers, Writers).Select(i => UntilItIsTaken(gps[i % gps.Length], i)));
        await told;

        Assert.Single(first, a => a is HttpStatusCode.OK);
        Assert.Equal(Writers - 1, first.Count(a => a is HttpStatusCode.PreconditionFailed));
        Assert.All(later, a => Assert.Equal(HttpStatusCode.OK, a));
        var history = await (await sent.Get($"{sent.Path}/_history")).Json();
        var versions = history["entry"]!.AsArray().Select(e => int.Parse((string)e!["resource"]!["meta"]!["versionId"]!, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, Writers + 2).Reverse(), versions);
        Assert.Equal(Writers + 1, history["entry"]!.AsArray().Select(e => (string?)e!["resource"]!["note"]?[0]?["text"]).OfType<string>().Distinct().Count());
        Assert.Equal(ReferralState.TakenIn, (await sent.Task()).State);
        var sequences = await instances[0].InDatabase(async db => (await db.Outbox.ToListAsync()).Count);
        Assert.Equal(Writers + 3, sequences); // with the one that says that planning took it in
    }

    // A message that meets another writer is tried again, as the transport does.
    private static async Task TakenIn(SentReferral sent)
    {
        while (true)
        {
            try
            {
                await sent.TakenIn();
                return;
            }
            catch (DbUpdateException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<HttpStatusCode> Put(SentReferral gp, JsonObject request, int writer, string ifMatch)
    {
        request["note"] = new JsonArray(new JsonObject { ["text"] = $"schrijver {writer}" });
        using var answer = await gp.Write(HttpMethod.Put, request.ToJsonString(), ifMatch);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> UntilItIsTaken(SentReferral gp, int writer)
    {
        while (true)
        {
            var request = await gp.Read();
            var status = await Put(gp, request, writer, $"W/\"{request["meta"]!["versionId"]}\"");
            if (status is not HttpStatusCode.PreconditionFailed)
            {
                return status;
            }
        }
    }
}
