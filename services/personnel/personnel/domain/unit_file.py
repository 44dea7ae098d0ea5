"""One row of the file of organisational units, checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from personnel.domain.findings import Finding
from personnel.domain.nip import clean_nip
from spreadsheets import Columns

COLUMNS = Columns(required=("kode", "nama"), optional=("kode_induk", "nip_pimpinan", "aktif"))
_YES = {"", "1", "true", "ya", "y", "aktif", "t"}
_NO = {"0", "false", "tidak", "t.", "n", "nonaktif", "non-aktif", "f"}
_LONGEST_CODE, _LONGEST_NAME = 60, 250


@dataclass(frozen=True)
class UnitRow:
    code: str
    name: str
    parent_code: str | None
    leader_nip: str | None
    active: bool


def read_unit_row(cells: Mapping[str, str]) -> tuple[UnitRow | None, list[Finding]]:
    """Check one row; the row is None when it is refused."""
    findings = []
    code, name, active = cells.get("kode", ""), cells.get("nama", ""), cells.get("aktif", "").lower()
    if not code or len(code) > _LONGEST_CODE:
        findings.append(Finding("kode", code, "unit_code_wrong", f"Isi kode unit, 1-{_LONGEST_CODE} karakter."))
    if not name or len(name) > _LONGEST_NAME:
        findings.append(Finding("nama", name, "unit_name_wrong", f"Isi nama unit, 1-{_LONGEST_NAME} karakter."))
    if active not in _YES | _NO:
        findings.append(Finding("aktif", active, "unit_active_wrong", "Isi ya atau tidak."))
    if findings:
        return None, findings
    parent, leader = cells.get("kode_induk", ""), clean_nip(cells.get("nip_pimpinan", ""))
    return UnitRow(code, name, parent or None, leader or None, active in _YES), findings
