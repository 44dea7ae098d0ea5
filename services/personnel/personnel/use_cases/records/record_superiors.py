"""Record the superiors of many people by one decision: each pair has its own outcome, a refused one changes nothing.

The pairs are tested one after the other against what is known of all of them, which is read at once; then all that was
accepted is stored together. So the number of statements does not depend on the number of pairs.
"""

from collections.abc import Mapping
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
    with_added,
)
from personnel.domain.records import PersonRecords, SuperiorRecord
from personnel.domain.reporting_lines import Line, differing_days, find_cycle, line_of
from personnel.domain.series import TakesEffect, takes_effect
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_employees, lock_reporting_lines, names_of
from personnel.persistence.officials import known_officials
from personnel.persistence.records import employees_behind, records_of_many
from personnel.persistence.reporting_lines import superiors_upward
from personnel.use_cases.records.record_superior import superior_unknown
from personnel.use_cases.records.recording_many import Recorded, save_many


@dataclass
class _Batch:
    """What is known of the people of all pairs and of all above them, and what was accepted so far."""

    tx: Transaction
    actor: Principal
    command: RecordSuperiors
    agency: Agency
    entry: Entry
    known: Mapping[UUID, Employee]
    records: Mapping[UUID, PersonRecords]
    behind: Mapping[str, UUID]
    superiors: set[UUID]
    lines: dict[UUID, Line]
    names: Mapping[UUID, str]
    seen: set[UUID] = field(default_factory=set)
    recorded: list[Recorded] = field(default_factory=list)


def record_superiors(work: UnitOfWork, actor: Principal, command: RecordSuperiors) -> PairOutcomesView:
    """Record one pair after the other, in the order in which they were sent; publish all of it together."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        batch = _open(tx, actor, command)
        outcomes = [_outcome(batch, pair) for pair in command.items]
        save_many(tx, batch.agency, batch.recorded, command.cause)
        return PairOutcomesView(outcomes)


def _open(tx: Transaction, actor: Principal, command: RecordSuperiors) -> _Batch:
    numbers = {number for pair in command.items for number in (pair.employee_nip, pair.superior_nip) if number}
    behind = employees_behind(tx, [clean_nip(one) for one in numbers])
    people = [one for one in (_person(behind, pair) for pair in command.items) if one is not None]
    superiors = {one for one in (_superior(behind, pair) for pair in command.items) if one is not None}
    agency, known = own_agency(tx), lock_employees(tx, people)
    above = superiors_upward(tx, {*people, *superiors})
    names = names_of(tx, {*above, *superiors, *people})
    entry = Entry(agency.today(tx.now), tx.now, actor.account_id)
    lines = {one: line_of(records) for one, records in above.items()}
    superiors &= names.keys() | known_officials(tx, superiors)
    records = records_of_many(tx, list(known))
    return _Batch(tx, actor, command, agency, entry, known, records, behind, superiors, lines, names)


def _person(behind: Mapping[str, UUID], pair: SuperiorPair) -> UUID | None:
    """Return whom a pair is about; None: nobody has the number."""
    return behind.get(clean_nip(pair.employee_nip)) if pair.employee_nip else pair.employee_id


def _superior(behind: Mapping[str, UUID], pair: SuperiorPair) -> UUID | None:
    return behind.get(clean_nip(pair.superior_nip)) if pair.superior_nip else pair.superior_id


def _outcome(batch: _Batch, pair: SuperiorPair) -> PairOutcomeView:
    """Accept one pair or refuse it; nothing is written yet."""
    employee_id = _person(batch.behind, pair)
    try:
        found = batch.known.get(employee_id) if employee_id else None
        employee = required(found, "pegawai", employee_id or pair.employee_nip)
        if employee.id in batch.seen:
            raise PersonNamedTwice
        batch.seen.add(employee.id)
        effect = _accept(batch, employee, batch.command.of(pair, employee.id))
    except NothingChanged:
        return PairOutcomeView(employee_id, PairOutcome.UNCHANGED)
    except AppError as error:
        return PairOutcomeView(employee_id, PairOutcome.REFUSED, refusal=PairRefusal.of(error))
    return PairOutcomeView(employee_id, PairOutcome.RECORDED, effect)


def _accept(batch: _Batch, employee: Employee, command: RecordSuperior) -> TakesEffect:
    need_other(batch.actor, employee.id)
    require_version(command.expected_version, employee.revision)
    superior_id = _known_superior(batch, command)
    record = new_record(SuperiorRecord, command, batch.entry, superior_id=superior_id)
    after = with_added(batch.records[employee.id], [record])
    _require_no_cycle(batch, employee.id, line_of(after.superiors), record)
    batch.lines[employee.id] = line_of(after.superiors)
    batch.recorded.append(Recorded(employee, after, [record]))
    effect = takes_effect(after.superiors, record, batch.entry.today)
    audit.record(
        batch.tx, batch.actor, "superior_recorded", "employee", employee.id, superior_id=superior_id, effect=effect
    )
    return effect


def _known_superior(batch: _Batch, command: RecordSuperior) -> UUID | None:
    if not (command.superior_nip or command.superior_id):
        return None
    number = command.superior_nip
    found = batch.behind.get(clean_nip(number)) if number else command.superior_id
    if found not in batch.superiors:
        raise superior_unknown(command)
    return found


def _require_no_cycle(batch: _Batch, employee_id: UUID, line: Line, record: SuperiorRecord) -> None:
    before = batch.lines.get(employee_id, [])
    changed = differing_days(before, line, record.effective_from)
    cycle = find_cycle({**batch.lines, employee_id: line}, employee_id, changed)
    if cycle is not None:
        raise cycle.refusal(batch.names)
