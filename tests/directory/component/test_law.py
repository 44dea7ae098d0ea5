"""In whatever order, however often and in whatever batches timelines arrive, the end is the same.

The tables hold the newest version of each, and the hooks were called with what a plain recomputation, day by day, finds.
"""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from chassis.ids import new_id
from directory.keeping import TimelineChange, UnitChange
from directory.questions import stretches_each, subordinates_on_each, superiors_on
from directory.timelines import Period
from tests.directory.builders import START, Copy, from_day, seamless, unit_from, who

NAMES = ("siti", "budi", "ani", "rina")
LAST_DAY = 40
PERIOD = Period(START, START + timedelta(LAST_DAY))
LAW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

values = st.fixed_dictionaries(
    {
        "superior_id": st.sampled_from([None, *map(who, NAMES)]),
        "status": st.sampled_from(["ACTIVE", "STUDY_LEAVE", "RETIRED"]),
    }
)
timelines = st.dictionaries(st.integers(0, 20), values, min_size=1, max_size=4)
versions = st.lists(st.tuples(timelines, st.sampled_from(["CHANGE", "CORRECTION"])), min_size=1, max_size=5)
lives = st.dictionaries(st.sampled_from(NAMES), versions, min_size=1)


def made(days):
    return seamless(tuple(from_day(START + timedelta(day), **days[day]) for day in sorted(days)))


def value_on(stretches, day):
    found = [one for one in stretches if one.first_day <= day and (one.last_day is None or day <= one.last_day)]
    return replace(found[0], first_day=date.min, last_day=None) if found else None


def first_difference(before, after):
    """Look at every day, one after the other."""
    days = (START + timedelta(day) for day in range(LAST_DAY))
    return next((day for day in days if value_on(before, day) != value_on(after, day)), None)


def published(versions):
    """Return of each version the days, and what personnel says of it and of those before it, by number."""
    found, changes = {}, []
    for number, (days, cause) in enumerate(versions, start=1):
        after = made(days)
        before = made(versions[number - 2][0]) if number > 1 else ()
        day = first_difference(before, after) or after[0].first_day
        changes = [*changes, {"version": number, "changed_from": day, "cause": cause}]
        found[number] = (days, changes)
    return found


def recomputed(batches, everything):
    """Return the changes of each person, in the order of the batches.

    What a step from one version to another brings depends on these two alone, not on what came between.
    """
    kept, changes = {}, defaultdict(list)
    for batch in batches:
        for name in {name for name, _ in batch}:
            number, before = kept.get(name, (0, ()))
            newest = max(version for one, version in batch if one == name)
            if newest <= number:
                continue
            days, said = everything[name][newest]
            after = made(days)
            day = first_difference(before, after)
            if day is not None:
                since = [one for one in said if one["version"] > number and one["cause"] == "CORRECTION"]
                corrected = max(day, min(one["changed_from"] for one in since)) if since else None
                changes[who(name)].append(TimelineChange(who(name), day, corrected, is_new=not before))
            kept[name] = (newest, after)
    return {who(name): after for name, (_, after) in kept.items()}, changes


def delivered(everything, chance):
    """Return every version of everybody twice, some never, in a random order and in random batches."""
    deliveries = [(name, number) for name, versions in everything.items() for number in versions] * 2
    lost = chance.sample(deliveries, len(deliveries) // 4)
    last = {(name, max(versions)) for name, versions in everything.items()}
    deliveries = [one for one in deliveries if one not in lost or one in last]
    chance.shuffle(deliveries)
    batches = []
    while deliveries:
        size = chance.randint(1, 6)
        batches.append(deliveries[:size])
        deliveries = deliveries[size:]
    return batches


@LAW
@given(found=lives, seed=st.integers())
def test_people_end_the_same(directory_database, found, seed):
    copy = Copy(directory_database, f"uji-{uuid4().hex[:12]}")
    everything = {name: published(versions) for name, versions in found.items()}
    batches = delivered(everything, random.Random(seed))
    for batch in batches:
        copy.receive(*(_event(copy, name, number, *everything[name][number]) for name, number in batch))
    expected, changes = recomputed(batches, everything)
    with copy.transaction() as tx:
        assert stretches_each(tx, expected, PERIOD).known == expected
    noted = defaultdict(list)
    for one in copy.people:
        noted[one.employee_id].append(one)
    assert noted == changes


def _event(copy, name, number, days, changes):
    last = changes[-1]
    of = {"version": number, "changed_from": last["changed_from"], "cause": last["cause"]}
    return copy.person(name, *made(days), changes=changes, **of)


@LAW
@given(found=lives, seed=st.integers(), day=st.integers(0, 25))
def test_subordinates_are_those_who_have_one_as_their_superior(directory_database, found, seed, day):
    copy, chance = Copy(directory_database, f"uji-{uuid4().hex[:12]}"), random.Random(seed)
    names = [*NAMES, "dewi"]
    copy.receive(
        *(copy.person(name, *made(found[name][-1][0] if name in found else {0: {}})) for name in names),
        *(
            copy.substitution(
                str(new_id()),
                *chance.sample(names, 2),
                first_day=START + timedelta(chance.randint(0, 20)),
                last_day=chance.choice([None, START + timedelta(21)]),
                scope=chance.choice([["APPRAISE"], ["REVIEW"], ["APPRAISE", "REVIEW"]]),
                employee_ids=chance.choice([None, [who(chance.choice(names))]]),
            )
            for _ in range(6)
        ),
    )
    people, today = [who(name) for name in names], START + timedelta(day)
    with copy.transaction() as tx:
        above = superiors_on(tx, people, today)
        below = subordinates_on_each(tx, people, today)
    assert above.unknown == below.unknown == {}
    expected = {(one, it.superior_id, it.capacity) for one, it in above.known.items() if it is not None}
    assert expected == {
        (it.employee_id, one, it.capacity)
        for one, items in below.known.items()
        for it in items
        if one == (it.substitute_id or it.holder_id)
    }
    holders = {(one, it.holder_id) for one, it in above.known.items() if it is not None}
    assert holders == {(it.employee_id, it.holder_id) for items in below.known.values() for it in items}


@pytest.mark.parametrize("seed", range(5))
def test_units_end_the_same(directory_database, seed):
    copy, chance = Copy(directory_database, f"uji-{uuid4().hex[:12]}"), random.Random(seed)
    told = {
        (name, version): tuple(
            unit_from(START + timedelta(day), name=chance.choice("xy")) for day in sorted(chance.sample(range(20), 3))
        )
        for name in NAMES
        for version in range(1, 6)
    }
    deliveries = [*told, *told]
    chance.shuffle(deliveries)
    kept, changes = {}, defaultdict(list)
    for name, version in deliveries:
        copy.receive(copy.unit(name, *told[name, version], version=version))
        number, before = kept.get(name, (0, ()))
        if version > number:
            kept[name] = (version, seamless(told[name, version]))
            day = first_difference(before, kept[name][1])
            if day is not None:
                changes[who(name)].append(UnitChange(who(name), day, is_new=not before))
    noted = defaultdict(list)
    for one in copy.units:
        noted[one.unit_id].append(one)
    assert noted == changes
    with copy.transaction() as tx:
        rows = tx.session.execute(text("SELECT unit_id, first_day, name FROM directory_unit_stretch"))
        assert set(map(tuple, rows)) == {
            (who(name), one.first_day, one.name) for name, (_, after) in kept.items() for one in after
        }
