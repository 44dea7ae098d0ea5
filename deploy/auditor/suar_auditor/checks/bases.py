"""What each rating rested on: its hash, the rating that it is of, and what the explanation shows of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from appraisal.domain.canonical import digest_of
from appraisal.domain.rules import RuleKind
from suar_auditor import words
from suar_auditor.checks.cells import cell_of_some, check_segment
from suar_auditor.file_format import Basis, Considered, Revision, SegmentRated
from suar_auditor.findings import Check, Checks
from suar_auditor.known_rules import KnownRules

_OF_RATING = ("work_result", "behaviour", "work_result_note", "behaviour_note", "predicate")
_OF_DECISION = ("capacity", "reason", "order_reference")
_SHOWN = ("plans_of_the_year", "feedback", "periodic_evaluations", "own_realisations", "study_reports")
_OF_ITEM = ("work_result_id", "behaviour_value", "realisation", "remark", "progress_ids", "feedback_ids")


@dataclass(frozen=True)
class _Entry:
    """An entry of the log as a basis has it."""

    work_result_id: UUID
    quantity: Decimal | None
    has_evidence: bool


def check_bases(known: KnownRules) -> Checks:
    """Check those that the file has; a rating of before bases were kept has none, which is no fault."""
    file, explanation = known.file, known.file.explanation
    bases, history = explanation.bases, {one.revision: one for one in explanation.history}
    for number, times in Counter(one.revision for one in bases).items():
        if number not in history or times > 1:
            stated = f"{times} dasar untuk revisi {number}"
            yield Check.of("basis_revision", "Dasar penilaian", agrees=False, stated=stated, right="satu tiap revisi")
    for basis in bases:
        subject = f"Dasar revisi {basis.revision}"
        yield Check.same("basis_hash", f"{subject}: sidik", basis.sha256, digest_of(basis.content))
        yield _intact(basis, subject)
        if basis.revision in history:
            yield _rating_in(known, basis.content, subject, history[basis.revision])
            yield from _parts_in(known, basis.content, basis.revision)
        if basis.revision == explanation.latest.revision:
            yield _shown(basis.content, subject, file.raw["explanation"])
    yield from _items_shown(explanation.bases, file.raw["explanation"])
    missing = sorted(set(history) - {one.revision for one in bases})
    for number in missing:
        note = "penilaian ini tidak membawa salinan dasarnya"
        yield Check.noted("basis_missing", f"Dasar revisi {number}", "tidak dibekukan", note)
    if explanation.frozen is not None:
        right = words.yes_or_no(explanation.latest.revision not in missing)
        yield Check.same("frozen", "Masukan dibekukan", words.yes_or_no(explanation.frozen), right)


def _intact(basis: Basis, subject: str) -> Check:
    stated = "utuh" if basis.intact else "Suar menemukan dasar ini sudah diubah ketika berkas dibuat"
    return Check.of("basis_intact", f"{subject}: keutuhan", agrees=basis.intact, stated=stated, right="utuh")


def _rating_in(known: KnownRules, content: dict[str, Any], subject: str, revision: Revision) -> Check:
    expected = _expected(known, revision)
    found = {path: _at(content, path) for path in expected}
    wrong = [
        ".".join(path)
        for path, right in expected.items()
        if found[path] is not None and found[path] != msgspec.to_builtins(right)
    ]
    stated = f"berbeda pada {', '.join(wrong)}" if wrong else "sama"
    right = f"sama dengan riwayat revisi {revision.revision}, periode dan aturannya"
    return Check.of("basis_rating", f"{subject}: penilaian", agrees=not wrong, stated=stated, right=right)


def _expected(known: KnownRules, revision: Revision) -> dict[tuple[str, ...], Any]:
    """Return what a basis says of its rating, and what the rest of the file says of the same."""
    explanation = known.file.explanation
    period, rule = explanation.period, known.in_file(RuleKind.PREDICATE_MATRIX, revision.rule_version)
    order = next((one for one in explanation.orders if one.revision == revision.revision), None)
    zone = known.file.time_zone
    days = {"first_day": period.first_day, "last_day": period.last_day, "time_zone": zone, "year": period.year}
    expected: dict[tuple[str, ...], Any] = {
        ("evaluation_id",): explanation.evaluation_id,
        ("revision",): revision.revision,
        ("rated_at",): revision.at,
        ("plan", "id"): explanation.inputs.plan_id,
        ("plan", "version"): revision.plan_version,
        ("rule", "rule_version"): revision.rule_version,
        **{("period", name): right for name, right in {**days, **period.parts}.items()},
        **{("rating", name): getattr(revision, name) for name in (*_OF_RATING, *_OF_DECISION)},
    }
    if rule is not None:
        expected |= {("rule", name): getattr(rule, name) for name in ("effective_from", "legal_source", "verified")}
        expected["rule", "matrix"] = rule.value
    expected["correction_order_id",] = order and order.order_id
    return expected


def _parts_in(known: KnownRules, content: dict[str, Any], number: int) -> Checks:
    """What a basis says of other periods and of days until a move has the predicates of its cells too."""
    parts = {"periodic_evaluations": tuple[Considered, ...], "segment_ratings": tuple[SegmentRated, ...]}
    year = known.file.explanation.year
    for name, kind in parts.items():
        try:
            found = msgspec.convert(content.get(name, ()), kind)
        except msgspec.ValidationError:
            stated, right = f"{name} tidak dapat dibaca", "sesuai format"
            yield Check.of("basis_part", f"Dasar revisi {number}", agrees=False, stated=stated, right=right)
            continue
        where = f"pada dasar revisi {number}"
        for one in found:
            if isinstance(one, SegmentRated):
                yield from check_segment(known, one, f"{words.days_of(one)} {where}")
            else:
                period = one.period(year)
                yield cell_of_some(known, one, f"periode {period} {where}", until=period.last_day)


def _shown(content: dict[str, Any], subject: str, explanation: dict[str, Any]) -> Check:
    """What the explanation shows as inputs is the basis of its latest revision, the log summed by work result."""
    inputs = explanation["inputs"]
    pairs = [(f"inputs.{name}", inputs.get(name), content.get(name)) for name in _SHOWN]
    pairs.append(("segment_ratings", explanation.get("segment_ratings"), content.get("segment_ratings")))
    wrong = [name for name, shown, frozen in pairs if frozen is not None and shown != frozen]
    if content.get("progress") is not None and not _is_sum(inputs.get("realisation"), content["progress"]):
        wrong.append("inputs.realisation")
    stated = f"berbeda pada {', '.join(wrong)}" if wrong else "sama"
    right = "sama dengan dasar yang dibekukan, catatan harian dijumlahkan"
    return Check.of("inputs_in_basis", f"{subject}: masukan", agrees=not wrong, stated=stated, right=right)


def _items_shown(bases: tuple[Basis, ...], explanation: dict[str, Any]) -> Checks:
    """The items that are shown are those of the last rating that had some; of one without a basis that is not known."""
    if "items" not in explanation:
        return
    frozen = {one.revision: items_of(one.content.get("items")) for one in bases if "items" in one.content}
    last = max((number for number, items in frozen.items() if items), default=None)
    found = explanation.get("items_revision")
    number = found if isinstance(found, int) else None
    if number is not None and number not in frozen and (last is None or number > last):
        return
    agrees = found == last and items_of(explanation["items"]) == ([] if last is None else frozen[last])
    stated = "tidak ada" if number is None else f"dari revisi {number}"
    right = "tidak ada" if last is None else f"dari revisi {last}, sama dengan dasar yang dibekukan"
    yield Check.of("items_in_basis", "Butir penilaian", agrees=agrees, stated=stated, right=right)


def items_of(found: Any) -> list[list[Any]]:
    """Return those that say something, in an order of their own."""
    if not isinstance(found, list):
        return []
    items = [[one.get(name) for name in _OF_ITEM] for one in found if isinstance(one, dict)]
    return sorted((one for one in items if any(one[2:])), key=repr)


def _is_sum(realisation: Any, progress: Any) -> bool:
    try:
        return bool(realisation == list(_sums(msgspec.convert(progress, tuple[_Entry, ...]))))
    except (msgspec.ValidationError, ArithmeticError):  # of numbers that have no sum: endless ones, or none at all
        return False


def _sums(entries: tuple[_Entry, ...]) -> Iterator[dict[str, Any]]:
    for result in sorted({one.work_result_id for one in entries}):
        own = [one for one in entries if one.work_result_id == result]
        numbers = [one.quantity for one in own if one.quantity is not None]
        yield {
            "work_result_id": str(result),
            "entries": len(own),
            "quantity": str(sum(numbers, Decimal(0))) if numbers else None,
            "evidence_links": sum(one.has_evidence for one in own),
        }


def _at(content: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        content = content.get(name) if isinstance(content, dict) else None
    return content
