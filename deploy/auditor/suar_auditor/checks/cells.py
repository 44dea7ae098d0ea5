"""One rating against the matrix, and the reasons that it needs."""

from collections.abc import Iterable
from datetime import date

from appraisal.domain.rating import PredicateMatrix, predicate_of
from appraisal.domain.values import Capacity
from suar_auditor import words
from suar_auditor.file_format import Cell, Explanation, Rated, SegmentRated
from suar_auditor.findings import Check, Checks
from suar_auditor.known_rules import KnownRules


def check_cell(found: Cell, matrix: PredicateMatrix | None, subject: str, rule_version: str) -> Check:
    """Compare a predicate with its cell of the matrix."""
    name, stated = f"Predikat {subject}", words.predicate(found.predicate)
    if matrix is None:
        right = f"matriks {rule_version} tidak ada pada berkas dan rujukan, jadi tidak dapat dihitung"
        return Check.of("predicate", name, agrees=False, stated=stated, right=right)
    right = predicate_of(matrix, *found.levels)
    why = f"{words.levels(found.levels)}; matriks {rule_version}"
    return Check.same("predicate", name, stated, words.predicate(right), why)


def check_notes(found: Rated, subject: str) -> Check:
    missing = ", ".join(found.found.missing_notes())
    stated = f"kosong pada {missing}" if missing else "lengkap"
    right = "ada untuk tiap penilaian di bawah ekspektasi, dan untuk di atas ekspektasi pada keduanya"
    return Check.of("notes", f"Alasan tertulis {subject}", agrees=not missing, stated=stated, right=right)


def cell_of_some(known: KnownRules, found: Cell, subject: str, *, until: date) -> Check:
    """A predicate of other days is that of its cell in one of the matrices which these days may have."""
    right = {matrix.cells[found.levels] for matrix in known.matrices_until(until)}
    shown = " atau ".join(words.predicate(one) for one in sorted(right)) or words.NONE
    name, stated = f"Predikat {subject}", words.predicate(found.predicate)
    shown = f"{shown} ({words.levels(found.levels)})"
    return Check.of("predicate_of_part", name, agrees=found.predicate in right, stated=stated, right=shown)


def check_segment(known: KnownRules, one: SegmentRated, subject: str) -> Checks:
    """Days until a move, rated by an earlier appraiser, or by HR with an order."""
    explanation = known.file.explanation
    yield cell_of_some(known, one, subject, until=explanation.period.last_day)
    yield check_notes(one, subject)
    faults = list(_segment_faults(explanation, one))
    right = "di dalam periode; pengelola kepegawaian dengan nomor perintah"
    yield Check.of(
        "segment", f"Keadaan {subject}", agrees=not faults, stated="; ".join(faults) or "sesuai", right=right
    )


def _segment_faults(explanation: Explanation, one: SegmentRated) -> Iterable[str]:
    period = explanation.period
    if one.period != period:
        yield f"periodenya {one.period}, bukan {period}"
    if not period.first_day <= one.first_day <= one.last_day <= period.last_day:
        yield "harinya di luar periode"
    if one.capacity is Capacity.HR and not one.order_reference.strip():
        yield "tanpa nomor perintah"
