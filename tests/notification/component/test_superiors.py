"""Who stands above whom on the day of the matter, and what people are told when that changes."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, text

from chassis.ids import new_id
from testkit.service import Gathered
from tests.notification.builders import acting, contact, objection, timeline, unit

INBOX = "/api/v1/notification/inbox"
MARCH, APRIL = date(2027, 3, 1), date(2027, 4, 1)


@pytest.fixture
def titles(service):
    return lambda who: [item["title"] for item in service.client(who).get(INBOX).json["items"]]


@pytest.fixture
def on(service):
    """Turn the clock to the morning of a day in Jakarta."""
    before = service.clock.now()

    def turn(day, hour=2):
        service.clock.turn(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    turn(MARCH)
    yield turn
    service.clock.turn(before)


@pytest.fixture
def people(person, consume, on):
    """Siti, her head, a new head, a substitute and the head's superior, all of whom have arrived."""
    siti, head, new, substitute, bureau = (person() for _ in range(5))
    for one in (bureau, substitute, new):
        consume("personnel", "EmployeeTimelineChanged", timeline(one.employee_id, None))
    consume("personnel", "EmployeeTimelineChanged", timeline(head.employee_id, bureau.employee_id))
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, head.employee_id))
    return siti, head, new, substitute, bureau


def decided(siti):
    ids = {name: str(new_id()) for name in ("objection_id", "evaluation_id")}
    return {**ids, "employee_id": str(siti.employee_id), "outcome": "CHANGED"}


def moved(siti, head, new, since, version=2, cause="CHANGE"):
    change = (since, new.employee_id)
    return timeline(siti.employee_id, head.employee_id, change, version=version, cause=cause)


def test_the_first_superior_is_told_to_nobody_and_a_change_to_three(people, titles, consume):
    siti, head, new, *_ = people
    assert titles(siti) == titles(head) == []

    for _ in range(2):
        consume("personnel", "EmployeeTimelineChanged", moved(siti, head, new, MARCH))

    assert titles(siti) == ["Pejabat penilai kinerja Anda berubah"]
    assert titles(head) == ["Seorang pegawai tidak lagi dalam penilaian Anda"]
    assert titles(new) == ["Pegawai baru dalam penilaian Anda"]


def test_a_change_ahead_is_told_on_its_day_and_once(people, titles, consume, service, on):
    siti, head, new, *_ = people
    consume("personnel", "EmployeeContactChanged", contact(siti.employee_id))
    consume("personnel", "EmployeeTimelineChanged", moved(siti, head, new, APRIL))
    service.run_timers()
    assert titles(siti) == titles(new) == []

    on(date(2027, 3, 31), 17)  # the first moment of April in Jakarta
    service.run_timers()

    assert titles(siti) == ["Pejabat penilai kinerja Anda berubah"]
    assert "Siti Rahmania" in service.client(new).get(INBOX).json["items"][0]["body"]
    on(date(2027, 4, 2))
    consume("personnel", "EmployeeTimelineChanged", moved(siti, head, new, APRIL, version=3))
    assert len(titles(siti)) == len(titles(head)) == 1


def test_a_change_ahead_that_was_taken_back_is_not_told(people, titles, consume, service, on):
    siti, head, new, *_ = people
    consume("personnel", "EmployeeTimelineChanged", moved(siti, head, new, APRIL))
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, head.employee_id, version=3))
    on(APRIL)
    service.run_timers()
    assert titles(siti) == titles(new) == titles(head) == []


def test_those_of_a_day_are_told_a_number_at_a_time(people, titles, consume, service, on, person, monkeypatch):
    from notification.use_cases.directory import follow_timelines

    monkeypatch.setattr(follow_timelines, "PEOPLE_AT_ONCE", 2)
    _, head, new, *_ = people
    others = [person() for _ in range(5)]
    for one in others:
        consume("personnel", "EmployeeTimelineChanged", timeline(one.employee_id, head.employee_id))
        consume("personnel", "EmployeeTimelineChanged", moved(one, head, new, APRIL))
    on(APRIL)
    service.run_timers()
    assert [len(titles(one)) for one in others] == [1] * 5


def test_a_correction_says_that_it_is_one(people, titles, consume):
    siti, head, new, *_ = people
    consume("personnel", "EmployeeTimelineChanged", moved(siti, head, new, date(2027, 1, 1), cause="CORRECTION"))
    assert titles(siti) == ["Data pejabat penilai kinerja Anda dibetulkan"]
    assert titles(head) == ["Pembetulan data: pegawai di luar penilaian Anda"]
    assert titles(new) == ["Pembetulan data: pegawai dalam penilaian Anda"]


def test_what_was_long_ago_is_told_to_nobody(people, titles, consume):
    siti, head, new, *_ = people
    past = (date(2025, 1, 1), new.employee_id), (date(2025, 3, 1), head.employee_id)
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, head.employee_id, *past, version=2))
    assert titles(siti) == titles(head) == titles(new) == []


def test_who_has_left_is_told_of_no_superior(people, titles, consume):
    siti, head, *_ = people
    left = timeline(siti.employee_id, head.employee_id, version=2, status="DECEASED")
    consume("personnel", "EmployeeTimelineChanged", left)
    assert titles(siti) == titles(head) == []


