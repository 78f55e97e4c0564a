using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.ReferralIntake.Http;
using static Hl7.Fhir.Model.OperationOutcome;

namespace VGIntegration.ReferralIntake.Receiving;

/// <summary>What came out of reading: a request when nothing refuses it, and everything there is to say about it.</summary>
internal sealed record Reading(ReferralRequest? Request, IReadOnlyList<Finding> Findings);

/// <summary>
/// Reads a ServiceRequest and judges it, all reasons at once. Refused is only what nobody could act on (domain.md, "When a
/// huisarts refers"); everything else is a warning.
/// </summary>
internal sealed partial class ServiceRequestReader
{
    private readonly Submission _submission;
    private readonly ServiceRequest _request;
    private readonly string _path;
    private readonly List<Finding> _findings;

    private ServiceRequestReader(Submission submission, ServiceRequest request, string path, IEnumerable<Finding> tolerated) =>
        (_submission, _request, _path, _findings) = (submission, request, path, [.. tolerated]);

    internal static Reading Read(Resource body, IReadOnlyList<Finding> tolerated)
    {
        if (body is Bundle { Type: not Bundle.BundleType.Transaction } bundle)
        {
            return Refuse(tolerated, bundle.Type is null ? IssueType.Required : IssueType.NotSupported, "Bundle.type",
                "Stuur een Bundle van het type 'transaction', of een losse ServiceRequest.");
        }

        var submission = Submission.Of(body);
        var requests = submission.All<ServiceRequest>().ToList();
        return requests switch
        {
            [] => Refuse(tolerated, IssueType.Required, body is Bundle ? "Bundle.entry" : body.TypeName,
                "Er is geen ServiceRequest. Een verwijzing is een ServiceRequest, met de Patient en de verwijzer erbij."),
            [var (request, path)] => new ServiceRequestReader(submission, request, path, tolerated).Judge(),
            _ => Refuse(tolerated, IssueType.Invariant, requests[1].Path, "Stuur één ServiceRequest per bericht."),
        };
    }

    private static Reading Refuse(IEnumerable<Finding> tolerated, IssueType code, string path, string text) =>
        new(null, [Finding.Error(code, path, text), .. tolerated]);

    private Reading Judge()
    {
        CheckTransaction();
        CheckOrder();
        CheckService();
        var resident = ReadResident();
        var referrer = ReadReferrer();
        var criteria = ReadCriteria();
        CheckComplaints();
        var priority = ReadPriority();
        if (_findings.Any(f => f.Refuses) || resident is null || referrer is null)
        {
            return new Reading(null, [.. _findings.OrderBy(f => f.Severity)]);
        }

        var (content, hash) = SelfContained.Of(_request, _submission, _path);
        var (system, value) = SourceIdentifier(hash);
        return new Reading(
            new ReferralRequest(system, value, priority, ZorgDomeinNumber(), criteria, Reason(), referrer, resident, content, hash),
            [.. _findings]);
    }

    private void Error(IssueType code, string element, string text) =>
        _findings.Add(Finding.Error(code, element.Length == 0 ? _path : $"{_path}.{element}", text));

    private void Warn(IssueType code, string path, string text) => _findings.Add(Finding.Warning(code, path, text));

    // All or nothing: what this service would not store may not be answered as if it were stored.
    private void CheckTransaction()
    {
        foreach (var (entry, i) in (_submission.Bundle?.Entry ?? []).Select((e, i) => (e, i)))
        {
            if (entry.Resource is null)
            {
                _findings.Add(Finding.Error(IssueType.Required, $"Bundle.entry[{i}].resource", "Dit onderdeel van de Bundle is leeg."));
            }
            else if (entry.Resource is ServiceRequest && entry.Request?.Method is not (null or Bundle.HTTPVerb.POST))
            {
                _findings.Add(Finding.Error(IssueType.NotSupported, $"Bundle.entry[{i}].request.method",
                    "Een nieuwe verwijzing komt met POST."));
            }
        }
    }

