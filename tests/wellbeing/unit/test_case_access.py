from uuid import UUID

import pytest

from wellbeing.domain.case_access import Exclusion, Line, Member, depends_on, exclusions
from wellbeing.domain.units import UnitTree

MINISTRY, BUREAU, TEAM, OTHER = (UUID(int=n) for n in range(1, 5))
MINISTER, HEAD, CHIEF, CLERK, TRAINEE, STRANGER, FRIEND = (UUID(int=n) for n in range(11, 18))
MEMBERS = {
    MINISTER: Member(MINISTER, MINISTRY),
    HEAD: Member(HEAD, BUREAU, MINISTER),
    CHIEF: Member(CHIEF, TEAM, HEAD, MINISTER),
    CLERK: Member(CLERK, TEAM, CHIEF, HEAD),
    TRAINEE: Member(TRAINEE, TEAM, CLERK, CHIEF),
    STRANGER: Member(STRANGER, OTHER),
}
LINE = Line(
    MEMBERS.get,
    UnitTree({MINISTRY: None, BUREAU: MINISTRY, TEAM: BUREAU, OTHER: MINISTRY}),
    {BUREAU: HEAD, TEAM: CHIEF},
)


def test_the_whole_line_above_a_reported_person_is_kept_away():
    found = exclusions(LINE, reported=[CLERK], reported_units=[], named=[FRIEND], reporter=STRANGER)

    assert found == {
        CLERK: Exclusion.REPORTED,
        CHIEF: Exclusion.SUPERIOR_OF_REPORTED,
        HEAD: Exclusion.SUPERIOR_OF_REPORTED,
        MINISTER: Exclusion.SUPERIOR_OF_REPORTED,
        FRIEND: Exclusion.NAMED_BY_REPORTER,
        STRANGER: Exclusion.REPORTER,
    }


def test_of_a_reported_unit_its_leader_and_the_leaders_above_are_kept_away():
    found = exclusions(LINE, reported=[], reported_units=[TEAM], named=[], reporter=None)
    assert set(found) == {CHIEF, HEAD}


def test_superiors_in_a_circle_end_somewhere():
    circle = {CHIEF: Member(CHIEF, None, HEAD), HEAD: Member(HEAD, None, CHIEF)}
    assert Line(circle.get, UnitTree({}), {}).superiors(CHIEF) == {HEAD}


@pytest.mark.parametrize(
    ("employee", "reported", "units", "expected"),
    [
        (TRAINEE, [CLERK], [], True),
        (TRAINEE, [CHIEF], [], True),
        (TRAINEE, [MINISTER], [], False),
        (STRANGER, [CLERK], [], False),
        (CLERK, [], [TEAM], True),
        (CLERK, [], [BUREAU], True),
        (CLERK, [], [MINISTRY], False),
        (STRANGER, [], [TEAM], False),
        (FRIEND, [CLERK], [TEAM], False),
    ],
)
def test_who_is_too_near_to_judge(employee, reported, units, expected):
    assert depends_on(LINE, employee, reported=reported, reported_units=units) is expected
