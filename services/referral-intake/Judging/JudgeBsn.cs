using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Reading;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>The burgerservicenummer: welcome, never demanded, and taken only when it can be right.</summary>
internal static class JudgeBsn
{
    internal static string? Judge(Patient patient, Sent at, Judgement judgement)
    {
        string? found = null;
        var (isTold, isAmbiguous) = (false, false);
        for (var i = 0; i < patient.Identifier.Count; i++)
        {
            if (patient.Identifier[i].System != IdentifierSystems.Bsn || patient.Identifier[i].Value?.Trim() is not { Length: > 0 } value)
            {
                continue;
            }

            isTold = true;
            if (value == Bsn.Zeroes)
            {
                judgement.Add(Rules.BsnZeroes, at, $"identifier[{i}].value");
            }
            else if (!Bsn.IsValid(value))
            {
                judgement.Add(Rules.BsnInvalid, at, $"identifier[{i}].value");
            }
            else
            {
                isAmbiguous |= found is not null && found != value;
                found = value;
            }
        }

        if (!isTold || isAmbiguous)
        {
            judgement.Add(isTold ? Rules.BsnAmbiguous : Rules.BsnMissing, at, "identifier");
        }

        return isAmbiguous ? null : found;
    }
}
