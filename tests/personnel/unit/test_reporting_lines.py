"""The first day of a cycle is the one that looking at every single day finds."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from personnel.domain.records import Source, SuperiorRecord
from personnel.domain.reporting_lines import differing_days, find_cycle, line_of
from personnel.domain.series import held_on

START, DAYS = date(2026, 1, 1), 12
PEOPLE = [UUID(int=number) for number in range(1, 6)]


def record(person: UUID, superior: UUID | None, day: int, *, replaces_later: bool = False) -> SuperiorRecord:
    return SuperiorRecord(
        employee_id=person,
        superior_id=superior,
        effective_from=START + timedelta(days=day),
        recorded_on=START + timedelta(days=DAYS // 2),
        replaces_later=replaces_later,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        recorded_by=None,
        source=Source.HAND,
    )


def superior_on(records: list[SuperiorRecord], day: date) -> UUID | None:
    found = held_on(records, day)
    return found.superior_id if found else None


def first_cycle(before: dict[UUID, list[SuperiorRecord]], added: SuperiorRecord) -> date | None:
    """Look at each day from that of the record on: does the chain of a superior who is new on it lead back?"""
    person, after = added.employee_id, dict(before)
    after[person] = [*before[person], added]
    for number in range((added.effective_from - START).days, DAYS + 2):
        day = START + timedelta(days=number)
        here = superior_on(after[person], day)
        if here == superior_on(before[person], day):
            continue
        passed: set[UUID] = set()
        while here is not None and here != person and here not in passed:
            passed.add(here)
            here = superior_on(after[here], day)
        if here == person:
            return day
    return None


RECORDS = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from([None, *PEOPLE]), st.integers(0, DAYS), st.booleans()
).filter(lambda one: one[0] != one[1])


@given(st.lists(RECORDS, max_size=14), RECORDS)
def test_a_cycle_is_found_on_the_first_of_its_days(recorded, new):
    before: dict[UUID, list[SuperiorRecord]] = {one: [] for one in PEOPLE}
    for person, superior, day, replaces_later in recorded:
        before[person].append(record(person, superior, day, replaces_later=replaces_later))
    added = record(*new[:3], replaces_later=new[3])
    lines = {one: line_of(records) for one, records in before.items()}
    line = line_of([*before[added.employee_id], added])
    changed = differing_days(lines[added.employee_id], line, added.effective_from)
    cycle = find_cycle({**lines, added.employee_id: line}, added.employee_id, changed)
    assert (cycle.day if cycle else None) == first_cycle(before, added)
    if cycle:
        chain = [*cycle.people, added.employee_id]
        after = {**before, added.employee_id: [*before[added.employee_id], added]}
        assert all(superior_on(after[one], cycle.day) == above for one, above in pairwise(chain))
