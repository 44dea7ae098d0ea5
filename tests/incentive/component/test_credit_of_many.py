"""Credit of many people at once: what a batch of events brings is booked in one round of statements."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from testkit.service import Gathered
from tests.incentive.builders import V1


@pytest.fixture
def gathered(ministry):
    """The ministry with its events gathered until `apply` delivers them as one batch."""
    ministry.service = Gathered(**vars(ministry.service))
    return ministry


def apply(ministry):
    waiting, ministry.service.waiting = ministry.service.waiting, []
    ministry.service.worker.inbox.apply(waiting)
    assert ministry.service.deferred(ministry.agency) == []
    return waiting


def hired(ministry, number):
    people = [ministry.hire(effective_from="2025-12-01") for _ in range(number)]
    apply(ministry)
    return people


def balances(ministry, people):
    return [ministry.credit(one)["balance"] for one in people]


@contextmanager
def statements(ministry):
    """Gather the statements about credit that the worker sends to the database."""
    found, engine = [], ministry.service.worker.work.database.engine

    def keep(_connection, _cursor, statement, *_):
        if any(name in statement for name in ("credit", "predicate_fact", "reference_set")):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield found
    event.remove(engine, "before_cursor_execute", keep)


def test_annual_results_of_many_take_as_many_statements_as_that_of_one(gathered):
    people = hired(gathered, 6)
    gathered.at(2027, 1, 29, 2)
    gathered.annual(people[0], 2026, "GOOD")
    with statements(gathered) as of_one:
        apply(gathered)
    for one in people[1:]:
        gathered.annual(one, 2026, "GOOD")
    with statements(gathered) as of_many:
        apply(gathered)
    assert 0 < len(of_many) <= len(of_one)
    assert balances(gathered, people) == ["12.500"] * 6


def test_late_timelines_of_many_take_as_many_statements_as_that_of_one(gathered):
    people = hired(gathered, 6)
    gathered.at(2027, 1, 29, 2)
    for one in people:
        gathered.annual(one, 2026, "GOOD")
    apply(gathered)
    late = {"status": "UNPAID_LEAVE", "effective_from": "2026-07-01"}
    gathered.employ(people[0], **late)
    with statements(gathered) as of_one:
        apply(gathered)
    for one in people[1:]:
        gathered.employ(one, **late)
    with statements(gathered) as of_many:
        apply(gathered)
    assert 0 < len(of_many) <= len(of_one)
    assert balances(gathered, people) == ["6.250"] * 6


def test_what_a_batch_books_names_the_event_that_brought_it(gathered):
    people = hired(gathered, 2)
    gathered.at(2027, 1, 29, 2)
    for one in people:
        gathered.annual(one, 2026, "GOOD")
    results = apply(gathered)
    for one in people:
        gathered.employ(one, status="UNPAID_LEAVE", effective_from="2026-07-01")
    timelines = apply(gathered)
    converted = gathered.service.events(gathered.agency, "CreditConverted")
    causes = {(one["subject"], one["causationid"]) for one in converted}
    assert causes == {(one.subject, str(one.id)) for one in (*results, *timelines)}
    assert len(converted) == 4


def test_a_result_and_its_correction_in_one_batch_are_booked_as_the_correction(gathered):
    siti, budi = hired(gathered, 2)
    gathered.at(2026, 7, 2, 2)
    for one in (siti, budi):
        gathered.quarter(one, 2026, 1, "GOOD")
    apply(gathered)
    for one in (siti, budi):
        gathered.two(gathered.hr.post(f"{V1}/credit/{one}/periodic", json={"year": 2026, "quarter": 1, "months": 3}))
    gathered.at(2027, 1, 29, 2)
    evaluation = gathered.annual(siti, 2026, "NEEDS_IMPROVEMENT")
    gathered.corrected(siti, 2026, "VERY_GOOD", evaluation_id=evaluation, version=2, previous="NEEDS_IMPROVEMENT")
    gathered.annual(budi, 2026, "GOOD")
    batch = apply(gathered)
    assert balances(gathered, [siti, budi]) == ["18.750", "12.500"]
    for one in (siti, budi):
        entries = gathered.credit(one)["entries"]
        assert [(entry["kind"], entry["counts"]) for entry in entries] == [("PERIODIC", False), ("ANNUAL", True)]
    gathered.service.worker.inbox.apply(batch)
    assert balances(gathered, [siti, budi]) == ["18.750", "12.500"]
