from datetime import date

import pytest

from chassis.ids import new_id
from training.domain.jp import JpTarget, TargetKind, balance_of, jp_of_minutes, target_in_force, year_of


def a_target(kind=TargetKind.MIN, jp=20, employment_type="PNS", from_year=2019, version=1):
    return JpTarget(new_id(), employment_type, kind, jp, from_year, "source", verified=True, version=version)


@pytest.mark.parametrize(
    ("earned", "kind", "jp", "balance", "remaining", "met"),
    [
        (24, TargetKind.MIN, 20, 4, 0, True),
        (20, TargetKind.MIN, 20, 0, 0, True),
        (19, TargetKind.MIN, 20, -1, 1, False),
        (0, TargetKind.MIN, 20, -20, 20, False),
        (24, TargetKind.MAX, 24, 0, 0, True),
        (25, TargetKind.MAX, 24, 1, 0, False),
        (10, TargetKind.MAX, 24, -14, 14, True),
    ],
)
def test_a_floor_is_met_from_below_and_a_ceiling_from_above(earned, kind, jp, balance, remaining, met):
    found = balance_of(earned, a_target(kind, jp))
    assert (found.balance, found.remaining, found.met) == (balance, remaining, met)


def test_passing_a_ceiling_warns_and_a_floor_never_does():
    assert "24 JP" in balance_of(25, a_target(TargetKind.MAX, 24)).warning
    assert balance_of(24, a_target(TargetKind.MAX, 24)).warning == ""
    assert balance_of(99, a_target()).warning == ""


def test_without_a_target_nothing_is_claimed():
    found = balance_of(8, None)
    assert (found.earned, found.balance, found.met) == (8, None, None)


def test_the_target_is_the_newest_row_of_the_type_whose_year_has_come():
    rows = [
        a_target(jp=20),
        a_target(jp=30, from_year=2027),
        a_target(jp=22, from_year=2026),
        a_target(jp=21, version=2),
    ]
    assert target_in_force(rows, "PNS", 2025).jp == 21
    assert target_in_force(rows, "PNS", 2026).jp == 22
    assert target_in_force(rows, "PNS", 2027).jp == 30
    assert target_in_force(rows, "PPPK", 2027) is None
    assert target_in_force(rows, None, 2027) is None


@pytest.mark.parametrize(("minutes", "expected"), [(45, 1), (89, 1), (90, 2), (44, 0), (540, 12)])
def test_minutes_make_whole_jp_rounded_down(minutes, expected):
    assert jp_of_minutes(minutes, 45) == expected


def test_jp_belong_to_the_year_of_completion():
    assert year_of(date(2026, 12, 31)) == 2026
    assert year_of(date(2027, 1, 1)) == 2027
