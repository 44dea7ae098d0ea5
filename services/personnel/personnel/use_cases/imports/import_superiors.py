"""Second half of an import: who stands under whom, once everybody is known."""

from collections.abc import Mapping
from uuid import UUID

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from directory.people import PositionKind
from personnel.domain.cycles import find_cycles, least_believable_link
from personnel.domain.nip import NipOutcome, check_nip
from personnel.domain.values import SENIORITY
from personnel.persistence.agencies import today
from personnel.persistence.import_superiors import (
    ProposedLink,
    apply_links,
    proposed_links,
    refuse_links,
    reporting_lines,
    resolve,
    unknown_superiors,
)
from personnel.use_cases.imports.cycles import STAYS as _STAYS
from personnel.use_cases.imports.cycles import find_circular_links
from personnel.use_cases.imports.start import ImportParams

COLUMN = "nip_atasan"


def import_superiors(tx: Transaction, job: Job) -> tuple[int, int]:
    """Resolve, refuse what cannot be, apply the rest; return how many links were refused and how many changed."""
    resolve(tx, job.id)
    refused = [*_unknown(tx, job), *_own(tx, job)]
    refuse_links(tx, job.id, refused)
    cyclic = _cycles(tx, job)
    refuse_links(tx, job.id, cyclic)
    cause = job.params_as(ImportParams).cause
    later = find_circular_links(tx, job, cause)
    refuse_links(tx, job.id, later)
    changed = apply_links(tx, job.id, today(tx), tx.now, job.created_by, cause)
    return len(refused) + len(cyclic) + len(later), len(changed)


def _unknown(tx: Transaction, job: Job) -> list[int]:
    day, numbers = today(tx), []
    for row in unknown_superiors(tx, job.id):
        numbers.append(row.row_number)
        if row.elsewhere:
            code, expected = (
                "superior_outside_agency",
                "Atasan ini pegawai instansi lain; isi NIP atasan di instansi ini.",
            )
        elif check_nip(row.superior_nip, today=day).outcome is NipOutcome.REFUSED:
            code, expected = "superior_nip_wrong", "NIP atasan tidak sah; isi 18 angka sesuai surat keputusannya."
        elif row.refused:
            code, expected = "superior_row_refused", "Baris atasan ini sendiri ditolak; perbaiki barisnya lebih dahulu."
        else:
            code, expected = "superior_unknown", "Isi NIP pegawai yang ada di berkas ini atau sudah diimpor."
        job.issue(row.row_number, COLUMN, row.superior_nip, code, f"{expected} {_STAYS}")
    return numbers


def _own(tx: Transaction, job: Job) -> list[int]:
    numbers = []
    for row in proposed_links(tx, job.id):
        if row.superior_id is not None and row.superior_id == row.employee_id:
            numbers.append(row.row_number)
            expected = f"Pegawai tidak dapat menjadi atasannya sendiri. {_STAYS}"
            job.issue(row.row_number, COLUMN, row.superior_nip, "superior_is_self", expected)
    return numbers


def _cycles(tx: Transaction, job: Job) -> list[int]:
    """Break each cycle at its least believable link."""
    links = {row.employee_id: row for row in proposed_links(tx, job.id) if row.superior_nip == "" or row.superior_id}
    now, kinds = reporting_lines(tx)
    proposed = {one: row.superior_id for one, row in links.items()}
    numbers: list[int] = []
    while cycles := list(find_cycles({**now, **proposed})):
        for cycle in cycles:
            member = _weakest(cycle, links, proposed, kinds)
            row = links[member]
            del proposed[member]
            numbers.append(row.row_number)
            rows = ", ".join(str(links[one].row_number) for one in cycle if one in links)
            expected = f"Atasan saling melingkar (baris {rows}); perbaiki salah satunya. {_STAYS}"
            job.issue(row.row_number, COLUMN, row.superior_nip, "superior_cycle", expected)
    return numbers


def _weakest(
    cycle: list[UUID],
    links: Mapping[UUID, ProposedLink],
    proposed: Mapping[UUID, UUID | None],
    kinds: Mapping[UUID, PositionKind],
) -> UUID:
    rows = {one: links[one].row_number for one in cycle if one in proposed}
    return least_believable_link(cycle, rows, lambda one: SENIORITY[kinds[one]])