def test_a_message_goes_to_the_superior_of_its_day_and_to_who_stands_in(people, titles, consume, at):
    siti, head, new, substitute, _ = people
    consume("personnel", "EmployeeTimelineChanged", moved(siti, head, new, MARCH))
    week = (date(2027, 2, 1), date(2027, 2, 7))
    consume("personnel", "SubstitutionChanged", acting(head.employee_id, substitute.employee_id, *week, "APPRAISE"))
    told = "Keberatan telah diputus"

    consume("appraisal", "ObjectionDecided", decided(siti), time=at(2027, 2, 3, 2))
    assert (titles(head).count(told), titles(substitute).count(told), titles(new).count(told)) == (1, 1, 0)
    consume("appraisal", "ObjectionDecided", decided(siti), time=at(2027, 2, 10, 2))
    assert (titles(head).count(told), titles(substitute).count(told), titles(new).count(told)) == (2, 1, 0)
    consume("appraisal", "ObjectionDecided", decided(siti), time=at(2027, 3, 1, 2))
    assert (titles(head).count(told), titles(substitute).count(told), titles(new).count(told)) == (2, 1, 1)


def test_a_substitute_without_the_duty_gets_nothing(people, titles, consume, at):
    siti, head, _, substitute, bureau = people
    week = (date(2027, 2, 1), date(2027, 2, 7))
    consume("personnel", "SubstitutionChanged", acting(head.employee_id, substitute.employee_id, *week, "LEAD_UNIT"))
    consume("personnel", "SubstitutionChanged", acting(bureau.employee_id, substitute.employee_id, *week, "REVIEW"))
    filed = objection(siti.employee_id, head.employee_id, bureau.employee_id)
    consume("appraisal", "ObjectionFiled", filed, time=at(2027, 2, 3, 2))
    assert titles(head) == ["Keberatan diajukan atas penilaian Anda"]
    assert titles(bureau) == titles(substitute) == ["Keberatan menunggu keputusan Anda"]


def test_whoever_leads_a_unit_in_anothers_place_hears_of_it_too(people, titles, consume, at):
    _, head, _, substitute, _ = people
    unit_id = new_id()
    consume("personnel", "OrgUnitTimelineChanged", unit(unit_id, head.employee_id))
    week = (date(2027, 2, 1), date(2027, 2, 7))
    consume("personnel", "SubstitutionChanged", acting(head.employee_id, substitute.employee_id, *week, "LEAD_UNIT"))
    predicate = {"unit_id": str(unit_id), "year": 2026, "predicate": "GOOD"}
    consume("appraisal", "OrgPredicateSet", predicate, time=at(2027, 2, 3, 2))
    consume("appraisal", "OrgPredicateSet", {**predicate, "year": 2025}, time=at(2027, 2, 10, 2))
    assert (len(titles(head)), len(titles(substitute))) == (2, 1)


def test_a_message_waits_for_a_governor_who_is_the_superior(person, titles, consume, on):
    siti, governor = person(), person()
    consume("personnel", "EmployeeTimelineChanged", timeline(siti.employee_id, governor.employee_id))
    consume("appraisal", "ObjectionDecided", decided(siti))
    assert titles(governor) == []
    office = {"official_id": str(governor.employee_id), "office": "Gubernur", "first_day": "2024-01-01"}
    consume("personnel", "ExternalOfficialChanged", {**office, "last_day": None, "version": 1})
    assert titles(governor) == ["Keberatan telah diputus"]


def test_of_a_batch_each_question_is_asked_once(service, agency, people, person):
    """Whatever a batch brings first, its messages go by all that it brings of people, in as many statements."""
    _, head, *_ = people
    asked = {}
    for count in (1, 30):
        batch = Gathered(**vars(service))
        for one in (person() for _ in range(count)):
            of = {"agency": agency, "subject": one.employee_id}
            batch.deliver("ObjectionDecided", decided(one), producer="appraisal", **of)
            stands = timeline(one.employee_id, head.employee_id)
            batch.deliver("EmployeeTimelineChanged", stands, producer="personnel", **of)
            batch.deliver("EmployeeContactChanged", contact(one.employee_id, "Dewi"), producer="personnel", **of)
        with statements(service.worker.work.database.engine) as found:
            service.worker.inbox.apply(batch.waiting)
        asked[count] = sum("directory_" in one or "contacts" in one or "told_" in one for one in found)
        bodies = [item["body"] for item in service.client(head).get(INBOX).json["items"]]
    assert asked[1] == asked[30]
    assert len(bodies) == 31
    assert all("Dewi" in body for body in bodies)


def test_the_moves_of_a_batch_and_their_mail_take_as_many_statements_as_one(service, agency, people, person, consume):
    _, head, new, *_ = people
    asked = {}
    for count in (2, 30):
        moving = [person() for _ in range(count)]
        batch = Gathered(**vars(service))
        for one in moving:
            consume("personnel", "EmployeeTimelineChanged", timeline(one.employee_id, head.employee_id))
            of = {"agency": agency, "subject": one.employee_id}
            batch.deliver("EmployeeTimelineChanged", moved(one, head, new, MARCH), producer="personnel", **of)
        with statements(service.worker.work.database.engine) as found:
            service.worker.inbox.apply(batch.waiting)
        asked[count] = Counter(one.split("(")[0] for one in found)
        with service.work.transaction(agency) as tx:
            written = tx.session.execute(text("SELECT count(*) FROM email_deliveries"))
            mailed = written.scalar_one()
    assert asked[2] == asked[30]
    assert mailed == 3 * 32


@contextmanager
def statements(engine):
    found = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)
