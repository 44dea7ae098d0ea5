"""Codes in a request that must exist in the agency's reference data."""

from collections.abc import Sequence

from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from training.persistence import competencies, reference
from training.persistence.models import CourseKind


def known_competencies(tx: Transaction, field: str, codes: Sequence[str]) -> list[str]:
    """The codes without repeats, in their order; raises InvalidInput that names each unknown one."""
    unique = list(dict.fromkeys(codes))
    known = competencies.known_codes(tx, unique)
    faults = [
        FieldError(
            f"{field}.{place}", "competency_unknown", code, "kode kompetensi aktif dari kamus kompetensi instansi"
        )
        for place, code in enumerate(codes)
        if code not in known
    ]
    if faults:
        raise InvalidInput(errors=faults)
    return unique


def known_kind(tx: Transaction, code: str, field: str = "kind_code") -> CourseKind:
    found = reference.kind(tx, code)
    if found is None:
        allowed = ", ".join(row.code for row in reference.kinds(tx))
        raise InvalidInput(errors=[FieldError(field, "course_kind_unknown", code, f"salah satu dari: {allowed}")])
    return found
