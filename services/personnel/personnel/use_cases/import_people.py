"""First half of an import: judge a chunk of rows and save the people, in a handful of statements."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis import outbox
from chassis.errors import OwnAffair
from chassis.ids import new_id
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from personnel.domain.employee_file import EmployeeRow, FileContext, is_this_agency, read_employee_row
from personnel.domain.nip import NipKind
from personnel.domain.values import IdentifierType
from personnel.events import EmployeeChanged, EmployeeContactChanged
from personnel.persistence.bulk import insert_many, update_many
from personnel.persistence.import_rows import next_chunk, save_judgement
from personnel.persistence.models import (
    Employee,
    EmployeeIdentifier,
    EmploymentRecord,
    NipRegister,
    OrgUnit,
    PositionRecord,
)
from personnel.use_cases.steps import agency_of, nip_digest, today

CONTACT = ("name", "email")
EMPLOYMENT = ("employment_type", "status", "grade", "grade_since", "service_start")
TOLD = ("unit_id", "position_code", "position_kind", "position_level", "job_class", "position_since")
POSITION = (*TOLD, "position_title")
RECORDED_POSITION = ("unit_id", "position_code", "position_title", "position_kind", "position_level", "job_class")


@dataclass(frozen=True)
class Chunk:
    """What became of a chunk; `last_row` is empty when the file is through."""

    rows: int
    last_row: int | None
    counts: dict[str, int]


@dataclass
class _Batch:
    """What a chunk writes, table by table."""

    tx: Transaction
    job: Job
    context: FileContext
    units: dict[str, UUID]
    known: dict[UUID, Employee]
    people: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    identifiers: list[dict[str, Any]] = field(default_factory=list)
    register: list[dict[str, Any]] = field(default_factory=list)
    employment: list[dict[str, Any]] = field(default_factory=list)
    positions: list[dict[str, Any]] = field(default_factory=list)
    judged: list[dict[str, Any]] = field(default_factory=list)
    facts: list[EmployeeChanged | EmployeeContactChanged] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "updated": 0, "unchanged": 0, "refused": 0})

    def trace(self, source: str = "IMPORT") -> dict[str, Any]:
        return {
            "agency_id": self.tx.agency_id,
            "recorded_at": self.tx.now,
            "recorded_by": self.job.created_by,
            "source": source,
        }


def import_people(tx: Transaction, job: Job, *, after: int, limit: int) -> Chunk:
    """Judge and save the next rows of the file."""
    rows = next_chunk(tx.session, job.id, after, limit)
    if not rows:
        return Chunk(0, None, {})
    batch = _open(tx, job, [row.employee_id for row in rows if row.employee_id])
    for row in rows:
        _judge(batch, row)
    _write(batch)
    return Chunk(len(rows), rows[-1].row_number, batch.counts)


def _open(tx: Transaction, job: Job, employee_ids: Sequence[UUID]) -> _Batch:
    agency = agency_of(tx)
    units = tx.session.execute(select(OrgUnit.code, OrgUnit.id).where(OrgUnit.active)).all()
    people = select(Employee).where(Employee.id.in_(employee_ids)).order_by(Employee.id).with_for_update()
    known = {one.id: one for one in tx.session.execute(people).scalars()} if employee_ids else {}
    names = frozenset({agency.agency_id.casefold(), agency.name.casefold()})
    by_code = dict(units)
    return _Batch(tx, job, FileContext(today(tx), names, by_code.keys()), by_code, known)


def _judge(batch: _Batch, row: Any) -> None:
    if row.first_row is not None:
        expected = f"NIP ini sudah ada di baris {row.first_row}; sisakan satu baris untuk setiap pegawai."
        batch.job.issue(row.row_number, "nip", row.cells.get("nip"), "duplicate_row", expected)
        _settle(batch, row, "REFUSED", None)
        return
    person, findings = read_employee_row(row.cells, batch.context)
    for finding in findings:
        batch.job.issue(row.row_number, finding.column, finding.value, finding.code, finding.expected)
    if person is None:
        foreign = not is_this_agency(row.cells.get("instansi", ""), batch.context.agency_names)
        _settle(batch, row, "FOREIGN" if foreign else "REFUSED", None)
    elif row.employee_id is None:
        _settle(batch, row, "LINK", _create(batch, person))
    else:
        employee = batch.known[row.employee_id]
        linked = (employee.imported or {}).get("superior") == (person.superior_nip or "")
        news = _news(batch, employee, person)
        if str(employee.id) == batch.job.params.get("uploader") and not (linked and not any(news.values())):
            batch.job.issue(row.row_number, "nip", row.cells.get("nip"), OwnAffair.code, OwnAffair.sentence)
            _settle(batch, row, "REFUSED", None)
            return
        _update(batch, employee, person, news)
        _settle(batch, row, "SAME" if linked else "LINK", employee.id)


def _settle(batch: _Batch, row: Any, state: str, employee_id: UUID | None) -> None:
    batch.judged.append({"row_number": row.row_number, "state": state, "employee_id": str(employee_id or "") or None})
    if employee_id is None:
        batch.counts["refused"] += 1


def _groups(batch: _Batch, person: EmployeeRow) -> dict[str, dict[str, Any]]:
    """The row as columns of a person, in the groups that change together."""
    return {
        "contact": {name: getattr(person, name) for name in CONTACT},
        "employment": {name: getattr(person, name) for name in EMPLOYMENT},
        "position": {
            "unit_id": batch.units[person.unit_code],
            **{name: getattr(person, name) for name in POSITION if name != "unit_id"},
        },
    }


def _print(values: dict[str, Any]) -> str:
    """A short mark of a group's values, to see whether the next file says something else."""
    text = json.dumps(values, default=str, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def _create(batch: _Batch, person: EmployeeRow) -> UUID:
    tx, employee_id, groups = batch.tx, new_id(), _groups(batch, person)
    contact, employment, position = groups["contact"], groups["employment"], groups["position"]
    batch.people.append(
        {
            "id": employee_id,
            "agency_id": tx.agency_id,
            "nip": person.nip,
            **contact,
            **employment,
            **position,
            "effective_from": person.position_since,
            "announce_from": person.position_since,
            "revision": 1,
            "employee_version": 1,
            "assignment_version": 0,
            "contact_version": 1,
            "imported": {name: _print(values) for name, values in groups.items()},
            "created_at": tx.now,
            "updated_at": tx.now,
        }
    )
    _add_identifier(batch, employee_id, person)
    _add_employment(batch, employee_id, employment, person.grade_since)
    _add_position(batch, employee_id, position)
    batch.facts.append(EmployeeChanged(employee_id=employee_id, **employment, version=1))
    batch.facts.append(EmployeeContactChanged(employee_id=employee_id, **contact, version=1))
    batch.counts["created"] += 1
    return employee_id


def _news(batch: _Batch, employee: Employee, person: EmployeeRow) -> dict[str, dict[str, Any]]:
    """The groups in which this file differs from the last one, as far as they differ from today's state."""
    last = employee.imported or {}
    return {
        name: {key: value for key, value in values.items() if getattr(employee, key) != value}
        for name, values in _groups(batch, person).items()
        if last.get(name) != _print(values)
    }


def _update(batch: _Batch, employee: Employee, person: EmployeeRow, news: dict[str, dict[str, Any]]) -> None:
    """Take over what is new."""
    if not news:
        batch.counts["unchanged"] += 1
        return
    groups = _groups(batch, person)
    prints = {name: _print(values) for name, values in groups.items()}
    batch.counts["updated" if any(news.values()) else "unchanged"] += 1
    if news.get("contact"):
        batch.facts.append(
            EmployeeContactChanged(employee_id=employee.id, **groups["contact"], version=employee.contact_version + 1)
        )
    if news.get("employment"):
        fact = EmployeeChanged(employee_id=employee.id, **groups["employment"], version=employee.employee_version + 1)
        batch.facts.append(fact)
        since = person.grade_since if "grade" in news["employment"] else batch.context.today
        _add_employment(batch, employee.id, groups["employment"], since)
    if news.get("position"):
        _add_position(batch, employee.id, groups["position"])
    batch.changed.append(_changed_row(batch, employee, news, (employee.imported or {}) | prints))


def _changed_row(
    batch: _Batch, employee: Employee, news: dict[str, dict[str, Any]], imported: dict[str, str]
) -> dict[str, Any]:
    values = {name: getattr(employee, name) for name in (*CONTACT, *EMPLOYMENT, *POSITION)}
    for group in news.values():
        values.update(group)
    told = not set(news.get("position", {})).isdisjoint(TOLD)
    return {
        "id": employee.id,
        **values,
        "announce_from": employee.announce_from or (values["position_since"] if told else None),
        "imported": imported,
        "contact_version": employee.contact_version + bool(news.get("contact")),
        "employee_version": employee.employee_version + bool(news.get("employment")),
        "revision": employee.revision + any(news.values()),
        "updated_at": batch.tx.now,
    }


def _add_identifier(batch: _Batch, employee_id: UUID, person: EmployeeRow) -> None:
    batch.identifiers.append(
        {
            "id": new_id(),
            "agency_id": batch.tx.agency_id,
            "employee_id": employee_id,
            "type": IdentifierType.NI_PPPK if person.nip_kind is NipKind.PPPK else IdentifierType.NIP,
            "value": person.nip,
            "valid_from": person.service_start,
            "recorded_at": batch.tx.now,
            "recorded_by": batch.job.created_by,
        }
    )
    batch.register.append({"digest": nip_digest(person.nip), "agency_id": batch.tx.agency_id})


def _add_employment(batch: _Batch, employee_id: UUID, employment: dict[str, Any], since: Any) -> None:
    batch.employment.append({"employee_id": employee_id, **employment, "effective_from": since, **batch.trace()})


def _add_position(batch: _Batch, employee_id: UUID, position: dict[str, Any]) -> None:
    batch.positions.append(
        {
            "employee_id": employee_id,
            **{name: position[name] for name in RECORDED_POSITION},
            "effective_from": position["position_since"],
            "recorded_on": batch.context.today,
            "replaces_later": True,
            **batch.trace(),
        }
    )


def _write(batch: _Batch) -> None:
    session = batch.tx.session
    insert_many(session, Employee, batch.people)
    insert_many(session, EmployeeIdentifier, batch.identifiers)
    insert_many(session, NipRegister, batch.register, or_ignore=True)
    update_many(session, Employee, "id", batch.changed)
    insert_many(session, EmploymentRecord, batch.employment)
    insert_many(session, PositionRecord, batch.positions)
    save_judgement(session, batch.job.id, json.dumps(batch.judged))
    for fact in sorted(batch.facts, key=lambda one: (one.employee_id, one.NAME)):
        outbox.record(batch.tx, fact)
    session.expunge_all()
