"""What the employee may do and until when, counted again in the agency's zone by the days of the rule."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from appraisal.domain.deadlines import deadline_after, end_of_day
from appraisal.domain.extensions import ExtensionCause
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.periods import local_date
from appraisal.domain.values import Capacity, EvaluationKind, EvaluationState, Outcome, Receipt
from chassis.indonesian import moment_in_words
from suar_auditor import words
from suar_auditor.file_format import DeadlineMove, Explanation, ExplanationFile, Rights
from suar_auditor.findings import Check, Checks
from suar_auditor.known_rules import KnownRules

_CAUSES = {
    ExtensionCause.OUTAGE: "gangguan sistem",
    ExtensionCause.GRANT: "perpanjangan perorangan",
    ExtensionCause.WITHDRAWAL: "pencabutan gangguan",
}
_ISSUED = (EvaluationState.ISSUED, EvaluationState.OBJECTED, EvaluationState.FINAL)


def check_rights(known: KnownRules) -> Checks:
    explanation = known.file.explanation
    is_final = explanation.state is EvaluationState.FINAL
    subject, shown = "Sudah final", words.yes_or_no(explanation.is_final)
    yield Check.same("is_final", subject, shown, words.yes_or_no(is_final), f"status {explanation.state}")
    dialogue = words.yes_or_no(explanation.rights.can_request_dialogue)
    yield Check.same("dialogue", "Hak meminta dialog", dialogue, "ya")
    if explanation.kind is EvaluationKind.PERIODIC:
        yield _of_periodic(explanation.rights)
    elif known.file.time_zone in words.ZONES:
        yield from _of_annual(known)


def _of_periodic(rights: Rights) -> Check:
    window = (rights.received_at, rights.receipt, rights.objection_until, rights.rule)
    objection = (rights.objection_id, rights.filed_at, rights.decide_by, rights.outcome)
    given = any(one is not None for one in (*window, *objection))
    has_any = rights.can_object or rights.must_confirm_receipt or given
    stated = "ada" if has_any else words.NONE
    return Check.same("rights_of_periodic", "Hak keberatan", stated, words.NONE, "evaluasi periodik")


def _of_annual(known: KnownRules) -> Checks:
    file, rights = known.file, known.file.explanation.rights
    yield _sequence(file)
    yield from _withdrawn(file)
    yield from _possible(file)
    if rights.received_at is not None and rights.rule is not None:
        rule = known.pinned(rights.rule.rule_version).objection(known.day_of_rights)
        yield from _window(file, rights.received_at, rule.objection_days)
        yield _receipt(known)
        yield from _decision(known, rule.decision_days)
    yield _outcome(file.explanation)


def _sequence(file: ExplanationFile) -> Check:
    """Issued, received, window, objection: each has what comes before it, and none comes before it."""
    rights, state = file.explanation.rights, file.explanation.state
    faults = [] if (rights.issued_at is not None) == (state in _ISSUED) else ["saat terbit"]
    together = [rights.received_at, rights.receipt, rights.objection_until]
    faults += [] if len({one is None for one in together}) == 1 else ["penerimaan dan batas waktunya"]
    objection = [rights.objection_id, rights.filed_at, rights.decide_by]
    faults += [] if len({one is None for one in objection}) == 1 else ["keberatan, saat diajukan dan batas putusannya"]
    faults += [] if rights.rule is not None else ["aturan keberatan"]
    has_open = rights.objection_id is not None and rights.outcome is None
    faults += [] if has_open == (state is EvaluationState.OBJECTED) else ["status dan keberatan"]
    faults += ["keberatan pada status itu"] if state is EvaluationState.ISSUED and rights.objection_id else []
    moments = [file.explanation.history[0].at, rights.issued_at, rights.received_at, rights.filed_at, file.exported_at]
    in_order = all(before <= after for before, after in pairwise(one for one in moments if one is not None))
    faults += [] if in_order else ["urutan waktu"]
    stated = f"tidak cocok: {', '.join(faults)}" if faults else f"cocok dengan status {state}"
    right = "dinilai, terbit, diterima, keberatan, berkas: berurutan dan lengkap"
    return Check.of("procedure", "Tahap evaluasi tahunan", agrees=not faults, stated=stated, right=right)


def _withdrawn(file: ExplanationFile) -> Checks:
    """Each withdrawn objection was filed within the window, and withdrawn after that, before the next one."""
    rights = file.explanation.rights
    found, until = rights.withdrawn_objections, rights.objection_until
    if not found:
        return
    moments = [rights.received_at, *(moment for one in found for moment in (one.filed_at, one.withdrawn_at))]
    moments += [rights.filed_at, file.exported_at]
    in_order = all(before <= after for before, after in pairwise(one for one in moments if one is not None))
    in_time = until is not None and all(one.filed_at.replace(microsecond=0) <= until for one in found)
    agrees = in_order and in_time and rights.received_at is not None
    stated = f"{len(found)} keberatan ditarik" + ("" if agrees else "; urutan atau batas waktunya tidak cocok")
    right = "diajukan dalam masa keberatan, lalu ditarik, berurutan"
    yield Check.of("withdrawn", "Keberatan yang ditarik", agrees=agrees, stated=stated, right=right)


def _possible(file: ExplanationFile) -> Checks:
    rights, is_issued = file.explanation.rights, file.explanation.state is EvaluationState.ISSUED
    until = rights.objection_until
    right = is_issued and until is not None and file.exported_at <= until
    stated = words.yes_or_no(rights.can_object)
    why = f"saat berkas dibuat, {words.moment(file.exported_at, file.time_zone)}"
    yield Check.same("can_object", "Dapat mengajukan keberatan", stated, words.yes_or_no(right), why)
    stated, right = words.yes_or_no(rights.must_confirm_receipt), is_issued and until is None
    yield Check.same("must_confirm", "Harus menyatakan terima", stated, words.yes_or_no(right))


def _window(file: ExplanationFile, received_at: datetime, days: int) -> Checks:
    rights, zone = file.explanation.rights, file.time_zone
    by_rule = deadline_after(received_at, days, zone)
    name = "Batas waktu keberatan"
    if rights.objection_until is not None:
        why = f"terima {words.moment(received_at, zone)} + {days} hari"
        yield _deadline(file, name, ObligationKind.ANSWER, rights.objection_until, by_rule, why)
    shown = "" if rights.objection_until is None else moment_in_words(rights.objection_until, zone)
    wanted = [f"{days} hari kalender", f"23.59.59 {words.ZONES[zone]}", shown]
    missing = [one for one in wanted if one not in rights.text]
    stated = f"tidak menyebut {', '.join(missing)}" if missing else "sesuai"
    yield Check.of(
        "rights_text", "Kalimat hak", agrees=not missing, stated=stated, right=f"menyebut {', '.join(wanted)}"
    )


def _receipt(known: KnownRules) -> Check:
    """Silence counts as receipt only where the rule of the day of issue says so."""
    rights = known.file.explanation.rights
    is_deemed = rights.receipt is Receipt.DEEMED
    day = known.day_of_rights if rights.issued_at is None else local_date(rights.issued_at, known.file.time_zone)
    may = known.book.receipt(day).deemed_receipt_days is not None
    stated = "dianggap terima" if is_deemed else "dinyatakan pegawai"
    right = "dinyatakan pegawai" + (", atau dianggap terima menurut aturan" if may else "; diam bukan penerimaan")
    return Check.of("receipt", "Penerimaan", agrees=may or not is_deemed, stated=stated, right=right)


def _decision(known: KnownRules, days: int) -> Checks:
    file, rights = known.file, known.file.explanation.rights
    filed_at, until = rights.filed_at, rights.objection_until
    if filed_at is None or until is None or rights.decide_by is None:
        return
    stated = words.moment(filed_at, file.time_zone)
    right = f"paling lambat {words.moment(until, file.time_zone)}"
    in_time = filed_at.replace(microsecond=0) <= until
    yield Check.of("filed_in_time", "Keberatan diajukan", agrees=in_time, stated=stated, right=right)
    by_rule = deadline_after(filed_at, days, file.time_zone)
    why = f"diajukan {stated} + {days} hari"
    yield _deadline(file, "Batas waktu putusan", ObligationKind.DECISION, rights.decide_by, by_rule, why)


def _deadline(
    file: ExplanationFile, name: str, kind: ObligationKind, found: datetime, by_rule: datetime, why: str
) -> Check:
    """Compare a deadline with the rule's, and a moved one with the steps that moved it."""
    zone, steps = file.time_zone, [one for one in file.explanation.rights.moved if one.deadline is kind]
    stated, right = words.moment(found, zone), f"{words.moment(by_rule, zone)} ({why})"
    faults = list(_faults(file, steps, by_rule, found))
    if steps and not faults:
        causes = ", ".join(_CAUSES.get(one.cause, one.cause.value) for one in steps)
        right = f"{right}, lalu dipindahkan oleh {causes} ke {words.moment(steps[-1].due_after, zone)}"
    elif faults and steps:
        right = f"{right}; {'; '.join(faults)}"
    return Check.of("deadline", name, agrees=not faults, stated=stated, right=right)


