"""What an account may do on a day follows from the timeline of its person, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.account import Account, NewAccount
from gateway.domain.account_rules import DEFAULT, AccountRule, rule_on
from gateway.domain.roles import Role, RoleBook
from gateway.domain.service_time import (
    Access,
    AccessToday,
    ServiceStretch,
    ServiceTime,
    Term,
    access_in_term,
    joined,
)

UNIT, ELSEWHERE = uuid4(), uuid4()
EVERY = DEFAULT.statuses_that_end_roles
BOOK = RoleBook(
    {
        name: Role(name, name, frozenset({"person"}), frozenset({"operator"}), frozenset(ends))
        for name, ends in {"employee": (), "hr_officer": ("service",), "unit_leader": ("service", "unit")}.items()
    }
)


def served(*stretches: tuple[date, str] | tuple[date, str, UUID]) -> ServiceTime:
    """A timeline by first days; each stretch ends on the day before the next."""
    made = [ServiceStretch(one[0], None, one[1], one[2] if len(one) > 2 else UNIT) for one in stretches]
    ended = [replace(one, last_day=after.first_day - timedelta(days=1)) for one, after in pairwise(made)]
    return ServiceTime((*ended, *made[-1:]))


def account(*roles: str, since: date = date(2026, 1, 5), unit_id: UUID | None = UNIT) -> Account:
    new = NewAccount("199004172019032005", "Siti", roles, uuid4(), unit_id)
    return Account.invited(uuid4(), "kem", new, datetime(2026, 1, 5, tzinfo=UTC), "hr").begun_on(since)


HIRED, RETIRED = date(2019, 3, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "access", "next_day"),
    [
        (date(2019, 2, 1), Access.FULL, HIRED),
        (date(2026, 2, 28), Access.FULL, RETIRED),
        (RETIRED, Access.OWN_RECORDS, date(2026, 5, 30)),
        (date(2026, 5, 29), Access.OWN_RECORDS, date(2026, 5, 30)),
        (date(2026, 5, 30), Access.NONE, None),
    ],
)
def test_own_records_are_readable_for_ninety_days_from_the_first_day_out_of_service(day, access, next_day):
    found = served((HIRED, "ACTIVE"), (RETIRED, "RETIRED")).access_on(day, [DEFAULT])
    assert (found.access, found.next_day) == (access, next_day)


def test_the_days_are_counted_from_leaving_and_a_death_afterwards_closes_at_once():
    later = served((HIRED, "ACTIVE"), (RETIRED, "DISMISSED"), (date(2026, 4, 1), "RETIRED"))
    assert later.access_on(date(2026, 4, 2), [DEFAULT]).readable_until == date(2026, 5, 29)
    died = served((HIRED, "ACTIVE"), (RETIRED, "RETIRED"), (date(2026, 4, 1), "DECEASED"))
    assert died.access_on(date(2026, 3, 31), [DEFAULT]).next_day == date(2026, 4, 1)
    assert died.access_on(date(2026, 4, 1), [DEFAULT]) == AccessToday(Access.NONE, "DECEASED")


def test_whoever_is_taken_back_has_full_access_again_on_that_day():
    back = served((HIRED, "ACTIVE"), (RETIRED, "TRANSFERRED"), (date(2027, 1, 4), "ACTIVE"))
    assert back.access_on(date(2026, 12, 31), [DEFAULT]) == AccessToday(
        Access.NONE, "TRANSFERRED", next_day=date(2027, 1, 4)
    )
    assert back.access_on(date(2027, 1, 4), [DEFAULT]) == AccessToday(Access.FULL, "ACTIVE")


def test_the_rule_of_the_day_of_leaving_counts_and_of_one_day_the_newest():
    def rule(valid_from: date, days: int, version: int) -> AccountRule:
        return replace(DEFAULT, valid_from=valid_from, retired_days=days, version=version)

    rules = [DEFAULT, rule(date(2026, 1, 1), 30, 1), rule(date(2026, 1, 1), 10, 2), rule(date(2026, 3, 2), 0, 3)]
    assert rule_on(rules, date(2025, 12, 31)) is DEFAULT
    found = served((HIRED, "ACTIVE"), (RETIRED, "RETIRED")).access_on(date(2026, 3, 5), rules)
    assert found.readable_until == date(2026, 3, 10)


def test_an_officials_account_lives_within_the_term():
    term = Term(date(2025, 2, 20), date(2030, 2, 19))
    days = (date(2025, 2, 19), term.first_day, date(2030, 2, 19), date(2030, 2, 20))
    assert [access_in_term(term, day).access for day in days] == [Access.NONE, Access.FULL, Access.FULL, Access.NONE]
    assert [access_in_term(term, day).next_day for day in days] == [days[1], days[3], days[3], None]


def test_roles_of_active_service_end_with_it_and_a_correction_brings_them_back():
    before, day = account("employee", "hr_officer"), date(2026, 3, 10)
    left = before.with_service(served((HIRED, "ACTIVE"), (RETIRED, "RETIRED")), day, BOOK, EVERY)
    assert (left.roles, dict(left.ended_roles)) == (("employee",), {"hr_officer": date(2026, 1, 5)})
    never_so = left.with_service(served((HIRED, "ACTIVE")), day, BOOK, EVERY)
    assert (never_so.roles, dict(never_so.ended_roles)) == (("employee", "hr_officer"), {})
    taken_back = served((HIRED, "ACTIVE"), (RETIRED, "RETIRED"), (date(2026, 3, 8), "ACTIVE"))
    assert left.with_service(taken_back, day, BOOK, EVERY).roles == ("employee",)
    granted_anew = left.with_roles(("employee", "hr_officer"), day)
    assert granted_anew.with_service(taken_back, day, BOOK, EVERY).roles == ("employee", "hr_officer")


@pytest.mark.parametrize(("ends", "roles"), [(True, ("employee",)), (False, ("employee", "hr_officer"))])
def test_whether_a_suspension_ends_them_is_the_agencys_rule(ends, roles):
    rule = replace(DEFAULT, suspension_ends_roles=ends)
    suspended = served((HIRED, "ACTIVE"), (RETIRED, "SUSPENDED"))
    found = account("employee", "hr_officer").with_service(
        suspended, date(2026, 3, 2), BOOK, rule.statuses_that_end_roles
    )
    assert found.roles == roles


def test_a_move_ends_the_role_over_the_unit_and_takes_the_account_along():
    moved = served((HIRED, "ACTIVE"), (RETIRED, "ACTIVE", ELSEWHERE))
    led = uuid4()
    before = account("employee", "unit_leader", unit_id=led)
    assert before.with_service(moved, date(2026, 2, 1), BOOK, EVERY).effective_unit_id == led
    after = before.with_service(moved, RETIRED, BOOK, EVERY)
    assert (after.roles, after.effective_unit_id) == (("employee",), ELSEWHERE)
    back = after.with_service(served((HIRED, "ACTIVE")), RETIRED, BOOK, EVERY)
    assert (back.roles, back.effective_unit_id) == (("employee", "unit_leader"), led)


STATUSES = st.sampled_from(["ACTIVE", "SUSPENDED", "UNPAID_LEAVE", "RETIRED", "DECEASED", "TRANSFERRED"])
LIVES = st.lists(st.tuples(st.integers(0, 500), STATUSES, st.sampled_from([UNIT, ELSEWHERE])), min_size=1, max_size=6)


def life(parts: list[tuple[int, str, UUID]]) -> ServiceTime:
    by_day = {HIRED + timedelta(days=2500 + offset): (status, unit) for offset, status, unit in parts}
    return served(*((day, *by_day[day]) for day in sorted(by_day)))


@given(st.lists(LIVES, min_size=1, max_size=4), st.integers(0, 600))
def test_whatever_was_believed_before_the_last_timeline_alone_decides(lives, offset):
    day = HIRED + timedelta(days=2500 + offset)
    before = account("employee", "hr_officer", "unit_leader", since=HIRED + timedelta(days=2450))
    final = life(lives[-1])
    through = before
    for one in lives:
        through = through.with_service(life(one), day, BOOK, EVERY).following(life(one).access_on(day, [DEFAULT]))
    at_once = before.with_service(final, day, BOOK, EVERY).following(final.access_on(day, [DEFAULT]))
    assert through == at_once


@given(LIVES, st.integers(-10, 600))
def test_nothing_changes_before_the_next_day_that_was_named(parts, offset):
    day, time = HIRED + timedelta(days=2500 + offset), life(parts)
    today = time.access_on(day, [DEFAULT])
    until = today.next_day or day + timedelta(days=700)
    for later in (day + (until - day) // 2, until - timedelta(days=1)):
        found = time.access_on(max(later, day), [DEFAULT])
        assert (found.access, found.because, found.readable_until) == (
            today.access,
            today.because,
            today.readable_until,
        )


def test_stretches_that_differ_in_nothing_here_are_joined():
    time = served((HIRED, "ACTIVE"), (date(2020, 1, 1), "ACTIVE"), (RETIRED, "RETIRED"))
    assert joined(time.stretches) == served((HIRED, "ACTIVE"), (RETIRED, "RETIRED")).stretches
