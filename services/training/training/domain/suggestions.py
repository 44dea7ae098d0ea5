"""What helps with a need, best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from training.domain.course import Course
from training.domain.need import Need
from training.domain.reference_item import ReferenceItem, ReferenceItemView
from training.domain.session import SessionView

MOST = 20


@dataclass(frozen=True)
class Fit:
    """How well an offer answers a need; `reasons` explain it in words a person can check."""

    score: int
    reasons: tuple[str, ...]


def course_fit(
    *, level: int | None, required_level: int | None, actual_level: int | None, seats_free: int, competencies: int
) -> Fit:
    """Order courses for one competency: by the level they lead to, free seats and how closely they fit."""
    score, reasons = 100, ["Memuat kompetensi yang dibutuhkan."]
    if level is not None and required_level is not None:
        if level >= required_level:
            score += 40 - 10 * min(3, level - required_level)
            reasons.append(f"Mengantar ke tingkat {level} (dibutuhkan {required_level}).")
        else:
            score -= 20
            reasons.append(f"Hanya sampai tingkat {level} (dibutuhkan {required_level}).")
        if actual_level is not None and level <= actual_level:
            score -= 30
            reasons.append(f"Tingkat {level} sudah dimiliki.")
    if seats_free > 0:
        score += 20
        reasons.append(f"Ada sesi terbuka dengan {seats_free} kursi kosong.")
    return Fit(score - min(10, 2 * (competencies - 1)), tuple(reasons))


def item_fit(*, competencies: int, subject_hit: bool, open_access: bool, copies_free: int) -> Fit:
    """Order reference items: those on this competency alone first, readable at once before those to be waited for."""
    score, reasons = 100 - min(20, 5 * (competencies - 1)), ["Membahas kompetensi yang dibutuhkan."]
    if subject_hit:
        score += 10
        reasons.append("Subjeknya sama dengan nama kompetensi.")
    if open_access:
        score += 15
        reasons.append("Dapat dibuka langsung.")
    elif copies_free > 0:
        score += 8
        reasons.append(f"{copies_free} eksemplar dapat dipinjam.")
    return Fit(score, tuple(reasons))


@dataclass(frozen=True)
class CourseSuggestion:
    course: Course
    sessions: list[SessionView]
    score: int
    reasons: list[str]

    @classmethod
    def of(cls, course: Course, sessions: list[SessionView], need: Need) -> "CourseSuggestion":
        fit = course_fit(
            level=course.level,
            required_level=need.required_level,
            actual_level=need.actual_level,
            seats_free=sum(session.seats_free for session in sessions),
            competencies=len(course.competency_codes),
        )
        return cls(course, sessions, fit.score, list(fit.reasons))


@dataclass(frozen=True)
class ItemSuggestion:
    item: ReferenceItemView
    score: int
    reasons: list[str]

    @classmethod
    def of(cls, item: ReferenceItem, competency_name: str) -> "ItemSuggestion":
        name = competency_name.casefold()
        fit = item_fit(
            competencies=len(item.competency_codes),
            subject_hit=bool(name) and name in item.subject.casefold(),
            open_access=item.link is not None,
            copies_free=item.copies_free,
        )
        return cls(ReferenceItemView.of(item), fit.score, list(fit.reasons))


@dataclass(frozen=True)
class SuggestionsView:
    need_id: UUID
    competency_code: str
    courses: list[CourseSuggestion]
    reference_items: list[ItemSuggestion]

    @classmethod
    def of(cls, need: Need, courses: Sequence[CourseSuggestion], items: Sequence[ItemSuggestion]) -> "SuggestionsView":
        """Order what was found: the best first, and no more than a reader looks at."""
        return cls(
            need.id,
            need.competency_code,
            sorted(courses, key=lambda one: -one.score)[:MOST],
            sorted(items, key=lambda one: -one.score)[:MOST],
        )
