"""The period, and what was rated and recorded in it."""

from appraisal.domain.values import EvaluationKind
from suar_auditor import words
from suar_auditor.checks.cells import cell_of_some, check_segment
from suar_auditor.file_format import Explanation
from suar_auditor.findings import Check, Checks
from suar_auditor.known_rules import KnownRules


def check_period(known: KnownRules) -> Checks:
    explanation = known.file.explanation
    period, shown = explanation.period, explanation.inputs.period
    yield Check.same("kind", "Jenis evaluasi", explanation.kind, period.evaluation_kind, str(period))
    parts = [explanation.quarter, explanation.month]
    yield Check.of(
        "part", "Bagian tahun", agrees=None in parts, stated=parts, right="triwulan atau bulan, tidak keduanya"
    )
    stated = f"{words.day(shown.first_day)} sampai {words.day(shown.last_day)}"
    right = f"{words.day(period.first_day)} sampai {words.day(period.last_day)}"
    yield Check.same("period_days", "Hari-hari periode", stated, right)
    yield _zone(known)
    yield from _evidence(explanation)
    yield from _considered(known)
    for one in explanation.segment_ratings:
        yield from check_segment(known, one, words.days_of(one))


def _zone(known: KnownRules) -> Check:
    file, shown = known.file, known.file.explanation.inputs.period.time_zone
    agrees = file.time_zone in words.ZONES and file.time_zone == shown
    stated = f"{file.time_zone} pada berkas, {shown} pada periode"
    right = "zona yang sama: " + ", ".join(f"{name} ({zone})" for zone, name in words.ZONES.items())
    return Check.of("time_zone", "Zona waktu instansi", agrees=agrees, stated=stated, right=right)


def _evidence(explanation: Explanation) -> Checks:
    inputs = explanation.inputs
    versions = {one.plan_id: one.active_version for one in inputs.plans_of_the_year}
    if versions:
        agreed = versions.get(inputs.plan_id, 0)
        stated, right = f"versi {inputs.plan_version}", f"versi SKP tahun itu yang pernah disetujui (sampai {agreed})"
        is_there = inputs.plan_version <= agreed
        yield Check.of("plan", "SKP yang dinilai", agrees=is_there, stated=stated, right=right)
    late = [one for one in inputs.feedback if one.given_at > explanation.latest.at]
    many = [one for one in inputs.realisation if one.evidence_links > one.entries]
    stated = f"{len(late)} umpan balik sesudah penilaian; {len(many)} hasil kerja dengan bukti lebih dari catatannya"
    yield Check.of(
        "evidence", "Bahan penilaian", agrees=not late and not many, stated=stated, right="tidak ada yang demikian"
    )


def _considered(known: KnownRules) -> Checks:
    """An annual rating considers periodic ones, each once and in order; each has the predicate of its cell."""
    explanation = known.file.explanation
    listed, year = explanation.inputs.periodic_evaluations, explanation.year
    if explanation.kind is EvaluationKind.PERIODIC:
        yield Check.same("considered", "Evaluasi periodik yang dipertimbangkan", len(listed), 0, "evaluasi periodik")
        return
    ends = [one.period(year).last_month for one in listed]
    is_part = all((one.quarter is None) != (one.month is None) for one in listed)
    once = len({one.evaluation_id for one in listed}) == len(listed) and ends == sorted(set(ends))
    stated = ", ".join(str(one.period(year)) for one in listed) or words.NONE
    right = "triwulan atau bulan tahun itu, masing-masing satu kali dan berurutan"
    subject = "Evaluasi periodik yang dipertimbangkan"
    yield Check.of("considered", subject, agrees=is_part and once, stated=stated, right=right)
    for one in listed:
        subject = f"periode {one.period(year)}"
        yield cell_of_some(known, one, subject, until=one.period(year).last_day)
