"""Import the file of units: the whole tree in one step, for a parent may stand anywhere in the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from msgspec import UNSET

from chassis.ids import new_id
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.cycles import find_cycles, least_believable_link
from personnel.domain.findings import Finding
from personnel.domain.org_unit import ImportedUnit, OrgUnit
from personnel.domain.records import Source
from personnel.domain.unit_file import COLUMNS, UnitRow, read_unit_row
from personnel.persistence.agencies import today
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.import_rows import delete_file
from personnel.persistence.org_units import lock_units, remember_imported
from personnel.persistence.unit_records import planned_codes
from personnel.use_cases.imports.start import ImportParams
from personnel.use_cases.org_units.publish import install_named_leaders, publish_units
from spreadsheets import read_table

_KEPT_PARENT = "Unit tetap diimpor; induknya tidak diubah."


@dataclass(frozen=True)
class UnitsImported:
    """The result of the job."""

    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int
    leaders_waiting: int
    ignored_columns: Sequence[str]


@dataclass
class _Import:
    """The file's rows against the units that exist; `units` holds each as it will be, `before` as it was."""

    job: Job
    before: dict[UUID, OrgUnit]
    units: dict[str, OrgUnit]
    refused: int = 0
    changed: set[UUID] = field(default_factory=set)
    rows: dict[str, tuple[int, UnitRow]] = field(default_factory=dict)
    refused_parents: set[str] = field(default_factory=set)
    planned_codes: set[str] = field(default_factory=set)

    def issue(self, row: int, finding: Finding) -> None:
        self.job.issue(row, finding.column, finding.value, finding.code, finding.expected)

    def change(self, after: OrgUnit) -> None:
        """Change a unit; the change counts as one when the present state differs."""
        if after != self.units[after.code]:
            self.units[after.code] = after
            self.changed.add(after.id)

    def refuse_parent(self, code: str, finding: Finding) -> None:
        """Report a parent that cannot be; it is validated again when the file comes again."""
        self.issue(self.rows[code][0], finding)
        self.refused_parents.add(code)


def import_units_step(tx: Transaction, job: Job) -> Step:
    """Validate all rows, then names, then parents, then leaders; rows repeated unchanged change nothing."""
    lock_reporting_lines(tx)
    table = read_table(job.content, COLUMNS, job.params_as(ImportParams).limits)
    existing = lock_units(tx)
    current = _Import(job, {unit.id: unit for unit in existing}, {unit.code: unit for unit in existing})
    current.planned_codes |= planned_codes(tx, today(tx)) - current.units.keys()
    rows = list(table.rows)
    for number, cells in rows:
        _validate(current, number, read_unit_row(cells), cells.get("kode", ""))
    _apply_names(current)
    _apply_parents(current)
    waiting = _save(tx, current)
    delete_file(tx, job.id)
    result = UnitsImported(
        rows=len(rows),
        created=len(current.changed - current.before.keys()),
        updated=len(current.changed & current.before.keys()),
        unchanged=len(current.rows) - len(current.changed),
        refused=current.refused,
        leaders_waiting=waiting,
        ignored_columns=table.ignored,
    )
    return Step(finished=True, processed=len(rows), total=len(rows), result=result)


def _save(tx: Transaction, current: _Import) -> int:
    """Publish what changed, remember what the file held, and return how many named leaders are still unknown."""
    imported = {code: _remembered(current, code) for code in current.rows}
    units = [replace(unit, imported=imported.get(code, unit.imported)) for code, unit in current.units.items()]
    day, by = today(tx), current.job.created_by
    changed = [unit for unit in units if unit.id in current.changed]
    publish_units(tx, changed, effective_from=day, by=by, source=Source.IMPORT)
    remember_imported(tx, [u for u in units if u.id not in current.changed and u != current.before[u.id]])
    return install_named_leaders(tx, day, by=by)


def _validate(current: _Import, number: int, read: tuple[UnitRow | None, Sequence[Finding]], code: str) -> None:
    row, findings = read
    for finding in findings:
        current.issue(number, finding)
    if row is None:
        current.refused += 1
    elif row.code in current.rows:
        expected = f"Kode unit ini sudah ada di baris {current.rows[row.code][0]}; sisakan satu baris."
        current.issue(number, Finding("kode", code, "duplicate_row", expected))
        current.refused += 1
    elif row.code in current.planned_codes:
        expected = "Kode ini sudah direncanakan untuk unit lain pada hari mendatang; pakai kode lain."
        current.issue(number, Finding("kode", code, "unit_code_taken", expected))
        current.refused += 1
    else:
        current.rows[row.code] = (number, row)


def _apply_names(current: _Import) -> None:
    """Create what is new, and apply what the file says differently from the file before."""
    for _, row in current.rows.values():
        unit = current.units.get(row.code)
        if unit is None:
            unit = OrgUnit(new_id(), row.code, row.name, leader_nip=row.leader_nip, active=row.active)
            current.units[row.code] = unit
            current.changed.add(unit.id)
            continue
        last = unit.imported or ImportedUnit()
        if last.name != row.name:
            current.change(replace(current.units[row.code], name=row.name))
        if last.active != row.active:
            current.change(replace(current.units[row.code], active=row.active))
        if last.leader != row.leader_nip:
            # a number alone is no change yet: it becomes one when the person is found
            current.units[row.code] = replace(current.units[row.code], leader_nip=row.leader_nip)
            if row.leader_nip is None:
                current.change(replace(current.units[row.code], leader_id=None))


def _apply_parents(current: _Import) -> None:
    proposed = _proposed_parents(current)
    units = {unit.id: unit for unit in current.units.values()}
    rows = {current.units[code].id: number for code, (number, _) in current.rows.items()}
    while cycle := next(find_cycles({unit.id: proposed.get(unit.id, unit.parent_id) for unit in units.values()}), None):
        member = least_believable_link(cycle, {one: rows[one] for one in proposed}, lambda _: 0)
        path = " → ".join(units[one].code for one in cycle)
        expected = f"Unit-unit ini saling membawahi. {_KEPT_PARENT}"
        current.refuse_parent(units[member].code, Finding("kode_induk", path, "unit_cycle", expected))
        del proposed[member]
    for unit_id, parent_id in proposed.items():
        current.change(replace(units[unit_id], parent_id=parent_id))


def _proposed_parents(current: _Import) -> dict[UUID, UUID | None]:
    proposed: dict[UUID, UUID | None] = {}
    for _, row in current.rows.values():
        unit, code = current.units[row.code], row.parent_code
        if unit.imported is not None and (unit.imported.parent or None) == code:
            continue
        parent = current.units.get(code) if code else None
        if code and parent is None:
            expected = f"Isi kode unit yang ada di berkas ini atau sudah diimpor. {_KEPT_PARENT}"
            current.refuse_parent(row.code, Finding("kode_induk", code, "parent_unknown", expected))
        elif parent is unit:
            expected = f"Unit tidak dapat menjadi induknya sendiri. {_KEPT_PARENT}"
            current.refuse_parent(row.code, Finding("kode_induk", code or "", "parent_is_self", expected))
        else:
            proposed[unit.id] = parent.id if parent else None
    return proposed


def _remembered(current: _Import, code: str) -> ImportedUnit:
    _, row = current.rows[code]
    parent = UNSET if code in current.refused_parents else row.parent_code
    return ImportedUnit(row.name, row.leader_nip, row.active, parent)
