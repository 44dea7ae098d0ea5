"""However late and in whatever order lives are recorded and published, the end is what a plain look at each day finds.

SUAR_LAW=long plays ten thousand lives.
"""

from datetime import UTC, date, datetime, timedelta

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from directory.questions import stretches_each
from personnel.domain.records import (
    EmploymentTypeRecord,
    GradeRecord,
    PersonRecords,
    PositionRecord,
    Record,
    Source,
    StatusRecord,
    SuperiorRecord,
)
from personnel.domain.timeline import stretches
from tests.incentive.builders import ok
from tests.law.events import batched, beginning, deliver, deliver_versions, everything_twice
from tests.law.lives import Life, Recorded, Values
from tests.law.plain import changes_of, plain_changes, plain_target
from training.domain.year_target import YearHeld, period_of, year_target
from training.persistence.people import service_start
from training.persistence.reference import jp_targets, part_year_rules

ASKED_BY_HTTP = 5


def test_personnel_makes_the_timeline_that_each_day_has(lives):
    for life in lives:
        records = [_record(life, one, number) for number, one in enumerate(life.records)]
        grade = {"grade": "III/b", "grade_since": life.first_day}
        records.append(_record(life, Recorded("grade", life.first_day, grade), 0))
        assert changes_of(stretches(PersonRecords.sorted_from(records))) == plain_changes(life), life


def test_the_target_of_learning_hours_is_that_of_the_days_held(training, agency, person, lives):
    training.clock.turn(datetime(2026, 12, 31, 3, tzinfo=UTC))
    deliver(training, beginning(agency))
    deliver_versions(training, agency, everything_twice(lives))
    assert training.deferred(agency) == []
    with training.work.transaction(agency) as tx:
        targets, rules = jp_targets(tx), part_year_rules(tx, 2026)
        since = service_start(tx, lives[0].employee_id)
        for some in batched(lives):
            kept = stretches_each(tx, [life.employee_id for life in some], period_of(2026)).known
            for life in some:
                held = YearHeld.of(2026, kept[life.employee_id], since, date(2026, 12, 31))
                found = year_target(targets, held, rules)
                assert (found and found.jp) == plain_target(life), life
    hr = training.client(person("hr_officer"))
    for life in lives[:ASKED_BY_HTTP]:
        answer = ok(hr.get(f"/api/v1/training/ledger/{life.employee_id}?year=2026"))
        assert answer["target_jp"] == plain_target(life), life


def _record(life: Life, one: Recorded, number: int) -> Record:
    """Return a record of personnel: recorded in this order, on days that may lie before or after its own."""
    at = datetime(2026, one.month, 1, tzinfo=UTC) + timedelta(minutes=number)
    given: Values = {
        "employee_id": life.employee_id,
        "effective_from": one.day,
        "recorded_on": at.date(),
        "recorded_at": at,
        "recorded_by": None,
        "source": Source.HAND,
        "replaces_later": False,
    }
    if one.series == "position":
        post = {"position_code": "ASDM-1", "position_title": "Analis SDM", "position_kind": PositionKind.JF}
        return PositionRecord(**given, **post, position_level=PositionLevel.AHLI_PERTAMA, **one.values)
    if one.series == "superior":
        return SuperiorRecord(**given, **one.values)
    if one.series == "status":
        return StatusRecord(**given, status=EmployeeStatus(one.values["status"]))
    if one.series == "type":
        return EmploymentTypeRecord(**given, employment_type=EmploymentType(one.values["employment_type"]))
    return GradeRecord(**given, **one.values)
