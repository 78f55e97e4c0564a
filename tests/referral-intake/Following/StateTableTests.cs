using System.Text.Json.Nodes;
using VGIntegration.ReferralIntake.Following;
using VGIntegration.Surroundings;

namespace VGIntegration.ReferralIntake.Tests.Following;

/// <summary>Interface section 3, written down once more by hand: a cell that changes in the code fails here.</summary>
public sealed class StateTableTests
{
    // state: what a GP system reads of it, then what each role may do there and where that leads.
    private const string Table = """
        Registered active requested aangemeld
          System: TakenIn>TakenIn
          GpSystem: Changed>Registered Supplemented>Registered WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        TakenIn active received ontvangen
          System: DuoProposed>DuoProposed
          Planner: InformationRequested>AwaitingInformation PlanningStarted>InPlanning DuoProposed>DuoProposed ResidentNotReached>ResidentNotReached ResidentReached>ResidentSpoken ConversationScheduled>AppointmentBooked Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawnByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawnByResident
          GpSystem: Changed>TakenIn Supplemented>TakenIn WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        AwaitingInformation active received wacht-op-informatie
          System: DuoProposed>DuoProposed
          Planner: InformationRequested>AwaitingInformation PlanningStarted>InPlanning DuoProposed>DuoProposed ResidentNotReached>ResidentNotReached ResidentReached>ResidentSpoken ConversationScheduled>AppointmentBooked Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawnByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawnByResident
          GpSystem: Changed>TakenIn Supplemented>TakenIn WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        InPlanning active accepted in-planning
          System: DuoProposed>DuoProposed
          Planner: InformationRequested>AwaitingInformation PlanningStarted>InPlanning DuoProposed>DuoProposed DuoConfirmed>DuoConfirmed ResidentNotReached>ResidentNotReached ResidentReached>ResidentSpoken ConversationScheduled>AppointmentBooked Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawnByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawnByResident
          Professional: DuoConfirmed>DuoConfirmed
          GpSystem: Changed>InPlanning Supplemented>InPlanning WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        DuoProposed active accepted duo-voorgesteld
          System: DuoProposed>DuoProposed
          Planner: InformationRequested>AwaitingInformation PlanningStarted>InPlanning DuoProposed>DuoProposed DuoConfirmed>DuoConfirmed ResidentNotReached>ResidentNotReached ResidentReached>ResidentSpoken ConversationScheduled>AppointmentBooked Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawnByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawnByResident
          Professional: DuoConfirmed>DuoConfirmed
          GpSystem: Changed>DuoProposed Supplemented>DuoProposed WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        DuoConfirmed active accepted duo-bevestigd
          System: DuoProposed>DuoProposed
          Planner: InformationRequested>AwaitingInformation PlanningStarted>InPlanning DuoProposed>DuoProposed DuoConfirmed>DuoConfirmed ResidentNotReached>ResidentNotReached ResidentReached>ResidentSpoken ConversationScheduled>AppointmentBooked Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawnByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawnByResident
          Professional: DuoConfirmed>DuoConfirmed
          GpSystem: Changed>DuoConfirmed Supplemented>DuoConfirmed WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        ResidentNotReached active accepted inwoner-niet-bereikt
          System: DuoProposed>DuoProposed
          Planner: InformationRequested>AwaitingInformation PlanningStarted>InPlanning DuoProposed>DuoProposed DuoConfirmed>DuoConfirmed ResidentNotReached>ResidentNotReached ResidentReached>ResidentSpoken ConversationScheduled>AppointmentBooked Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawnByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawnByResident
          Professional: DuoConfirmed>DuoConfirmed
          GpSystem: Changed>ResidentNotReached Supplemented>ResidentNotReached WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        ResidentSpoken active accepted inwoner-gesproken
          System: DuoProposed>DuoProposed
          Planner: InformationRequested>AwaitingInformation PlanningStarted>InPlanning DuoProposed>DuoProposed DuoConfirmed>DuoConfirmed ResidentNotReached>ResidentNotReached ResidentReached>ResidentSpoken ConversationScheduled>AppointmentBooked Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawnByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawnByResident
          Professional: DuoConfirmed>DuoConfirmed
          GpSystem: Changed>ResidentSpoken Supplemented>ResidentSpoken WithdrawnByReferrer>WithdrawnByReferrer EnteredInError>EnteredInError
        AppointmentBooked active in-progress afspraak-gepland
          Planner: ConversationScheduled>AppointmentBooked ConversationMoved>AppointmentMoved ProfessionalReplaced>DuoRestored Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawingByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawingByResident
          Professional: NotAttended>NotAttended ConversationHeld>ConversationHeld
          GpSystem: Supplemented>AppointmentBooked CancellationRequested>CancellationRequested EnteredInError>EnteredInError
        AppointmentMoved active in-progress afspraak-verzet
          Planner: ConversationScheduled>AppointmentBooked ConversationMoved>AppointmentMoved ProfessionalReplaced>DuoRestored Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawingByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawingByResident
          Professional: NotAttended>NotAttended ConversationHeld>ConversationHeld
          GpSystem: Supplemented>AppointmentMoved CancellationRequested>CancellationRequested EnteredInError>EnteredInError
        DuoRestored active in-progress duo-hersteld
          Planner: ConversationScheduled>AppointmentBooked ConversationMoved>AppointmentMoved ProfessionalReplaced>DuoRestored Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawingByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawingByResident
          Professional: NotAttended>NotAttended ConversationHeld>ConversationHeld
          GpSystem: Supplemented>DuoRestored CancellationRequested>CancellationRequested EnteredInError>EnteredInError
        NotAttended active in-progress niet-verschenen
          Planner: ConversationScheduled>AppointmentBooked ConversationMoved>AppointmentMoved ProfessionalReplaced>DuoRestored Rejected>Rejected NoConversation>NoConversation Paused>Paused ResidentWithdrew>WithdrawingByResident
          Resident: ConversationScheduled>AppointmentBooked ResidentWithdrew>WithdrawingByResident
          Professional: NotAttended>NotAttended ConversationHeld>ConversationHeld
          GpSystem: Supplemented>NotAttended CancellationRequested>CancellationRequested EnteredInError>EnteredInError
        ConversationHeld active in-progress gesprek-gevoerd
          Professional: AdviceBegun>AdviceInPreparation AdviceSigned>AdviceInPreparation
          GpSystem: Supplemented>ConversationHeld
        AdviceInPreparation active in-progress advies-in-afstemming
          System: AdviceReturned>AdviceReturned
          Professional: AdviceBegun>AdviceInPreparation AdviceSigned>AdviceInPreparation
          GpSystem: Supplemented>AdviceInPreparation
        AdviceReturned completed completed advies-teruggekoppeld
        Rejected active rejected afgewezen
        WithdrawnByReferrer revoked cancelled ingetrokken-door-verwijzer
        CancellationRequested revoked on-hold annulering-gevraagd
          System: ClosedForReferrer>Cancelled
          Planner: ClosedForReferrer>Cancelled
          GpSystem: Supplemented>CancellationRequested EnteredInError>EnteredInError
        Cancelled revoked cancelled geannuleerd
        WithdrawingByResident revoked on-hold ingetrokken-door-inwoner
          System: ClosedForResident>WithdrawnByResident
          Planner: ClosedForResident>WithdrawnByResident
          GpSystem: Supplemented>WithdrawingByResident EnteredInError>EnteredInError
        WithdrawnByResident revoked cancelled ingetrokken-door-inwoner
        NoConversation active failed geen-gesprek
        Paused active on-hold gepauzeerd
          Planner: Rejected>Rejected NoConversation>NoConversation Resumed>AppointmentMoved ResidentWithdrew>WithdrawingByResident
          Resident: ResidentWithdrew>WithdrawingByResident
          GpSystem: Supplemented>Paused CancellationRequested>CancellationRequested EnteredInError>EnteredInError
        EnteredInError entered-in-error entered-in-error -
        """;