    private void CheckOrder()
    {
        if (_request.Status is not RequestStatus.Active)
        {
            Error(_request.Status is null ? IssueType.Required : IssueType.Value, "status",
                "De verwijzing is niet actief. Zet status op 'active' en stuur haar opnieuw.");
        }

        if (_request.Intent is not RequestIntent.Order)
        {
            Error(_request.Intent is null ? IssueType.Required : IssueType.Value, "intent",
                "Dit is geen opdracht. Zet intent op 'order' en stuur de verwijzing opnieuw.");
        }

        if (_request.DoNotPerform is true)
        {
            Error(IssueType.Invariant, "doNotPerform", "De verwijzing zegt dat het gesprek niet moet. Haal doNotPerform weg.");
        }
    }

    private void CheckService()
    {
        var isAsked = Says(_request.Code, CodeSystems.VerkennendGesprek, "verkennend gesprek");
        var isOther = _request.Code is { Coding.Count: > 0 } or { Text.Length: > 0 };
        var isWelzijn = _request.Category.Any(c => Says(c, CodeSystems.Welzijn, "welzijn") || Says(c, CodeSystems.VerkennendGesprek, "verkennend gesprek"));
        if (!isAsked && (isOther ? !IsReferralOnly(_request.Code) || !isWelzijn : !isWelzijn))
        {
            Error(isOther || _request.Category.Count > 0 ? IssueType.CodeInvalid : IssueType.Required, "code",
                "Hier kunt u alleen een verkennend gesprek (Welzijn) vragen. Zet in code 'verkennend-gesprek' uit "
                + $"{CodeSystems.RequestedService}, of als tekst 'Verkennend gesprek'.");
        }
    }

    private static bool Says(CodeableConcept? concept, string code, string text) =>
        concept is not null && (concept.Coding.Any(c => c.System == CodeSystems.RequestedService && c.Code == code)
            || new[] { concept.Text }.Concat(concept.Coding.Select(c => c.Display))
                .Any(t => string.Equals(t?.Trim(), text, StringComparison.OrdinalIgnoreCase)));

    private static bool IsReferralOnly(CodeableConcept? code) =>
        code is { Coding.Count: > 0 } && code.Coding.All(c => c.System == CodeSystems.Snomed && c.Code == "3457005");

    private Resident? ReadResident()
    {
        if (_submission.Find(_request.Subject, _path) is not { Resource: Patient patient } found)
        {
            Error(IssueType.Required, "subject", "Er is geen inwoner. Stuur de Patient mee en verwijs ernaar in subject.");
            return null;
        }

        var before = _findings.Count(f => f.Refuses);
        var name = PersonName.Of(patient.Name);
        Need(name is not null, $"{found.Path}.name", "De naam van de inwoner ontbreekt.");
        var hasBirthDate = TryBirthDate(patient.BirthDate, out var birthDate);
        Need(hasBirthDate, $"{found.Path}.birthDate", "De geboortedatum van de inwoner ontbreekt of klopt niet (jjjj-mm-dd).");
        var phones = patient.Telecom.Where(t => t.System is ContactPoint.ContactPointSystem.Phone or ContactPoint.ContactPointSystem.Sms
            && !string.IsNullOrWhiteSpace(t.Value)).OrderBy(t => t.Rank ?? 99).Select(t => t.Value!.Trim().Replace("|", "", StringComparison.Ordinal)).ToList();
        var address = patient.Address.FirstOrDefault(a => a.Use is not Address.AddressUse.Old);
        var lines = address is null ? null : AddressText(address);
        Need(phones.Count > 0 || lines is not null, $"{found.Path}.telecom",
            "De planner kan de inwoner niet bereiken. Vul een telefoonnummer in, of een adres.");
        var bsn = ReadBsn(patient, found.Path);
        if (_findings.Count(f => f.Refuses) > before)
        {
            return null;
        }

        return new Resident
        {
            Name = Short(name!, 300),
            BirthDate = birthDate,
            Bsn = bsn,
            Telephones = Short(string.Join('|', phones), 300),
            Email = patient.Telecom.FirstOrDefault(t => t.System is ContactPoint.ContactPointSystem.Email)?.Value is { } mail ? Short(mail, 300) : null,
            Address = lines is null ? null : Short(lines, 500),
            PostalCode = ReadPostalCode(address, found.Path),
            Language = patient.Communication.OrderByDescending(c => c.Preferred ?? false)
                .SelectMany(c => c.Language?.Coding ?? []).Select(c => c.Code).FirstOrDefault(c => c is { Length: > 0 and <= 20 }),
            PatientReference = _request.Subject.Reference is { Length: <= 300 } r && r[0] != '#' && !r.StartsWith("urn:", StringComparison.Ordinal) ? r : null,
        };

        void Need(bool present, string path, string text)
        {
            if (!present)
            {
                _findings.Add(Finding.Error(IssueType.Required, path, text));
            }
        }
    }

