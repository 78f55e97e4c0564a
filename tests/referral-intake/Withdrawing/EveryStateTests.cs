using System.Net;
using VGIntegration.ReferralIntake.Following;

namespace VGIntegration.ReferralIntake.Tests.Withdrawing;

/// <summary>Every state, reached by what is really told, and all a GP system can try there.</summary>
public sealed class EveryStateTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    // state | what the GP system reads | what it may do, as Task.extension says
    public static TheoryData<string, string, string> States => new()
    {
        { "Registered", "active requested aangemeld", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "TakenIn", "active received ontvangen", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "AwaitingInformation", "active received wacht-op-informatie", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "InPlanning", "active accepted in-planning", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "DuoProposed", "active accepted duo-voorgesteld", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "DuoConfirmed", "active accepted duo-bevestigd", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "ResidentNotReached", "active accepted inwoner-niet-bereikt", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "ResidentSpoken", "active accepted inwoner-gesproken", "wijzigen aanvullen intrekken foutief-ingevoerd" },
        { "AppointmentBooked", "active in-progress afspraak-gepland", "aanvullen annuleren foutief-ingevoerd" },
        { "AppointmentMoved", "active in-progress afspraak-verzet", "aanvullen annuleren foutief-ingevoerd" },
        { "DuoRestored", "active in-progress duo-hersteld", "aanvullen annuleren foutief-ingevoerd" },
        { "NotAttended", "active in-progress niet-verschenen", "aanvullen annuleren foutief-ingevoerd" },
        { "ConversationHeld", "active in-progress gesprek-gevoerd", "aanvullen" },
        { "AdviceInPreparation", "active in-progress advies-in-afstemming", "aanvullen" },
        { "AdviceReturned", "completed completed advies-teruggekoppeld", "" },
        { "Rejected", "active rejected afgewezen", "" },
        { "WithdrawnByReferrer", "revoked cancelled ingetrokken-door-verwijzer", "" },
        { "CancellationRequested", "revoked on-hold annulering-gevraagd", "aanvullen foutief-ingevoerd" },
        { "Cancelled", "revoked cancelled geannuleerd", "" },
        { "WithdrawingByResident", "revoked on-hold ingetrokken-door-inwoner", "aanvullen foutief-ingevoerd" },
        { "WithdrawnByResident", "revoked cancelled ingetrokken-door-inwoner", "" },
        { "NoConversation", "active failed geen-gesprek", "" },
        { "Paused", "active on-hold gepauzeerd", "aanvullen annuleren foutief-ingevoerd" },
        { "EnteredInError", "entered-in-error entered-in-error -", "" },
    };

    [Fact]
    public void No_state_is_left_out() => Assert.Equal(Enum.GetNames<ReferralState>().Order(), States.Select(s => s.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_GP_system_reads_where_it_stands_and_what_it_may_do(string state, string status, string actions)
    {
        var sent = await SentReferral.In(intake, Enum.Parse<ReferralState>(state));

        var task = await (await sent.Get($"/fhir/Task/{(await sent.Task()).Id}")).Json();

        Assert.Equal(status, await sent.Status());
        var told = task["extension"]?.AsArray().Select(e => (string)e!["valueCoding"]!["code"]!) ?? [];
        Assert.Equal(actions, string.Join(' ', told));
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task What_it_may_not_do_is_refused_aloud_and_changes_nothing(string state, string status, string actions)
    {
        var sent = await SentReferral.In(intake, Enum.Parse<ReferralState>(state));
        var tries = new List<(string To, HttpResponseMessage Answer)>();
        if (!actions.Contains("wijzigen", StringComparison.Ordinal) && status.StartsWith("active", StringComparison.Ordinal))
        {
            tries.Add(("andere inhoud", await sent.Put(r => r["priority"] = "urgent")));
        }

        if (!actions.Contains("intrekken", StringComparison.Ordinal) && !status.StartsWith("revoked", StringComparison.Ordinal))
        {
            tries.Add(("revoked", await sent.PutStatus("revoked")));
        }

        if (!actions.Contains("foutief", StringComparison.Ordinal) && state != "EnteredInError")
        {
            tries.Add(("entered-in-error", await sent.PutStatus("entered-in-error")));
        }

        if (!actions.Contains("annuleren", StringComparison.Ordinal) && !actions.Contains("intrekken", StringComparison.Ordinal)
            && state is not ("CancellationRequested" or "Cancelled" or "WithdrawnByReferrer"))
        {
            tries.Add(("annulering-gevraagd", await sent.Abort()));
        }

        foreach (var (to, answer) in tries)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var issue = (await answer.Json())["issue"]!.AsArray().Single()!;
            Assert.Equal("business-rule", (string?)issue["code"]);
            var told = (string)issue["diagnostics"]!;
            Assert.Contains($"'{(status.EndsWith('-') ? "entered-in-error" : status.Split(' ')[2])}'", told, StringComparison.Ordinal);
            Assert.Contains($"'{to}'", told, StringComparison.Ordinal);
            Assert.Contains(actions.Length == 0 ? "eindstand" : "POST DocumentReference", told, StringComparison.Ordinal);
        }

        Assert.Equal(status, await sent.Status());
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task What_it_may_do_is_done(string state, string status, string actions)
    {
        var (from, done) = (Enum.Parse<ReferralState>(state), new List<string> { status });
        foreach (var action in actions.Split(' ').Except(["aanvullen", ""]))
        {
            var sent = await SentReferral.In(intake, from);

            var answer = action switch
            {
                "wijzigen" => await sent.Put(r => r["priority"] = "urgent"),
                "intrekken" => await sent.PutStatus("revoked"),
                "annuleren" => await sent.Abort(),
                _ => await sent.PutStatus("entered-in-error"),
            };

            Assert.Equal(action == "annuleren" ? HttpStatusCode.Created : HttpStatusCode.OK, answer.StatusCode);
            var expected = action switch
            {
                "wijzigen" when from is ReferralState.AwaitingInformation => "active received ontvangen",
                "wijzigen" => status,
                "intrekken" => "revoked cancelled ingetrokken-door-verwijzer",
                "annuleren" => "revoked on-hold annulering-gevraagd",
                _ => "entered-in-error entered-in-error -",
            };
            Assert.Equal(expected, await sent.Status());
        }
    }
}
