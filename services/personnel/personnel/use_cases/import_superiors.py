"""Second half of an import: who stands under whom, once everybody is known."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from personnel.domain.circles import find_circles, least_believable_link
from personnel.domain.nip import NipOutcome, check_nip
from personnel.domain.values import SENIORITY, PositionKind
from personnel.persistence.import_superiors import (
    apply_links,
    lines,
    proposed_links,
    refuse_links,
    resolve,
    unknown_superiors,
)
from personnel.use_cases.announce import mark_subordinates
from personnel.use_cases.steps import today

COLUMN = "nip_atasan"
_STAYS = "Pegawai tetap diimpor; hanya tautan ke atasan ini yang tidak dipasang."


def import_superiors(tx: Transaction, job: Job) -> tuple[int, int]:
    """Resolve, refuse what cannot be, apply the rest; gives how many links were refused and how many changed."""
    resolve(tx.session, job.id)
    refused = [*_unknown(tx, job), *_own(tx, job)]
    refuse_links(tx.session, job.id, refused)
    circular = _circles(tx, job)
    refuse_links(tx.session, job.id, circular)
    changed = apply_links(tx.session, job.id, today(tx), tx.now, job.created_by)
    mark_subordinates(tx, changed)
    tx.session.expire_all()
    return len(refused) + len(circular), len(changed)


def _unknown(tx: Transaction, job: Job) -> list[int]:
    day, numbers = today(tx), []
    for row in unknown_superiors(tx.session, job.id):
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
    for row in proposed_links(tx.session, job.id):
        if row.superior_id is not None and row.superior_id == row.employee_id:
            numbers.append(row.row_number)
            expected = f"Pegawai tidak dapat menjadi atasannya sendiri. {_STAYS}"
            job.issue(row.row_number, COLUMN, row.superior_nip, "superior_is_self", expected)
    return numbers


def _circles(tx: Transaction, job: Job) -> list[int]:
    """Break each circle at its least believable link."""
    links = {
        row.employee_id: row for row in proposed_links(tx.session, job.id) if row.superior_nip == "" or row.superior_id
    }
    now, kinds = lines(tx.session)
    proposed = {one: row.superior_id for one, row in links.items()}
    numbers: list[int] = []
    while circles := list(find_circles({**now, **proposed})):
        for circle in circles:
            member = _weakest(circle, links, proposed, kinds)
            row = links[member]
            del proposed[member]
            numbers.append(row.row_number)
            rows = ", ".join(str(links[one].row_number) for one in circle if one in links)
            expected = f"Atasan saling melingkar (baris {rows}); perbaiki salah satunya. {_STAYS}"
            job.issue(row.row_number, COLUMN, row.superior_nip, "superior_circle", expected)
    return numbers


def _weakest(
    circle: list[UUID], links: Mapping[UUID, Any], proposed: Mapping[UUID, UUID | None], kinds: Mapping[UUID, str]
) -> UUID:
    rows = {one: links[one].row_number for one in circle if one in proposed}
    return least_believable_link(circle, rows, lambda one: SENIORITY[PositionKind(kinds[one])])
