using Hl7.Fhir.Model;
using VGIntegration.Fhir;
using VGIntegration.Planning.Inviting;
using VGIntegration.Planning.Registry;
using Appointment = VGIntegration.Planning.Inviting.Appointment;
using Location = VGIntegration.Planning.Registry.Location;

namespace VGIntegration.Planning.Publishing;

/// <summary>A booked conversation as FHIR R4 Appointment: the two professionals, the place, and which request; nothing of the resident.</summary>
internal static class AppointmentDocument
{
    internal static readonly IReadOnlyDictionary<string, AppointmentStatus> Statuses = new Dictionary<string, AppointmentStatus>
    {
        ["booked"] = AppointmentStatus.Booked,
        ["cancelled"] = AppointmentStatus.Cancelled,
        ["fulfilled"] = AppointmentStatus.Held,
        ["noshow"] = AppointmentStatus.NotAttended,
    };

    internal static Hl7.Fhir.Model.Appointment Of(Appointment appointment, Region region) => new()
    {
        Id = $"{appointment.ConversationId}",
        Meta = new Meta { VersionId = $"{appointment.Version}", LastUpdated = appointment.ChangedAt },
        Status = appointment.Status switch
        {
            AppointmentStatus.Booked => Hl7.Fhir.Model.Appointment.AppointmentStatus.Booked,
            AppointmentStatus.Cancelled => Hl7.Fhir.Model.Appointment.AppointmentStatus.Cancelled,
            AppointmentStatus.Held => Hl7.Fhir.Model.Appointment.AppointmentStatus.Fulfilled,
            _ => Hl7.Fhir.Model.Appointment.AppointmentStatus.Noshow,
        },
        ServiceType = [Service()],
        Start = appointment.StartsAt,
        End = appointment.EndsAt,
        MinutesDuration = (int)(appointment.EndsAt - appointment.StartsAt).TotalMinutes,
        Created = appointment.BookedAt.ToString("yyyy-MM-ddTHH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture),
        BasedOn = [new ResourceReference($"ServiceRequest/{appointment.ReferralId}")],
        Participant =
        [
            .. appointment.Professionals.Select(id => Participant(Professional(id, region), appointment)),
            Participant(Place(appointment.LocationId, region), appointment),
        ],
    };

    internal static CodeableConcept Service() => new(CodeSystems.RequestedService, CodeSystems.VerkennendGesprek, "Verkennend gesprek");

    internal static ResourceReference Professional(Guid id, Region region) =>
        new($"Practitioner/{id}", region.Professionals.TryGetValue(id, out var person) ? $"{person.Name}, {person.Profession}" : null);

    internal static ResourceReference Place(Guid id, Region region) =>
        new($"Location/{id}", region.Locations.TryGetValue(id, out Location? place) ? place.Name : null);

    private static Hl7.Fhir.Model.Appointment.ParticipantComponent Participant(ResourceReference who, Appointment appointment) => new()
    {
        Actor = who,
        Required = Hl7.Fhir.Model.Appointment.ParticipantRequired.Required,
        Status = appointment.Status is AppointmentStatus.Cancelled ? ParticipationStatus.Declined : ParticipationStatus.Accepted,
    };
}
