"""Record a measurement; a value outside its range opens a ticket, or joins the one that is open for that place."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from wellbeing.authorisation import self_of
from wellbeing.domain.measurement import Finding, Measurement, MeasurementView, RecordMeasurement, assess
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import threshold
from wellbeing.domain.ticket import TicketContent, TicketKind
from wellbeing.persistence.directory import require_active_units
from wellbeing.persistence.references import current_reference
from wellbeing.persistence.tickets import find_open_measurement_ticket, insert_measurement
from wellbeing.use_cases.tickets.open import open_ticket
from wellbeing.use_cases.tickets.record import record_entry


def record_measurement(work: UnitOfWork, actor: Principal, command: RecordMeasurement) -> MeasurementView:
    """Compare a value with the limits in force on its day. Raise Forbidden, InvalidInput."""
    measured_by = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        require_active_units(tx, [command.unit_id])
        command.require_plausible(today(tx))
        reference = current_reference(tx, ReferenceKind.ENVIRONMENT, command.measured_on)
        limits = threshold(reference, command.measure)
        finding = assess(command.value, limits)
        ticket = find_open_measurement_ticket(tx, command.unit_id, command.place, command.measure)
        if ticket is not None:
            record_entry(tx, ticket, "MEASURED", actor_id=measured_by, note=finding.value)
        elif finding is not Finding.WITHIN:
            content = TicketContent(
                kind=TicketKind.ENVIRONMENT,
                category=command.measure,
                description=command.described(limits),
                unit_id=command.unit_id,
                place=command.place,
            )
            ticket = open_ticket(tx, content, reporter_id=measured_by)
        measurement = Measurement.of(
            new_id(),
            command,
            limits,
            reference.version,
            ticket_id=ticket.ticket_id if ticket else None,
            measured_by=measured_by,
        )
        insert_measurement(tx, measurement)
        audit.record(tx, actor, "measurement_recorded", "measurement", measurement.measurement_id)
        return MeasurementView.of(measurement)