def _faults(file: ExplanationFile, steps: list[DeadlineMove], by_rule: datetime, found: datetime) -> Iterator[str]:
    due, zone = by_rule, file.time_zone
    for one in steps:
        if one.due_before != due:
            yield f"langkah mulai dari {words.moment(one.due_before, zone)}, bukan {words.moment(due, zone)}"
        if one.due_after != end_of_day(local_date(one.due_after, zone), zone):
            yield f"langkah tidak berakhir pada akhir hari: {words.moment(one.due_after, zone)}"
        if (one.cause is ExtensionCause.WITHDRAWAL) == (one.due_after > one.due_before):
            yield f"{_CAUSES.get(one.cause, one.cause.value)} tidak memindahkan ke arah itu"
        if one.set_at > file.exported_at:
            yield "langkah sesudah berkas dibuat"
        if one.outage_id is not None and one.cause is ExtensionCause.GRANT:
            yield "perpanjangan perorangan tidak berasal dari gangguan"
        due = one.due_after
    if due != found:
        yield f"seharusnya berakhir {words.moment(due, zone)}"


def _outcome(explanation: Explanation) -> Check:
    """A decision that changed the rating made a revision after the objection; one that kept it made none."""
    rights = explanation.rights
    filed_at = rights.filed_at
    later = [one for one in explanation.history if filed_at is not None and one.at >= filed_at]
    decided = [one for one in later if not one.order_reference and one.capacity is not Capacity.HR]
    right = None if rights.outcome is None else Outcome.CHANGED if decided else Outcome.KEPT
    agrees = rights.outcome == right and (rights.outcome is None or rights.objection_id is not None)
    agrees = agrees and (rights.outcome is not None or not decided)
    stated = f"{rights.outcome or words.NONE}; {len(decided)} revisi oleh putusan"
    wanted = "CHANGED dengan satu revisi, KEPT tanpa revisi, tanpa keberatan tanpa putusan"
    return Check.of("outcome", "Putusan keberatan", agrees=agrees and len(decided) <= 1, stated=stated, right=wanted)
