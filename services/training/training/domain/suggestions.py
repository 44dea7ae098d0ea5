"""What helps with a need, best first."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fit:
    """How well an offer answers a need; `reasons` say it in words a person can check."""

    score: int
    reasons: tuple[str, ...]


def course_fit(
    *, level: int | None, required_level: int | None, actual_level: int | None, seats_free: int, competencies: int
) -> Fit:
    """Order courses for one competency: those that lead to the required level, have a seat and keep to the subject."""
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