    private static bool TryBirthDate(string? value, out DateOnly date) => DateOnly.TryParseExact(
        value, ["yyyy-MM-dd", "yyyy-MM", "yyyy"], System.Globalization.CultureInfo.InvariantCulture,
        System.Globalization.DateTimeStyles.None, out date);

    private string? ReadBsn(Patient patient, string path)
    {
        var identifiers = patient.Identifier.Select((identifier, i) => (identifier, i)).Where(x => x.identifier.System == IdentifierSystems.Bsn).ToList();
        if (identifiers is not [var (bsn, at), ..])
        {
            Warn(IssueType.Required, $"{path}.identifier", "Er is geen BSN. De verwijzing is aangenomen; stuur het BSN mee als u het heeft.");
            return null;
        }

        if (bsn.Value?.Trim() == "000000000")
        {
            _findings.Add(Finding.Error(IssueType.Value, $"{path}.identifier[{at}].value", "Negen nullen is geen BSN. Vul het juiste BSN in, of laat het weg."));
            return null;
        }

        if (Bsn.IsValid(bsn.Value?.Trim()))
        {
            return bsn.Value!.Trim();
        }

        Warn(IssueType.Value, $"{path}.identifier[{at}].value", "Dit BSN klopt niet (elfproef). De verwijzing is aangenomen zonder BSN; controleer het.");
        return null;
    }

    private string? ReadPostalCode(Address? address, string path)
    {
        if (address?.PostalCode is not { Length: > 0 } given)
        {
            return null;
        }

        var code = given.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (Postcode().IsMatch(code))
        {
            return code;
        }

        Warn(IssueType.Value, $"{path}.address.postalCode", "Dit is geen Nederlandse postcode (1234 AB). De planner vraagt de inwoner zelf waar hij woont.");
        return null;
    }

    private static string? AddressText(Address address)
    {
        var text = string.Join(", ", new[] { string.Join(' ', address.Line), $"{address.PostalCode} {address.City}".Trim() }.Where(t => t.Length > 0));
        return text.Length > 0 ? text : string.IsNullOrWhiteSpace(address.Text) ? null : address.Text.Trim();
    }

    private string? ReadReferrer()
    {
        var found = _submission.Find(_request.Requester, _path);
        var practitioner = found?.Resource as Practitioner;
        var organization = found is { Resource: Organization own, Path: var ownPath } ? (own, ownPath) : default((Organization, string)?);
        var identifier = _request.Requester?.Identifier;
        if (found is { Resource: PractitionerRole role, Path: var path })
        {
            practitioner = _submission.Find(role.Practitioner, path)?.Resource as Practitioner;
            organization = _submission.Find(role.Organization, path) is { Resource: Organization o } at ? (o, at.Path) : null;
            identifier = role.Organization?.Identifier ?? identifier;
        }

        var numbers = (organization?.Item1.Identifier ?? []).Append(identifier).OfType<Identifier>()
            .Where(i => i.System is IdentifierSystems.Agb or IdentifierSystems.Ura).ToList();
        if (numbers.Count == 0)
        {
            _findings.Add(Finding.Error(IssueType.Required, organization is { } o ? $"{o.Item2}.identifier" : $"{_path}.requester",
                "Het is niet duidelijk welke praktijk antwoord krijgt. Stuur de praktijk mee (Organization) met een AGB-code of URA-nummer."));
            return null;
        }

        if (!numbers.Any(n => n.Value is { Length: 8 } v && v.All(char.IsAsciiDigit)))
        {
            _findings.Add(Finding.Error(IssueType.Value, organization is { } p ? $"{p.Item2}.identifier" : $"{_path}.requester",
                "De AGB-code of het URA-nummer van de praktijk moet 8 cijfers hebben."));
            return null;
        }

        return Short(PersonName.Of(practitioner?.Name ?? []) ?? _request.Requester?.Display ?? organization?.Item1.Name ?? "Huisarts", 300);
    }

