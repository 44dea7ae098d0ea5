"""What ratings of days until a move rested on: their own hashes, and those that the period's basis has of them."""

from collections.abc import Iterator
from typing import Any

from appraisal.domain.canonical import digest_of
from suar_auditor import words
from suar_auditor.checks.bases import items_of
from suar_auditor.file_format import ExplainedSegment, SegmentRated
from suar_auditor.findings import Check, Checks
from suar_auditor.known_rules import KnownRules

_OF_RATING = ("work_result", "behaviour", "work_result_note", "behaviour_note", "predicate", "capacity")


def check_segments(known: KnownRules) -> Checks:
    """Check those that the file has; a rating of before these bases were kept has none, which is no fault."""
    explanation = known.file.explanation
    if explanation.segments is None:
        return
    shown, rated = explanation.segments, explanation.segment_ratings
    agrees = [one.segment_rating_id for one in shown] == [one.id for one in rated]
    stated, right = f"{len(shown)} butir", f"{len(rated)}, satu tiap penilaian sebelum mutasi"
    yield Check.of("segments", "Butir penilaian sebelum mutasi", agrees=agrees, stated=stated, right=right)
    if not agrees:
        return
    frozen = _frozen_in_period(known)
    raw = known.file.raw["explanation"]["segments"]
    for one, rating, found in zip(shown, rated, raw, strict=True):
        yield from _check(one, rating, found, frozen.get(str(rating.id)))


def _check(one: ExplainedSegment, rating: SegmentRated, found: dict[str, Any], frozen: str | None) -> Checks:
    subject = f"Dasar {words.days_of(rating)}"
    if one.basis is None:
        yield Check.same("segment_basis_missing", subject, words.NONE, frozen or words.NONE)
        return
    content = one.basis.content
    yield Check.same("segment_basis_hash", f"{subject}: sidik", one.basis.sha256, digest_of(content))
    stated = "utuh" if one.basis.intact else "Suar menemukan dasar ini sudah diubah ketika berkas dibuat"
    yield Check.of("segment_basis_intact", f"{subject}: keutuhan", agrees=one.basis.intact, stated=stated, right="utuh")
    if frozen is not None:
        yield Check.same("segment_basis_linked", f"{subject}: sidik pada dasar periode", one.basis.sha256, frozen)
    wrong = list(_differing(rating, content))
    if items_of(found.get("items")) != items_of(content.get("items")):
        wrong.append("items")
    stated = f"berbeda pada {', '.join(wrong)}" if wrong else "sama"
    right = "sama dengan penilaian sebelum mutasi yang ditampilkan"
    yield Check.of("segment_basis_rating", f"{subject}: penilaian", agrees=not wrong, stated=stated, right=right)


def _differing(rating: SegmentRated, content: dict[str, Any]) -> Iterator[str]:
    of_rating, period = content.get("rating"), content.get("period")
    given = of_rating if isinstance(of_rating, dict) else {}
    days = period if isinstance(period, dict) else {}
    if content.get("evaluation_id") != str(rating.id):
        yield "evaluation_id"
    for name in _OF_RATING:
        if given.get(name) != str(getattr(rating, name)):
            yield f"rating.{name}"
    for name, day in (("first_day_in_service", rating.first_day), ("last_day_in_service", rating.last_day)):
        if days.get(name) != day.isoformat():
            yield f"period.{name}"


def _frozen_in_period(known: KnownRules) -> dict[str, str]:
    """Return by rating the hash that the basis of the latest revision has of it."""
    latest = known.file.explanation.latest.revision
    bases = [one.content for one in known.file.explanation.bases if one.revision == latest]
    found = bases[0].get("segment_bases") if bases else None
    if not isinstance(found, list):
        return {}
    return {str(one.get("segment_rating_id")): str(one.get("sha256")) for one in found if isinstance(one, dict)}