    private static readonly Dictionary<ReferralState, string> Words = [];
    private static readonly Dictionary<(ReferralState, ReferralEvent, Role), ReferralState> Expected = Read();

    public static TheoryData<string> States => new(Enum.GetNames<ReferralState>());

    [Theory]
    [MemberData(nameof(States))]
    public void Every_event_of_every_role_leads_where_the_table_says_or_nowhere(string name)
    {
        var state = Enum.Parse<ReferralState>(name);
        foreach (var happened in Enum.GetValues<ReferralEvent>())
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                ReferralState? expected = Expected.TryGetValue((state, happened, role), out var to) ? to : null;

                var found = StateTable.Next(state, happened, role, beforePause: ReferralState.AppointmentMoved);

                Assert.True(expected == found, $"{state}, {happened} by {role}: expected {expected?.ToString() ?? "no"}, found {found?.ToString() ?? "no"}");
                Assert.Equal(expected is not null, StateTable.Actions(state, role).Contains(happened));
            }
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_is_told_in_the_words_of_the_table(string name)
    {
        var (request, task, business, _) = ReferralStatus.Of(Enum.Parse<ReferralState>(name));

        var told = $"{Literal(request)} {Literal(task)} {business ?? "-"}";

        Assert.Equal(Words[Enum.Parse<ReferralState>(name)], told);
    }

