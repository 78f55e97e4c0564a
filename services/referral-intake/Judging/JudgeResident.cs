using System.Globalization;
using Hl7.Fhir.Model;
using VGIntegration.ReferralIntake.Reading;
using VGIntegration.ReferralIntake.Receiving;
using static Hl7.Fhir.Model.ContactPoint;

namespace VGIntegration.ReferralIntake.Judging;

/// <summary>Whom it is about, and whether somebody can reach them.</summary>
internal static class JudgeResident
{
    private const int MostTelephones = 20;

    internal static Resident? Judge(Sent at, string? reference, Judgement judgement)
    {
        var patient = (Patient)at.Resource;
        var name = PersonName.Of(patient.Name);
        if (name is null)
        {
            judgement.Add(Rules.NameMissing, at, "name");
        }

        var birthDate = BirthDate(patient, at, judgement);
        if (patient.Deceased is FhirBoolean { JsonValue: true } or FhirDateTime)
        {
            judgement.Add(Rules.ResidentDeceased, at, "deceased");
        }

        var telephones = Telephones(patient, at, judgement);
        var address = patient.Address.FirstOrDefault(a => a.Use is not Address.AddressUse.Old);
        var lines = address is null ? null : AddressText(address);
        if (telephones.Length == 0 && lines is null)
        {
            judgement.Add(Rules.ResidentUnreachable, at, "telecom");
        }

        var bsn = JudgeBsn.Judge(patient, at, judgement);
        var postcode = Postcode(patient, address, at, judgement);
        return name is null || birthDate is null ? null : new Resident
        {
            Name = name.Cut(300),
            BirthDate = birthDate.Value,
            Bsn = bsn,
            Telephones = telephones.Cut(300),
            Email = patient.Telecom.FirstOrDefault(t => t.System is ContactPointSystem.Email)?.Value?.Cut(300),
            Address = lines?.Cut(500),
            PostalCode = postcode,
            Language = patient.Communication.OrderByDescending(c => c.Preferred ?? false)
                .SelectMany(c => c.Language?.Coding ?? []).Select(c => c.Code).FirstOrDefault(c => c is { Length: > 0 and <= 20 }),
            PatientReference = reference is { Length: > 0 and <= 300 } && reference[0] != '#'
                && !reference.StartsWith("urn:", StringComparison.Ordinal) && !reference.Contains('?', StringComparison.Ordinal) ? reference : null,
        };
    }

    private static DateOnly? BirthDate(Patient patient, Sent at, Judgement judgement)
    {
        var told = patient.BirthDateElement?.JsonValue as string;
        if (string.IsNullOrWhiteSpace(told))
        {
            judgement.Add(Rules.BirthDateMissing, at, "birthDate");
            return null;
        }

        if (!DateOnly.TryParseExact(told.Trim(), ["yyyy-MM-dd", "yyyy-MM", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year < 1850)
        {
            judgement.Add(Rules.BirthDateInvalid, at, "birthDate");
            return null;
        }

        if (told.Trim().Length < 10)
        {
            judgement.Add(Rules.BirthDateIncomplete, at, "birthDate");
        }

        return date;
    }

    private static string Telephones(Patient patient, Sent at, Judgement judgement)
    {
        var numbers = new List<(string Number, int Rank)>();
        foreach (var (contact, i) in patient.Telecom.Take(MostTelephones).Select((t, i) => (t, i)))
        {
            if (contact.System is ContactPointSystem.Phone or ContactPointSystem.Sms && contact.Use is not ContactPointUse.Old
                && contact.Value?.Trim().Replace("|", "", StringComparison.Ordinal) is { Length: > 0 } number)
            {
                numbers.Add((number, contact.Rank ?? 99));
                if (!DutchNumbers.IsDialable(number))
                {
                    judgement.Add(Rules.TelephoneNotDialable, at, $"telecom[{i}].value");
                }
            }
        }

        return string.Join('|', numbers.OrderBy(n => n.Rank).Select(n => n.Number));
    }

    private static string? Postcode(Patient patient, Address? address, Sent at, Judgement judgement)
    {
        if (string.IsNullOrWhiteSpace(address?.PostalCode))
        {
            return null;
        }

        var postcode = DutchNumbers.Postcode(address.PostalCode);
        if (postcode is null)
        {
            judgement.Add(Rules.PostcodeInvalid, at, $"address[{patient.Address.IndexOf(address)}].postalCode");
        }

        return postcode;
    }

    private static string? AddressText(Address address)
    {
        var text = string.Join(", ", new[] { string.Join(' ', address.Line), $"{address.PostalCode} {address.City}" }.Where(t => !string.IsNullOrWhiteSpace(t)).Select(t => t.Trim()));
        return text.Length > 0 ? text : string.IsNullOrWhiteSpace(address.Text) ? null : address.Text.Trim();
    }
}
