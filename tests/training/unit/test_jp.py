from datetime import date

import pytest

from chassis.ids import new_id
from directory.timelines import Stretch
from tests.directory.builders import from_day, seamless
from training.domain.jp import JpTarget, TargetKind, balance_of, jp_of_minutes, target_in_force, year_of
from training.domain.rule import Rule, RuleName
from training.domain.year_target import PartYearRules, YearHeld, year_target

SERVICE = RuleName.JP_TARGET_BY_DAYS_OF_SERVICE


def a_target(kind=TargetKind.MIN, jp=20, employment_type="PNS", from_year=2019, version=1):
    return JpTarget(new_id(), employment_type, kind, jp, from_year, "source", verified=True, version=version)


def a_year(target):
    """The target of who held one type all year."""
    return target_of([target], ((target.employment_type, 365),))


def target_of(targets, held, *, by_type=1, by_service=0, joined_on=None):
    rules = PartYearRules(a_rule(RuleName.JP_TARGET_BY_DAYS_OF_TYPE, by_type), a_rule(SERVICE, by_service))
    return year_target(targets, YearHeld(2026, held, held[-1][0], joined_on), rules)


def a_rule(name, value):
    return Rule(new_id(), name, value, date(2019, 1, 1), 1, f"aturan {name}", verified=False)


@pytest.mark.parametrize(
    ("earned", "kind", "jp", "balance", "remaining", "met"),
    [
        (24, TargetKind.MIN, 20, 4, 0, True),
        (20, TargetKind.MIN, 20, 0, 0, True),
        (19, TargetKind.MIN, 20, -1, 1, False),
        (0, TargetKind.MIN, 20, -20, 20, False),
        (24, TargetKind.MAX, 24, 0, 0, None),
        (25, TargetKind.MAX, 24, 1, 0, None),
        (0, TargetKind.MAX, 24, -24, 24, None),
    ],
)
def test_a_floor_is_met_from_below_and_a_ceiling_is_nothing_to_reach(earned, kind, jp, balance, remaining, met):
    found = balance_of(earned, a_year(a_target(kind, jp)))
    assert (found.balance, found.remaining, found.met) == (balance, remaining, met)


def test_passing_a_ceiling_warns_and_a_floor_never_does():
    assert "24 JP" in balance_of(25, a_year(a_target(TargetKind.MAX, 24))).warning
    assert balance_of(24, a_year(a_target(TargetKind.MAX, 24))).warning == ""
    assert balance_of(99, a_year(a_target())).warning == ""


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


PNS, CPNS = a_target(), a_target(employment_type="CPNS", jp=10)
CEILING = a_target(TargetKind.MAX, 24, "PPPK")


@pytest.mark.parametrize(
    ("held", "more", "kind", "jp"),
    [
        ((("PNS", 365),), {}, TargetKind.MIN, 20),
        ((("CPNS", 181), ("PNS", 184)), {}, TargetKind.MIN, 15),  # 4.96 + 10.08
        ((("CPNS", 181), ("PNS", 184)), {"by_type": 0}, TargetKind.MIN, 20),
        ((("PPPK", 273), ("PNS", 92)), {}, TargetKind.MIN, 5),  # a ceiling asks for nothing
        ((("PPPK", 365),), {}, TargetKind.MAX, 24),
        ((("PNS", 184),), {"joined_on": date(2026, 7, 1)}, TargetKind.MIN, 20),
        ((("PNS", 184),), {"joined_on": date(2026, 7, 1), "by_service": 1}, TargetKind.MIN, 10),
        ((("PNS", 184),), {"by_service": 1}, TargetKind.MIN, 20),  # served elsewhere before
    ],
)
def test_a_part_year_counts_by_its_days_where_the_rules_say_so(held, more, kind, jp):
    found = target_of([PNS, CPNS, CEILING], held, **more)
    assert (found.kind, found.jp) == (kind, jp)


def test_the_target_names_its_parts_and_is_verified_only_if_all_of_it_is():
    mixed = target_of([PNS, CPNS], (("CPNS", 181), ("PNS", 184)))
    assert mixed.calculation == "10 JP (CPNS) x 181/365 hari + 20 JP (PNS) x 184/365 hari = 15 JP"
    assert (mixed.row, mixed.sources, mixed.verified) == (PNS, ("source", "aturan JP_TARGET_BY_DAYS_OF_TYPE"), False)
    whole = target_of([PNS], (("PNS", 365),))
    assert (whole.calculation, whole.verified) == ("20 JP (PNS) = 20 JP", True)
    assert target_of([PNS], (("PPPK", 365),)) is None


def years(*stretches: Stretch, day, service_start=date(2019, 3, 1)):
    return YearHeld.of(2026, seamless(stretches), service_start, day)


def test_what_was_held_in_a_year_is_counted_in_days_of_service():
    july, november = date(2026, 7, 1), date(2026, 11, 1)
    life = (
        from_day(date(2025, 1, 1), employment_type="CPNS"),
        from_day(july, employment_type="PNS"),
        from_day(november, employment_type="PNS", status="RETIRED"),
    )
    found = years(*life, day=date(2026, 12, 31))
    assert (found.days, found.employment_type) == ((("CPNS", 181), ("PNS", 123)), "PNS")
    assert years(*life, day=date(2026, 6, 30)).employment_type == "CPNS"
    assert years(from_day(july), day=july, service_start=july).joined_on == july
    assert years(from_day(july), day=july).joined_on is None
    assert years(from_day(july, status="RETIRED"), day=july).employment_type is None
