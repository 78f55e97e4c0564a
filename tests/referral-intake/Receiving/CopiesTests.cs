using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Receiving;

/// <summary>One referral, 64 times at the same moment; VG_COPIES says how often (200 in full).</summary>
public sealed class CopiesTests
{
    private const int Copies = 64;

    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("VG_COPIES") ?? "10", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Copies_at_two_instances_at_the_same_moment_make_one_referral()
    {
        var database = await (await PostgreSqlServer.Shared).CreateDatabase();
        string[] postgres = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}"];
        await using var one = new IntakeHost { Settings = postgres };
        await using var two = new IntakeHost { Settings = postgres };
        await one.InitializeAsync();
        await two.InitializeAsync();

        await MakeOneReferralEach(one, two);
    }

    [Fact]
    public async Task Copies_at_one_instance_on_SQLite_make_one_referral()
    {
        await using var one = new IntakeHost();
        await one.InitializeAsync();

        await MakeOneReferralEach(one);
    }

    private static async Task MakeOneReferralEach(params IntakeHost[] instances)
    {
        var gps = instances.Select(i => i.GpSystem()).ToArray();
        for (var time = 0; time < Times; time++)
        {
            var number = $"V{time}";
            var answers = await Task.WhenAll(Enumerable.Range(0, Copies).Select(async i =>
            {
                var gp = gps[i % gps.Length];
                return await gp.PostFhir("/fhir", ReferralMessage.Bundle(number));
            }));

            Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Created);
            Assert.Equal(Copies - 1, answers.Count(a => a.StatusCode is HttpStatusCode.OK));
            Assert.Single(answers.Select(a => a.Headers.Location!.Segments[^1]).Distinct());
        }

        Assert.Equal((Times, Times, Times), await instances[0].InDatabase(async db => (
            await db.Referrals.CountAsync(), await db.Tasks.CountAsync(), await db.Outbox.CountAsync())));
    }
}
