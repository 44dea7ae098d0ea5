"""How the people stand whom waiting texts concern: asked for a batch of e-mails in a fixed number of statements."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.records import among, table_of
from chassis.unit_of_work import Transaction
from directory.people import EmployeeStatus
from directory.questions import left_on, replaced_by_on, superiors_on
from notification.domain.email import Email
from notification.domain.templates import employee_of
from notification.domain.terms import DutyPart, Standing, Terms
from notification.persistence import models
from notification.persistence.people import stretches_held_on, today


def load_standing(tx: Transaction, found: Sequence[Email]) -> Standing:
    """Return how the recipients of these, and those whose duties they name, stand today."""
    terms = [
        (person, one.terms)
        for email in found
        if (person := employee_of(email.recipient)) is not None
        for one in email.content
        if one.terms is not None
    ]
    if not terms:
        return Standing(tx.now)
    day, recipients = today(tx), {person for person, _ in terms}
    stretches = stretches_held_on(tx, recipients, day)
    return Standing(
        tx.now,
        deceased={one for one, stretch in stretches.items() if stretch.status == EmployeeStatus.DECEASED},
        left=left_on(tx, recipients, day),
        outdated=_outdated(tx, {one.duty_of for _, one in terms}),
        in_place_of={one: replaced_by_on(tx, [one], day) for one in _of_part(terms, DutyPart.IN_PLACE)},
        above=_above(tx, {one.duty_of for _, one in terms if one.part is DutyPart.ABOVE}),
    )


def save_outdated(tx: Transaction, employee_id: UUID, until: datetime) -> None:
    """Record until when texts about somebody's duties hold no longer; the latest moment stays."""
    table = table_of(models.OutdatedDuty)
    query = insert(table).values(agency_id=tx.agency_id, employee_id=employee_id, outdated_at=until)
    is_later = table.c.outdated_at < query.excluded.outdated_at
    keys, changed = ["agency_id", "employee_id"], {"outdated_at": query.excluded.outdated_at}
    tx.session.execute(query.on_conflict_do_update(index_elements=keys, set_=changed, where=is_later))


def _of_part(terms: Collection[tuple[UUID, Terms]], part: DutyPart) -> set[UUID]:
    return {person for person, one in terms if one.part is part}


def _above(tx: Transaction, people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    known = superiors_on(tx, people, today(tx)).known if people else {}
    return {one: set() if duty is None else {duty.holder_id, duty.superior_id} for one, duty in known.items()}


def _outdated(tx: Transaction, people: Collection[UUID]) -> dict[UUID, datetime]:
    row = models.OutdatedDuty
    found = tx.session.execute(select(row.employee_id, row.outdated_at).where(among(row.employee_id, people)))
    return {one.employee_id: one.outdated_at for one in found}
