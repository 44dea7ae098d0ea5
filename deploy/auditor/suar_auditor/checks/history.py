"""Every rating that stood: its predicate, its reasons, its place in the order, and who made it as whom."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from appraisal.domain.values import APPRAISING, Capacity
from suar_auditor import words
from suar_auditor.checks.cells import check_cell, check_notes
from suar_auditor.file_format import Explanation, Finished, Order, Revision
from suar_auditor.findings import Check, Checks
from suar_auditor.known_rules import KnownRules

_CORRECTING = (Capacity.REVIEWER, Capacity.HR)


def check_history(known: KnownRules) -> Checks:
    explanation, zone = known.file.explanation, known.file.time_zone
    history = explanation.history
    for one in history:
        subject = f"revisi {one.revision}"
        yield check_cell(one, known.matrix(one.rule_version), subject, one.rule_version)
        yield check_notes(one, subject)
        yield _capacity(one, subject, is_first=one is history[0])
    numbers = [one.revision for one in history]
    yield Check.same("revisions", "Nomor revisi", _row(numbers), _row(range(1, len(history) + 1)))
    moments = [*(one.at for one in history), known.file.exported_at]
    shown = "; ".join(words.moment(one, zone) for one in moments) if zone in words.ZONES else _row(moments)
    in_order = all(before <= after for before, after in pairwise(moments))
    right = "berurutan, dan tidak sesudah berkas dibuat"
    yield Check.of("order_of_time", "Urutan waktu revisi", agrees=in_order, stated=shown, right=right)
    yield from _head(explanation)
    yield from _orders(explanation)
    if explanation.finished is not None:
        yield _finished(explanation.finished)


def _capacity(one: Revision, subject: str, *, is_first: bool) -> Check:
    """A first rating is made by who appraises, or by HR with an order; a later one has its reason too."""
    may = not is_first or one.capacity in (*APPRAISING, Capacity.HR)
    has_order = one.capacity is not Capacity.HR or one.order_reference.strip() != ""
    has_reason = is_first or one.reason.strip() != ""
    stated = f"{one.decided_by} {words.capacity(one.capacity)}"
    stated += f", perintah {one.order_reference}" if one.order_reference.strip() else ""
    stated += "" if has_reason else ", tanpa alasan"
    right = "pejabat yang berwenang; pengelola kepegawaian dengan nomor perintah; perubahan dengan alasan"
    return Check.of(
        "capacity", f"Penetap {subject}", agrees=may and has_order and has_reason, stated=stated, right=right
    )


def _finished(one: Finished) -> Check:
    """Whoever appraises finishes a proposal, or HR by an order."""
    stated, order = f"{one.employee_id} {words.capacity(one.capacity)}", one.order_reference
    if one.capacity is Capacity.HR and order is None:
        return Check.noted("finished", "Penyelesai penilaian", stated, "berkas tidak memuat nomor perintahnya")
    may = one.capacity in APPRAISING or (one.capacity is Capacity.HR and (order or "").strip() != "")
    stated += f", perintah {order}" if order else ""
    right = "pejabat yang menilai; pengelola kepegawaian dengan nomor perintah"
    return Check.of("finished", "Penyelesai penilaian", agrees=may, stated=stated, right=right)


def _head(explanation: Explanation) -> Checks:
    """What the explanation shows first is its latest revision."""
    latest, inputs, by = explanation.latest, explanation.inputs, explanation.decided_by
    right = words.predicate(latest.predicate)
    yield Check.same("predicate_shown", "Predikat yang ditampilkan", words.predicate(explanation.predicate), right)
    cell = explanation.matrix_cell
    stated = f"{words.levels(cell.levels)}: {words.predicate(cell.predicate)}"
    yield Check.same("cell_shown", "Sel matriks yang ditampilkan", stated, f"{words.levels(latest.levels)}: {right}")
    names = ("work_result", "behaviour", "work_result_note", "behaviour_note", "plan_version")
    wrong = [name for name in names if getattr(inputs, name) != getattr(latest, name)]
    stated = f"berbeda pada {', '.join(wrong)}" if wrong else "sama"
    right = f"sama dengan revisi {latest.revision}"
    yield Check.of("inputs_shown", "Penilaian pada masukan", agrees=not wrong, stated=stated, right=right)
    same = (by.employee_id, by.capacity, by.at) == (latest.decided_by, latest.capacity, latest.at)
    shown = f"{by.employee_id} {words.capacity(by.capacity)}"
    right = f"{latest.decided_by} {words.capacity(latest.capacity)}, pada saat revisi {latest.revision}"
    yield Check.of("decided_by", "Penetap yang ditampilkan", agrees=same, stated=shown, right=right)


def _orders(explanation: Explanation) -> Checks:
    history = {one.revision: one for one in explanation.history}
    for order in explanation.orders:
        yield _order(order, history.get(order.revision), history.get(order.revision - 1))
    for one in _lowered_without(explanation):
        note = "berkas tidak memuat kedua petugasnya"
        yield Check.noted("two_officers", f"Koreksi revisi {one.revision}", one.order_reference, note)


def _order(order: Order, given: Revision | None, before: Revision | None) -> Check:
    """An order has two officers; the second one made the revision, and whether it lowers follows from the ratings."""
    faults = ["kedua petugas sama"] if order.proposed_by == order.approved_by else []
    if given is None or before is None:
        faults.append(f"revisi {order.revision} tidak ada pada riwayat")
    else:
        by = (order.approved_by, order.approved_capacity, order.approved_at, order.order_reference)
        if by != (given.decided_by, given.capacity, given.at, given.order_reference):
            faults.append("penyetuju, waktu atau nomornya bukan yang ada pada riwayat")
        if order.lowers != given.rating.is_below(before.rating):
            faults.append(f"lowers tertulis {words.yes_or_no(order.lowers)}")
    if order.proposed_capacity not in _CORRECTING:
        faults.append(f"pengusul {words.capacity(order.proposed_capacity)}")
    if order.proposed_at > order.approved_at:
        faults.append("diusulkan sesudah disetujui")
    stated = (
        "; ".join(faults) or f"{order.order_reference}: diusulkan {order.proposed_by}, disetujui {order.approved_by}"
    )
    right = "dua petugas yang berbeda; yang kedua menetapkan revisi itu"
    return Check.of("two_officers", f"Koreksi revisi {order.revision}", agrees=not faults, stated=stated, right=right)


def _lowered_without(explanation: Explanation) -> Iterator[Revision]:
    ordered = {one.revision for one in explanation.orders}
    for before, after in pairwise(explanation.history):
        by_order = after.capacity in _CORRECTING and after.order_reference.strip() != ""
        if by_order and after.revision not in ordered and after.rating.is_below(before.rating):
            yield after


def _row(found: Iterable[object]) -> str:
    return ", ".join(map(str, found))
