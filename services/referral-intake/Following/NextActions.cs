using Hl7.Fhir.Model;
using VGIntegration.Fhir;

namespace VGIntegration.ReferralIntake.Following;

/// <summary>What the huisarts's system may do now, as Task.extension and in words.</summary>
internal static class NextActions
{
    internal static IEnumerable<Extension> Of(ReferralState state) => StateTable.Actions(state, Role.GpSystem).Select(Named).Select(
        action => new Extension(CodeSystems.NextAction, new Coding(CodeSystems.Action, action.Code, action.Display)));

    /// <summary>Why it cannot be done: from, to, and what can be done now.</summary>
    internal static string Refusal(ReferralState from, string to)
    {
        var (request, task, business, _) = ReferralStatus.Of(from);
        var now = StateTable.Actions(from, Role.GpSystem).Select(Named).Select(a => $"{a.Display} ({a.How})").ToList();
        return $"Deze verwijzing staat op '{business ?? Literal(task)}' (ServiceRequest {Literal(request)}, Task {Literal(task)}). "
            + $"Naar '{to}' kan nu niet. "
            + (now.Count > 0 ? $"Wat nu wel kan: {string.Join("; ", now)}." : "Er kan nu niets meer: dit is een eindstand.");
    }

    private static (string Code, string Display, string How) Named(ReferralEvent action) => action switch
    {
        ReferralEvent.Changed => ("wijzigen", "wijzigen", "PUT of PATCH ServiceRequest"),
        ReferralEvent.Supplemented => ("aanvullen", "aanvullen", "POST DocumentReference"),
        ReferralEvent.WithdrawnByReferrer => ("intrekken", "intrekken", "PUT of PATCH ServiceRequest met status revoked"),
        ReferralEvent.CancellationRequested => ("annuleren", "annulering vragen", "POST Task met code abort en deze Task als focus"),
        ReferralEvent.EnteredInError => ("foutief-ingevoerd", "foutief ingevoerd melden", "PUT of PATCH ServiceRequest met status entered-in-error"),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No GP system does this."),
    };

    private static string Literal<T>(T code)
        where T : struct, Enum => Hl7.Fhir.Utility.EnumUtility.GetLiteral(code)!;
}
