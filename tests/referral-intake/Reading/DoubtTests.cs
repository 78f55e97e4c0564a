using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VGIntegration.Contracts.ReferralIntake;

namespace VGIntegration.ReferralIntake.Tests.Reading;

/// <summary>"Twijfel je? Verwijs gewoon."</summary>
public sealed class DoubtTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static readonly string[] All = ["basiszorg-onvoldoende", "sociale-problematiek", "twijfel-ggz-of-eerder-onvoldoende", "behandelwens-wijkt-af"];

    [Fact]
    public async Task A_resident_a_telephone_number_and_doubt_are_enough()
    {
        using var gp = intake.GpSystem();
        var number = $"T{Guid.NewGuid():N}";

        var answer = await gp.PostFhir("/fhir", ReferralMessage.Bundle(number, b =>
        {
            b.Resource(1).Remove("address");
            b.Resource(1).Remove("identifier");
            b.Resource(0).Remove("authoredOn");
        }));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("twijfel", await intake.InDatabase(db => db.Referrals.Where(r => r.SourceValue == number).Select(r => r.Criteria).SingleAsync()));
    }

    [Fact]
    public async Task The_four_criteria_are_recorded_and_told_to_planning()
    {
        using var gp = intake.GpSystem();
        var number = $"T{Guid.NewGuid():N}";

        await gp.PostFhir("/fhir", ReferralMessage.Bundle(number, b => b.Resource(0)["reasonCode"] = new JsonArray([.. All.Append(All[0]).Select(c => JsonNode.Parse(
            $$"""{ "coding": [ { "system": "https://vgintegration.nl/fhir/CodeSystem/verwijscriterium", "code": "{{c}}" } ] }"""))])));

        var (stored, told) = await intake.InDatabase(async db => (
            await db.Referrals.SingleAsync(r => r.SourceValue == number), (await db.Outbox.ToListAsync()).Select(m => m.Read()).OfType<ReferralReceived>()));
        Assert.Equal(All, stored.CriterionCodes);
        Assert.Equal(All, told.Single(m => m.ReferralId == stored.Id).Criteria);
    }

    [Fact]
    public async Task Each_reason_is_counted_once_for_each_referral_and_none_as_none()
    {
        using var gp = intake.GpSystem();
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "referral_criteria" && instrument.Meter.Scope == intake.App.Services.GetRequiredService<IMeterFactory>())
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add((string)tags[0].Value!));
        listener.Start();
        var number = $"T{Guid.NewGuid():N}";

        await gp.PostFhir("/fhir", ReferralMessage.Bundle(number));
        await gp.PostFhir("/fhir", ReferralMessage.Bundle(number)); // the same one
        await gp.PostFhir("/fhir", ReferralMessage.Bundle($"{number}-2", b => b.Resource(0).Remove("reasonCode")));
        await gp.PostFhir("/fhir", ReferralMessage.Bundle($"{number}-3", b => b.Resource(0)["status"] = "draft")); // refused

        Assert.Equal(["geen", "twijfel"], counted.Order());
    }
}