    [Theory]
    [InlineData(ReferralState.AdviceReturned)]
    [InlineData(ReferralState.Rejected)]
    [InlineData(ReferralState.WithdrawnByReferrer)]
    [InlineData(ReferralState.Cancelled)]
    [InlineData(ReferralState.WithdrawnByResident)]
    [InlineData(ReferralState.NoConversation)]
    [InlineData(ReferralState.EnteredInError)]
    public void A_final_state_is_final_for_everybody(object final) => Assert.All(
        Enum.GetValues<Role>(), role => Assert.Empty(StateTable.Actions((ReferralState)final, role)));

    [Fact]
    public void The_published_code_system_has_each_status_with_its_words()
    {
        var published = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "contracts/fhir/definitions/verwijsstatus.json")))!["concept"]!.AsArray();

        var ours = Enum.GetValues<ReferralState>().Select(ReferralStatus.Of).Where(s => s.Business is not null);

        Assert.Equal(
            ours.Select(s => $"{s.Business} {s.Display}").Distinct().Order(StringComparer.Ordinal),
            published.Select(c => $"{c!["code"]} {c["display"]}").Order(StringComparer.Ordinal));
        Assert.All(ours, s => Assert.Contains(
            Literal(s.Task), ((string)published.Single(c => (string?)c!["code"] == s.Business)!["definition"]!).Split(':')[0], StringComparison.Ordinal));
    }

    [Fact]
    public void The_published_actions_are_those_a_Task_tells()
    {
        var published = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "contracts/fhir/definitions/verwijsactie.json")))!["concept"]!.AsArray();

        var told = Enum.GetValues<ReferralState>().SelectMany(NextActions.Of).Select(e => (Hl7.Fhir.Model.Coding)e.Value!);

        Assert.Equal(
            told.Select(c => $"{c.Code} {c.Display}").Distinct().Order(StringComparer.Ordinal),
            published.Select(c => $"{c!["code"]} {c["display"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_crossed_on_the_way_is_told_beyond_the_table()
    {
        var beyond =
            from state in Enum.GetValues<ReferralState>()
            from happened in Enum.GetValues<ReferralEvent>()
            from role in Enum.GetValues<Role>()
            where StateTable.Next(state, happened, role) is null
            let to = StateTable.NextWhenTold(state, happened, role, state)
            where to is not null
            select $"{state}, {happened} by {role}: {to}";

        Assert.Equal(
            [
                "AppointmentBooked, WithdrawnByReferrer by GpSystem: WithdrawnByReferrer",
                "AppointmentMoved, WithdrawnByReferrer by GpSystem: WithdrawnByReferrer",
                "DuoRestored, WithdrawnByReferrer by GpSystem: WithdrawnByReferrer",
                "NotAttended, WithdrawnByReferrer by GpSystem: WithdrawnByReferrer",
                "AdviceReturned, AdviceCorrected by System: AdviceReturned",
                "WithdrawnByReferrer, ConversationHeld by Professional: ConversationHeld",
                "CancellationRequested, ConversationHeld by Professional: ConversationHeld",
                "WithdrawingByResident, ConversationHeld by Professional: ConversationHeld",
                "Paused, ConversationHeld by Professional: ConversationHeld",
                "Paused, WithdrawnByReferrer by GpSystem: WithdrawnByReferrer",
                "EnteredInError, ConversationHeld by Professional: ConversationHeld",
            ],
            beyond);
    }

    private static string Literal<T>(T value)
        where T : struct, Enum => Hl7.Fhir.Utility.EnumUtility.GetLiteral(value)!;

    private static Dictionary<(ReferralState, ReferralEvent, Role), ReferralState> Read()
    {
        var cells = new Dictionary<(ReferralState, ReferralEvent, Role), ReferralState>();
        var state = default(ReferralState);
        foreach (var line in Table.Split('\n'))
        {
            var words = line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
            if (!line.StartsWith(' '))
            {
                state = Enum.Parse<ReferralState>(words[0]);
                Words.Add(state, string.Join(' ', words[1..]));
                continue;
            }

            foreach (var cell in words[1..].Select(w => w.Split('>')))
            {
                cells.Add((state, Enum.Parse<ReferralEvent>(cell[0]), Enum.Parse<Role>(words[0])), Enum.Parse<ReferralState>(cell[1]));
            }
        }

        return cells;
    }
}
