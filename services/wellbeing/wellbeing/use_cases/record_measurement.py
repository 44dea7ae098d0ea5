"""Measure a workplace; a value outside its range opens a ticket, or joins the one that is open for that place."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.environment import PLAUSIBLE, UNIT_OF, Finding, Measure, Threshold, assess
from wellbeing.domain.reference import Reference, ReferenceKind
from wellbeing.domain.reference_values import threshold
from wellbeing.domain.tickets import TicketKind
from wellbeing.persistence import directory, references, tickets
from wellbeing.persistence.models import Measurement, Ticket

from .condition_view import MeasurementView, measurement_view
from .create_survey import check_scope
from .open_ticket import TicketDraft, open_ticket


@dataclass(frozen=True)
class MeasurementDraft:
    unit_id: UUID
    place: str
    measure: Measure
    value: Decimal
    measured_on: date


def record_measurement(work: UnitOfWork, actor: Principal, draft: MeasurementDraft) -> MeasurementView:
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        check_scope(tx, [draft.unit_id])
        _check(tx, draft)
        reference = references.current(tx.session, ReferenceKind.ENVIRONMENT, draft.measured_on)
        limits = threshold(reference, draft.measure)
        finding = assess(draft.value, limits)
        ticket = tickets.open_measurement_ticket(tx.session, draft.unit_id, draft.place, draft.measure.value)
        if ticket is None and finding is not Finding.WITHIN:
            ticket = _open(tx, draft, limits, actor.employee_id)
        elif ticket is not None:
            tickets.add_entry(
                tx.session, ticket, at=tx.now, action="MEASURED", actor_id=actor.employee_id, note=finding.value
            )
        row = _row(tx, draft, reference, limits, finding, ticket, actor.employee_id)
        audit.record(tx, actor, "measurement_recorded", "measurement", row.measurement_id)
        return measurement_view(row)


def _check(tx: Transaction, draft: MeasurementDraft) -> None:
    faults = []
    low, high = PLAUSIBLE[draft.measure]
    if not low <= draft.value <= high:
        expected = f"{low} sampai {high} {UNIT_OF[draft.measure]}"
        faults.append(FieldError("value", "implausible_value", str(draft.value), expected))
    today = today_in(tx.now, directory.time_zone(tx.session, tx.agency_id))
    if draft.measured_on > today:
        faults.append(FieldError("measured_on", "in_the_future", draft.measured_on, f"{today} atau sebelumnya"))
    if faults:
        raise InvalidInput(errors=faults)


def _open(tx: Transaction, draft: MeasurementDraft, limits: Threshold, reporter_id: UUID) -> Ticket:
    unit = UNIT_OF[draft.measure]
    limit = f"paling sedikit {limits.lowest}" if limits.lowest is not None else f"paling banyak {limits.highest}"
    if limits.lowest is not None and limits.highest is not None:
        limit = f"{limits.lowest} sampai {limits.highest}"
    ticket, _ = open_ticket(
        tx,
        TicketDraft(
            kind=TicketKind.ENVIRONMENT,
            category=draft.measure.value,
            description=f"Terukur {draft.value.normalize():f} {unit}; seharusnya {limit} {unit} ({limits.source}).",
            unit_id=draft.unit_id,
            place=draft.place,
            reporter_id=reporter_id,
        ),
    )
    return ticket


def _row(
    tx: Transaction,
    draft: MeasurementDraft,
    reference: Reference,
    limits: Threshold,
    finding: Finding,
    ticket: Ticket | None,
    measured_by: UUID,
) -> Measurement:
    row = Measurement(
        agency_id=tx.agency_id,
        unit_id=draft.unit_id,
        place=draft.place,
        measure=draft.measure.value,
        value=draft.value,
        measured_on=draft.measured_on,
        finding=finding.value,
        lowest=limits.lowest,
        highest=limits.highest,
        source=limits.source,
        verified=limits.verified,
        reference_version=reference.version,
        ticket_id=ticket.ticket_id if ticket else None,
        measured_by=measured_by,
    )
    tx.session.add(row)
    tx.session.flush()
    return row
