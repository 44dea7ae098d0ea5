"""Grades of PNS in their order, and where an education lets a career begin."""

GRADES = tuple(f"{roman}/{letter}" for roman in ("I", "II", "III") for letter in "abcd") + tuple(
    f"IV/{letter}" for letter in "abcde"
)
ENTRY = {"SMA": "II/a", "D3": "II/c", "S1": "III/a", "S2": "III/b"}
HIGHEST_WITHOUT_POST = {"SMA": "III/b", "D3": "III/c", "S1": "III/d", "S2": "IV/a"}
PPPK_ENTRY = {"SMA": "V", "D3": "VII", "S1": "IX", "S2": "X"}
YEARS_PER_STEP = 4


def steps_between(first: str, later: str) -> int:
    """How many promotions lie between two grades; never negative."""
    return max(0, GRADES.index(later) - GRADES.index(first))


def grade_after(education: str, years: int) -> str:
    """The grade that regular promotions reach after so many years."""
    highest = GRADES.index(HIGHEST_WITHOUT_POST[education])
    return GRADES[min(highest, GRADES.index(ENTRY[education]) + years // YEARS_PER_STEP)]
