"""However late and in whatever order the changes of a life are recorded, everybody knows the same in the end."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.personnel.builders import BUDI, HEAD_OF_BUREAU, HEAD_OF_SUBDIVISION, SITI, Ministry
from tests.personnel.component.test_recording import published, record, shown, timelines

FIRST, LAST = date(2026, 1, 3), date(2026, 12, 20)
VALUES = (
    "unit_id", "position_code", "position_kind", "position_level", "job_class", "employment_type", "status", "grade",
    "grade_since", "superior_id",
)  # fmt: skip


def life(ministry: Ministry, chance: random.Random) -> list:
    """Changes of all series, each on a day of its own in its series: (route, method, body)."""
    one, chief = ministry.find(SITI), ministry.find(HEAD_OF_BUREAU)
    post = {name: one[name] for name in ("position_code", "position_title", "position_kind", "position_level")}

    def days(count):
        return [str(FIRST + timedelta(number)) for number in chance.sample(range((LAST - FIRST).days), count)]

    return [
        *(("assignments", "POST", {**post, "unit_id": chance.choice([one["unit_id"], chief["unit_id"]]),
           "job_class": chance.randint(5, 12), "effective_from": on}) for on in days(3)),
        *(("superior", "PUT", {"superior_nip": chance.choice([HEAD_OF_SUBDIVISION, HEAD_OF_BUREAU, BUDI]),
           "effective_from": on}) for on in days(3)),
        *(("status", "POST", {"status": chance.choice(["ACTIVE", "STUDY_LEAVE", "UNPAID_LEAVE", "SUSPENDED"]),
           "effective_from": on}) for on in days(3)),
        *(("employment-type", "POST", {"employment_type": chance.choice(["CPNS", "PNS"]), "effective_from": on})
          for on in days(2)),
        *(("grade", "POST", {"grade": chance.choice(["III/a", "III/b", "III/c"]), "effective_from": on})
          for on in days(2)),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_end_is_the_same_as_if_all_had_been_known_from_the_start(ministry: Ministry, service, seed):
    chance = random.Random(seed)
    ministry.populate()
    changes = life(ministry, chance)
    recorded_on = sorted(FIRST + timedelta(chance.randrange((LAST - FIRST).days)) for _ in changes)
    chance.shuffle(changes)
    known = {}
    for (route, method, body), on in zip(changes, recorded_on, strict=True):
        service.clock.turn(datetime(on.year, on.month, on.day, 3, tzinfo=UTC))
        service.run_timers()
        answer = record(ministry, SITI, route, method, **body)
        assert answer.status_code in {200, 201}, answer.text
        known.setdefault(route, []).append(body)
        latest = timelines(ministry, SITI)[-1]
        assert latest["stretches"] == shown(ministry, SITI)["stretches"]
    service.clock.turn(datetime(2027, 1, 1, tzinfo=UTC))
    service.run_timers()

    expected = {
        "job_class": _held(known["assignments"], "job_class", 8),
        "status": _held(known["status"], "status", "ACTIVE"),
        "employment_type": _held(known["employment-type"], "employment_type", "PNS"),
        "grade": _held(known["grade"], "grade", "III/b"),
    }
    for name, values in expected.items():
        assert _runs(published(ministry, SITI, name)) == values, name
    person, (*_, last) = ministry.find(SITI), timelines(ministry, SITI)[-1]["stretches"]
    assert {name: person["appraiser_id" if name == "superior_id" else name] for name in VALUES} == {
        name: last[name] for name in VALUES
    }
    versions = [one["version"] for one in timelines(ministry, SITI)]
    assert versions == list(range(1, len(versions) + 1))
    thin = [one["data"] for name in ("EmployeeChanged", "AssignmentChanged") for one in ministry.events(name)]
    siti = [one for one in thin if one["employee_id"] == person["employee_id"]]
    assert {one["version"] for one in siti} == set(versions)
    for one in timelines(ministry, SITI):
        days = [each["changed_from"] for each in siti if each["version"] == one["version"]]
        assert min(days) == one["changed_from"]


def _held(bodies: list, name: str, first: object) -> list:
    """Return from which day which value holds, by the days alone."""
    return _runs([("2023-01-02", first), *sorted((one["effective_from"], one[name]) for one in bodies)])


def _runs(values: list) -> list:
    return [one for number, one in enumerate(values) if number == 0 or values[number - 1][1] != one[1]]