    private List<string> ReadCriteria()
    {
        var criteria = _request.ReasonCode.SelectMany(r => r.Coding).Where(c => c.System == CodeSystems.Criterion)
            .Select(c => c.Code).OfType<string>().Where(CodeSystems.Criteria.Contains).Distinct().ToList();
        if (criteria.Count == 0)
        {
            Warn(IssueType.Informational, $"{_path}.reasonCode", "Er is geen verwijscriterium aangevinkt. Dat hoeft niet: bij twijfel mag u altijd verwijzen.");
        }

        return criteria;
    }

    private void CheckComplaints()
    {
        var complaints = _request.ReasonCode.Select((c, i) => (Concept: (CodeableConcept?)c, Path: $"{_path}.reasonCode[{i}]"))
            .Concat(_submission.All<Condition>().Select(c => (Concept: c.Resource.Code, Path: $"{c.Path}.code")));
        foreach (var (_, path) in complaints.Where(c => c.Concept?.Coding.Any(
            code => code.System == CodeSystems.Icpc && !IcpcCode().IsMatch(code.Code ?? "")) is true))
        {
            Warn(IssueType.CodeInvalid, path, "Deze ICPC-code is niet bekend. De verwijzing is aangenomen zonder deze code.");
        }
    }

    private string ReadPriority()
    {
        var priority = _request.Priority ?? RequestPriority.Routine;
        if (priority is not RequestPriority.Routine)
        {
            Warn(IssueType.BusinessRule, $"{_path}.priority",
                "LET OP: bij gevaar of acute nood is de crisisdienst de weg, niet een verkennend gesprek. De verwijzing is aangenomen en staat bovenaan.");
        }

        return Hl7.Fhir.Utility.EnumUtility.GetLiteral(priority)!;
    }

    private string? Reason()
    {
        var told = _request.ReasonCode.Select(r => r.Text).Concat(_request.Note.Select(n => n.Text))
            .Concat(_submission.All<Condition>().SelectMany(c => c.Resource.Note.Select(n => n.Text).Append(Complaint(c.Resource))))
            .Where(t => !string.IsNullOrWhiteSpace(t)).Distinct();
        var text = string.Join("\n", told);
        return text.Length > 0 ? text : null;
    }

    private static string? Complaint(Condition condition) =>
        (condition.Code?.Text ?? condition.Code?.Coding.FirstOrDefault()?.Display) is { Length: > 0 } text ? $"Klacht: {text}" : null;

    private string? ZorgDomeinNumber() => _request.Identifier.Append(_request.Requisition).OfType<Identifier>()
        .Where(i => i.System == IdentifierSystems.ZorgDomein).Select(i => i.Value).FirstOrDefault(v => v is { Length: > 0 and <= 50 });

    // Without a business identifier the content itself is the key: the same request twice is still one referral.
    private (string System, string Value) SourceIdentifier(string hash)
    {
        var own = _request.Identifier.Append(_request.Requisition).OfType<Identifier>()
            .FirstOrDefault(i => i is { System: { Length: > 0 and <= 200 }, Value: { Length: > 0 and <= 200 } });
        return own is null ? ("urn:vgintegration:content", hash) : (own.System!, own.Value!);
    }

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length];

    [GeneratedRegex("^[1-9][0-9]{3}[A-Z]{2}$")]
    private static partial Regex Postcode();

    [GeneratedRegex(@"^[ABDFHKLNPRSTUWXYZ][0-9]{2}(\.[0-9]{2})?$")]
    private static partial Regex IcpcCode();
}
