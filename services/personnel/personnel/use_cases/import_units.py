"""Import the file of units: the whole tree in one step, for a parent may stand anywhere in the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from chassis.ids import new_id
from chassis.jobs import Job, Step
from chassis.tables import Limits, read_table
from chassis.unit_of_work import Transaction
from personnel.domain.circles import find_circles, least_believable_link
from personnel.domain.findings import Finding
from personnel.domain.unit_file import COLUMNS, UnitRow, read_unit_row
from personnel.persistence.import_rows import forget_file
from personnel.persistence.models import OrgUnit
from personnel.use_cases.steps import lock_lines, today
from personnel.use_cases.unit_steps import install_leaders, say_units

_STAYS = "Unit tetap diimpor; induknya tidak diubah."


@dataclass
class _Import:
    """The file's rows against the units that exist."""

    tx: Transaction
    job: Job
    by_code: dict[str, OrgUnit]
    created: int = 0
    refused: int = 0
    changed: dict[UUID, OrgUnit] = field(default_factory=dict)
    taken: dict[str, tuple[int, UnitRow]] = field(default_factory=dict)

    def issue(self, row: int, finding: Finding) -> None:
        self.job.issue(row, finding.column, finding.value, finding.code, finding.expected)


def import_units_step(tx: Transaction, job: Job) -> Step:
    """Judge all rows, then names, then parents, then leaders; rows repeated unchanged change nothing."""
    lock_lines(tx)
    table = read_table(job.content, COLUMNS, Limits(**job.params["limits"]))
    units = tx.session.execute(select(OrgUnit).with_for_update()).scalars()
    work = _Import(tx, job, {unit.code: unit for unit in units})
    for number, cells in table.rows:
        _take(work, number, read_unit_row(cells), cells.get("kode", ""))
    before = {unit.id for unit in work.by_code.values()}
    _save_names(work)
    tx.session.flush()
    _save_parents(work)
    for _, row in work.taken.values():
        work.by_code[row.code].imported = _remembered(row)
    day = today(tx)
    say_units(tx, work.changed.values(), effective_from=day, by=job.created_by, source="IMPORT")
    waiting = install_leaders(tx, day, by=job.created_by)
    forget_file(tx.session, job.id)
    result = {
        "rows": len(table.rows),
        "created": work.created,
        "updated": len(work.changed.keys() & before),
        "unchanged": len(work.taken) - len(work.changed),
        "refused": work.refused,
        "leaders_waiting": waiting,
        "ignored_columns": table.ignored,
    }
    return Step(finished=True, processed=len(table.rows), total=len(table.rows), result=result)


def _take(work: _Import, number: int, judged: tuple[UnitRow | None, Sequence[Finding]], code: str) -> None:
    row, findings = judged
    for finding in findings:
        work.issue(number, finding)
    if row is None:
        work.refused += 1
    elif row.code in work.taken:
        expected = f"Kode unit ini sudah ada di baris {work.taken[row.code][0]}; sisakan satu baris."
        work.issue(number, Finding("kode", code, "duplicate_row", expected))
        work.refused += 1
    else:
        work.taken[row.code] = (number, row)


def _save_names(work: _Import) -> None:
    """Create what is new, and take over what the file says differently from the file before."""
    for _, row in work.taken.values():
        unit = work.by_code.get(row.code)
        if unit is None:
            unit = _new_unit(work, row)
            work.created += 1
            work.changed[unit.id] = unit
            continue
        last = unit.imported or {}
        if last.get("name") != row.name and unit.name != row.name:
            unit.name = row.name
            work.changed[unit.id] = unit
        if last.get("active") != row.active and unit.active != row.active:
            unit.active = row.active
            work.changed[unit.id] = unit
        if last.get("leader") != row.leader_nip:
            unit.leader_nip = row.leader_nip
            if row.leader_nip is None and unit.leader_id is not None:
                unit.leader_id = None
                work.changed[unit.id] = unit


def _new_unit(work: _Import, row: UnitRow) -> OrgUnit:
    tx = work.tx
    unit = OrgUnit(
        id=new_id(),
        agency_id=tx.agency_id,
        code=row.code,
        name=row.name,
        parent_id=None,
        leader_id=None,
        leader_nip=row.leader_nip,
        active=row.active,
        version=0,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(unit)
    work.by_code[row.code] = unit
    return unit


def _save_parents(work: _Import) -> None:
    proposed = _proposed_parents(work)
    units = {unit.id: unit for unit in work.by_code.values()}
    rows = {work.by_code[code].id: number for code, (number, _) in work.taken.items()}
    while circle := next(
        find_circles({unit.id: proposed.get(unit.id, unit.parent_id) for unit in units.values()}), None
    ):
        member = least_believable_link(circle, {one: rows[one] for one in proposed}, lambda _: 0)
        path = " → ".join(units[one].code for one in circle)
        finding = Finding("kode_induk", path, "unit_circle", f"Unit-unit ini saling membawahi. {_STAYS}")
        work.issue(rows[member], finding)
        _forget(work, units[member])
        del proposed[member]
    for unit_id, parent_id in proposed.items():
        if units[unit_id].parent_id != parent_id:
            units[unit_id].parent_id = parent_id
            work.changed[unit_id] = units[unit_id]


def _proposed_parents(work: _Import) -> dict[UUID, UUID | None]:
    proposed: dict[UUID, UUID | None] = {}
    for number, row in work.taken.values():
        unit = work.by_code[row.code]
        last = unit.imported
        if last is not None and last.get("parent") == row.parent_code:
            continue
        parent = work.by_code.get(row.parent_code) if row.parent_code else None
        if row.parent_code and parent is None:
            expected = f"Isi kode unit yang ada di berkas ini atau sudah diimpor. {_STAYS}"
            work.issue(number, Finding("kode_induk", row.parent_code, "parent_unknown", expected))
            _forget(work, unit)
        elif parent is unit:
            expected = f"Unit tidak dapat menjadi induknya sendiri. {_STAYS}"
            work.issue(number, Finding("kode_induk", row.parent_code or "", "parent_is_self", expected))
            _forget(work, unit)
        else:
            proposed[unit.id] = parent.id if parent else None
    return proposed


def _forget(work: _Import, unit: OrgUnit) -> None:
    """A refused parent is judged again when the file comes again."""
    number, row = work.taken[unit.code]
    work.taken[unit.code] = (number, UnitRow(row.code, row.name, _REFUSED, row.leader_nip, row.active))


_REFUSED = "\x00refused"


def _remembered(row: UnitRow) -> dict[str, object]:
    remembered: dict[str, object] = {"name": row.name, "leader": row.leader_nip, "active": row.active}
    if row.parent_code != _REFUSED:
        remembered["parent"] = row.parent_code
    return remembered
