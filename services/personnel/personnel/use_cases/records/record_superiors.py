"""Record the superiors of many people by one decision: each pair has its own outcome, a refused one changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import AppError, required
from chassis.records import require_version
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.agency import Agency
from personnel.domain.employee import Employee
from personnel.domain.errors import NothingChanged, PersonNamedTwice
from personnel.domain.nip import clean_nip
from personnel.domain.recording import (
    Entry,
    PairOutcome,
    PairOutcomesView,
    PairOutcomeView,
    PairRefusal,
    RecordSuperior,
    RecordSuperiors,
    SuperiorPair,
    new_record,
)
from personnel.domain.records import PersonRecords, SuperiorRecord
from personnel.domain.series import TakesEffect, takes_effect
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_employees, lock_reporting_lines
from personnel.persistence.records import employees_behind, records_of_many
from personnel.use_cases.employees.apply_effective_state import apply_effective_state
from personnel.use_cases.records.record_superior import known_superior, require_no_cycle
from personnel.use_cases.records.recording import Subject, raised_revision, store_records
from personnel.use_cases.timelines.publish import publish_timelines


@dataclass
class _Batch:
    """The people of all pairs, locked, and what was done for them so far."""

    tx: Transaction
    actor: Principal
    command: RecordSuperiors
    agency: Agency
    entry: Entry
    known: dict[UUID, Employee]
    records: dict[UUID, PersonRecords]
    seen: set[UUID] = field(default_factory=set)
    recorded: list[UUID] = field(default_factory=list)


def record_superiors(work: UnitOfWork, actor: Principal, command: RecordSuperiors) -> PairOutcomesView:
    """Record one pair after the other, in the order in which they were sent; publish all of it together."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        people = _people(tx, command.items)
        batch = _open(tx, actor, command, [one for one in people if one is not None])
        outcomes = [_outcome(batch, pair, one) for pair, one in zip(command.items, people, strict=True)]
        publish_timelines(tx, batch.recorded, command.cause)
        return PairOutcomesView(outcomes)


def _people(tx: Transaction, items: Sequence[SuperiorPair]) -> list[UUID | None]:
    """Return whom each pair is about; None: nobody has the number."""
    numbers = {pair.employee_nip: clean_nip(pair.employee_nip) for pair in items if pair.employee_nip}
    found = employees_behind(tx, list(numbers.values()))
    return [found.get(numbers[pair.employee_nip]) if pair.employee_nip else pair.employee_id for pair in items]


def _open(tx: Transaction, actor: Principal, command: RecordSuperiors, employee_ids: Sequence[UUID]) -> _Batch:
    agency = own_agency(tx)
    known = lock_employees(tx, employee_ids)
    entry = Entry(agency.today(tx.now), tx.now, actor.account_id)
    return _Batch(tx, actor, command, agency, entry, known, records_of_many(tx, list(known)))


def _outcome(batch: _Batch, pair: SuperiorPair, employee_id: UUID | None) -> PairOutcomeView:
    """Record one pair; everything that can refuse it comes before anything is written."""
    try:
        found = batch.known.get(employee_id) if employee_id else None
        employee = required(found, "pegawai", employee_id or pair.employee_nip)
        if employee.id in batch.seen:
            raise PersonNamedTwice
        batch.seen.add(employee.id)
        effect = _record(batch, employee, batch.command.of(pair, employee.id))
    except NothingChanged:
        return PairOutcomeView(employee_id, PairOutcome.UNCHANGED)
    except AppError as error:
        return PairOutcomeView(employee_id, PairOutcome.REFUSED, refusal=PairRefusal.of(error))
    return PairOutcomeView(employee_id, PairOutcome.RECORDED, effect)


def _record(batch: _Batch, employee: Employee, command: RecordSuperior) -> TakesEffect:
    tx, today = batch.tx, batch.entry.today
    need_other(batch.actor, employee.id)
    require_version(command.expected_version, employee.revision)
    superior_id = known_superior(tx, command)
    require_no_cycle(tx, employee.id, superior_id)
    record = new_record(SuperiorRecord, command, batch.entry, superior_id=superior_id)
    subject = Subject(batch.agency, employee, batch.records[employee.id], batch.entry)
    after = store_records(tx, subject, [record])
    batch.recorded.append(employee.id)
    apply_effective_state(tx, employee, after.records, today)
    raised_revision(tx, employee)
    effect = takes_effect(after.records.superiors, record, today)
    audit.record(tx, batch.actor, "superior_recorded", "employee", employee.id, superior_id=superior_id, effect=effect)
    return effect
