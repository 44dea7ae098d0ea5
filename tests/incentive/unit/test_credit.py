import json
from decimal import Decimal
from importlib import resources

import pytest

from directory.people import PositionLevel
from directory.performance import Predicate
from incentive.domain.credit import convert, convert_year, credit_rules_from, months_by_level

RULES = credit_rules_from(
    json.loads(resources.files("incentive.persistence").joinpath("defaults/credit.json").read_text())["data"]
)
PERTAMA = PositionLevel.AHLI_PERTAMA


@pytest.mark.parametrize(
    "months,predicate,level,expected",
    [
        (12, Predicate.VERY_GOOD, PERTAMA, "18.750"),
        (2, Predicate.GOOD, PERTAMA, "2.083"),
        (12, Predicate.NEEDS_IMPROVEMENT, PERTAMA, "9.375"),
        (12, Predicate.GOOD, PERTAMA, "12.500"),
        (12, Predicate.POOR_MISCONDUCT, PositionLevel.AHLI_UTAMA, "25.000"),
        (12, Predicate.VERY_POOR, PositionLevel.PEMULA, "0.938"),
        (12, Predicate.GOOD, PositionLevel.TERAMPIL, "5.000"),
        (12, Predicate.GOOD, PositionLevel.AHLI_MADYA, "37.500"),
    ],
)
def test_credit_is_months_times_percentage_times_coefficient(months, predicate, level, expected):
    assert convert(months, predicate, level, RULES).credit == Decimal(expected)


@pytest.mark.parametrize(
    "level,grade,entry,rank,next_level",
    [
        ("AHLI_PERTAMA", "III/a", None, "50", "100"),
        ("AHLI_PERTAMA", "III/b", None, "100", "100"),
        ("AHLI_PERTAMA", "III/c", None, None, "100"),
        ("AHLI_MUDA", "III/d", None, "200", "200"),
        ("AHLI_MADYA", "IV/c", None, "450", "450"),
        ("AHLI_UTAMA", "IV/d", None, "200", None),
        ("TERAMPIL", "II/d", None, "60", "60"),
        ("TERAMPIL", "II/d", "II/c", "40", "40"),
        ("PENYELIA", "III/c", None, "100", None),
    ],
)
def test_needs_accumulate_within_a_level(level, grade, entry, rank, next_level):
    found = RULES.levels[PositionLevel(level)]
    assert found.need_for_rank(grade, entry) == (None if rank is None else Decimal(rank))
    assert found.need_for_level(entry) == (None if next_level is None else Decimal(next_level))


def test_months_already_used_by_a_decision_are_not_counted_twice():
    done = convert_year({PERTAMA: 12}, {PERTAMA: 3}, Predicate.GOOD, RULES)
    assert [(item.months, item.credit) for item in done] == [(9, Decimal("9.375"))]


def test_a_year_in_two_levels_is_converted_for_each():
    months = months_by_level([PERTAMA] * 6 + [PositionLevel.AHLI_MUDA] * 4 + [None] * 2)
    done = convert_year(months, {}, Predicate.GOOD, RULES)
    assert {item.level: item.credit for item in done} == {
        PERTAMA: Decimal("6.250"),
        PositionLevel.AHLI_MUDA: Decimal("8.333"),
    }
