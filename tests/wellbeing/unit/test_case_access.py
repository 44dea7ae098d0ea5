from uuid import UUID

import pytest

from disclosure.units import UnitTree
from wellbeing.domain.reporting_line import Employee, Exclusion, ReportingLine, Subjects, depends_on, exclusions

MINISTRY, BUREAU, TEAM, OTHER = (UUID(int=n) for n in range(1, 5))
MINISTER, HEAD, CHIEF, CLERK, TRAINEE, OUTSIDER, FRIEND = (UUID(int=n) for n in range(11, 18))


def an_employee(employee_id, unit_id, *superiors):
    return Employee(employee_id, unit_id, "ACTIVE", frozenset(superiors))


EMPLOYEES = {
    MINISTER: an_employee(MINISTER, MINISTRY),
    HEAD: an_employee(HEAD, BUREAU, MINISTER),
    CHIEF: an_employee(CHIEF, TEAM, HEAD, MINISTER),
    CLERK: an_employee(CLERK, TEAM, CHIEF, HEAD),
    TRAINEE: an_employee(TRAINEE, TEAM, CLERK, CHIEF),
    OUTSIDER: an_employee(OUTSIDER, OTHER),
}
LINE = ReportingLine(
    EMPLOYEES.get,
    UnitTree({MINISTRY: None, BUREAU: MINISTRY, TEAM: BUREAU, OTHER: MINISTRY}),
    {BUREAU: frozenset({HEAD}), TEAM: frozenset({CHIEF})},
)


def test_the_whole_line_above_a_reported_person_is_excluded():
    found = exclusions(LINE, Subjects(employees=(CLERK,), keep_out=(FRIEND,)), reporter=OUTSIDER)

    assert found == {
        CLERK: Exclusion.REPORTED,
        CHIEF: Exclusion.SUPERIOR_OF_REPORTED,
        HEAD: Exclusion.SUPERIOR_OF_REPORTED,
        MINISTER: Exclusion.SUPERIOR_OF_REPORTED,
        FRIEND: Exclusion.NAMED_BY_REPORTER,
        OUTSIDER: Exclusion.REPORTER,
    }


def test_of_a_reported_unit_its_leader_and_the_leaders_above_are_excluded():
    found = exclusions(LINE, Subjects(units=(TEAM,)), reporter=None)
    assert set(found) == {CHIEF, HEAD}


def test_superiors_in_a_cycle_end_somewhere():
    circle = {CHIEF: an_employee(CHIEF, TEAM, HEAD), HEAD: an_employee(HEAD, TEAM, CHIEF)}
    assert ReportingLine(circle.get, UnitTree({}), {}).superiors(CHIEF) == {HEAD}


@pytest.mark.parametrize(
    ("employee", "reported", "units", "expected"),
    [
        (TRAINEE, [CLERK], [], True),
        (TRAINEE, [CHIEF], [], True),
        (TRAINEE, [MINISTER], [], False),
        (OUTSIDER, [CLERK], [], False),
        (CLERK, [], [TEAM], True),
        (CLERK, [], [BUREAU], True),
        (CLERK, [], [MINISTRY], False),
        (OUTSIDER, [], [TEAM], False),
        (FRIEND, [CLERK], [TEAM], False),
    ],
)
def test_who_is_too_near_to_handle_a_case(employee, reported, units, expected):
    assert depends_on(LINE, employee, Subjects(tuple(reported), tuple(units))) is expected
