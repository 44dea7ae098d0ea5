"""What nobody can be reminded of on a morning is not lost: it is said once somebody can do it."""

from datetime import date

import pytest

from tests.appraisal.component.test_obligations import opened
from tests.appraisal.component.test_reminders import PLAN_DUE, morning, overdue, reminders

OTHERS = ("PLAN", False, 1, PLAN_DUE)
OWN = ("PLAN", True, 1, PLAN_DUE)


@pytest.fixture
def away(bureau):
    """The head is on leave from 22 January on; Siti's plan waits for them, and their own is due, too."""
    opened(bureau)
    bureau.post(bureau.siti, f"/plans/{bureau.draft()['id']}/submit", status=200)
    bureau.turn(2026, 1, 21, 3)
    bureau.change(bureau.head, date(2026, 1, 22), status="ON_LEAVE")
    return bureau


def test_who_was_away_on_the_day_of_a_stage_is_reminded_once_back_and_once(away):
    away.change(away.head, date(2026, 1, 26), status="ACTIVE")
    for day in range(22, 30):
        morning(away, f"2026-01-{day}")
    assert reminders(away, away.head) == [("2026-01-23", [OWN], []), ("2026-01-26", [OTHERS, OWN], [])]


def test_who_begins_to_stand_in_after_the_stage_is_reminded_then(away):
    morning(away, "2026-01-23")
    away.stand_in(away.outsider, away.head, date(2026, 1, 26), date(2026, 2, 20))
    for day in range(24, 30):
        morning(away, f"2026-01-{day}")
    assert reminders(away, away.outsider, "STANDS_IN") == [("2026-01-26", [OTHERS], [])]


def test_what_nobody_was_reminded_of_is_still_told_to_who_is_above(away):
    for day in ("2026-01-23", "2026-01-30", "2026-02-01", "2026-02-07"):
        morning(away, day)
    late = [late for _, who, _, late in overdue(away) if who == str(away.head.employee_id)]
    assert late == [[OTHERS, OWN]]
