"""Keeping what personnel publishes: newest versions only, one round of statements, and hooks that learn what changed."""

from datetime import date

import pytest
from sqlalchemy import event, text

from directory.keeping import TimelineChange, UnitChange
from directory.timelines import Cause
from tests.directory.builders import START, Copy, from_day, unit_from, who

SITI = "01980000-0000-7000-8000-000000000001"
MAY = date(2026, 5, 15)


def rows(copy, table, agency=None):
    with copy.transaction(agency) as tx:
        return tx.session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3")).mappings().all()


def stretches(copy):
    return [(row["first_day"], row["last_day"], row["status"]) for row in rows(copy, "directory_stretch")]


def test_the_examples_of_a_person_are_kept(copy):
    copy.receive(copy.example("EmployeeTimelineChanged.v1.siti"))
    (joined,) = copy.people
    assert (str(joined.employee_id), joined.changed_from, joined.is_new) == (SITI, date(2026, 1, 2), True)
    copy.receive(copy.example("EmployeeTimelineChanged.v1.moved_and_retiring"))
    assert stretches(copy) == [
        (date(2026, 1, 2), date(2026, 5, 14), "ACTIVE"),
        (MAY, date(2026, 11, 30), "ACTIVE"),
        (date(2026, 12, 1), None, "RETIRED"),
    ]
    assert copy.people[1:] == [TimelineChange(joined.employee_id, MAY, None, is_new=False)]


def test_the_examples_of_a_unit_are_kept(copy):
    copy.receive(copy.example("OrgUnitTimelineChanged.v1.subdivision"))
    copy.receive(copy.example("OrgUnitTimelineChanged.v1.merged"))
    assert [(row["first_day"], row["active"]) for row in rows(copy, "directory_unit_stretch")] == [
        (date(2026, 1, 1), True),
        (date(2026, 7, 1), False),
    ]
    unit_id = copy.units[0].unit_id
    assert copy.units == [
        UnitChange(unit_id, date(2026, 1, 1), is_new=True),
        UnitChange(unit_id, date(2026, 7, 1), is_new=False),
    ]


def test_the_examples_of_a_substitution_are_kept(copy):
    copy.receive(copy.example("SubstitutionChanged.v1.plh"))
    copy.receive(copy.example("SubstitutionChanged.v1.withdrawn"))
    assert [(row["withdrawn"], row["version"]) for row in rows(copy, "directory_substitution")] == [(True, 2)]
    first, second = copy.substitutions
    assert first.before is None
    assert not first.after.withdrawn
    assert second.before == first.after
    assert second.after.withdrawn


def test_the_examples_of_an_official_and_an_agency_are_kept(copy):
    copy.receive(copy.example("ExternalOfficialChanged.v1.governor"), copy.example("AgencyChanged.v1.kemcontoh"))
    assert [(row["office"], row["version"]) for row in rows(copy, "directory_external_official")] == [("Gubernur", 1)]
    assert [(row["name"], row["time_zone"]) for row in rows(copy, "directory_agency")] == [
        ("Kementerian Contoh", "Asia/Jakarta")
    ]


def test_an_older_version_and_a_repeat_change_nothing(copy):
    moved = copy.person("siti", from_day(), from_day(MAY, job_class=9), version=2)
    copy.receive(moved)
    before = stretches(copy)
    copy.receive(copy.person("siti", version=1), {**moved, "id": who("lain").hex})
    assert stretches(copy) == before
    assert len(copy.people) == 1


def test_the_first_changed_day_is_computed_from_the_own_copy(copy):
    """Version 2 moved Siti in February and never came; version 3 says only that it changed from May."""
    copy.receive(copy.person("siti"))
    february = date(2026, 2, 1)
    copy.receive(copy.person("siti", from_day(), from_day(february, job_class=9), from_day(MAY), version=3))
    assert copy.people[-1] == TimelineChange(who("siti"), february, None, is_new=False)


def test_a_retirement_known_ahead_is_changed_from_its_own_day(copy):
    copy.receive(copy.person("siti"))
    copy.receive(copy.person("siti", from_day(), from_day(date(2026, 12, 1), status="RETIRED"), version=2))
    assert copy.people[-1].changed_from == date(2026, 12, 1)


def test_a_correction_among_the_versions_of_a_batch_makes_the_change_a_correction(copy):
    copy.receive(copy.person("siti"))
    corrected = copy.person("siti", from_day(job_class=9), version=2, cause="CORRECTION")
    moved = copy.person("siti", from_day(job_class=9), from_day(MAY), version=3)
    copy.receive(moved, corrected)
    assert copy.people[1:] == [TimelineChange(who("siti"), START, START, is_new=False)]
    copy.receive(copy.person("siti", from_day(job_class=9), version=4), {**corrected, "id": who("lagi").hex})
    assert copy.people[-1].cause is Cause.CHANGE


def change(version, changed_from, cause):
    return {"version": version, "changed_from": changed_from, "cause": cause}


def test_what_an_overtaken_version_corrected_is_a_correction(copy):
    """Version 2 corrected February; version 3 moved Siti in May, and came first."""
    february = date(2026, 2, 1)
    copy.receive(copy.person("siti"))
    changes = [change(1, START, "CHANGE"), change(2, february, "CORRECTION"), change(3, MAY, "CHANGE")]
    moved = (from_day(), from_day(february, job_class=9), from_day(MAY, job_class=10))
    copy.receive(copy.person("siti", *moved, version=3, changed_from=MAY, changes=changes))
    copy.receive(copy.person("siti", *moved[:2], version=2, changed_from=february, cause="CORRECTION"))
    (seen,) = copy.people[1:]
    assert seen == TimelineChange(who("siti"), february, february, is_new=False)
    assert (seen.cause, seen.cause_on(february), seen.cause_on(START)) == (
        Cause.CORRECTION,
        Cause.CORRECTION,
        Cause.CHANGE,
    )


def test_days_before_a_correction_are_a_change(copy):
    copy.receive(copy.person("siti"))
    changes = [change(2, MAY, "CORRECTION"), change(3, date(2026, 3, 1), "CHANGE")]
    moved = (from_day(), from_day(date(2026, 3, 1), job_class=9), from_day(MAY, job_class=10))
    copy.receive(copy.person("siti", *moved, version=3, changed_from=date(2026, 3, 1), changes=changes))
    assert copy.people[-1] == TimelineChange(who("siti"), date(2026, 3, 1), MAY, is_new=False)


def test_a_timeline_that_is_only_cut_otherwise_is_written_and_reported_to_nobody(copy):
    copy.receive(copy.person("siti"), copy.unit("kinerja"))
    copy.receive(
        copy.person("siti", from_day(), from_day(MAY), version=2),
        copy.unit("kinerja", unit_from(), unit_from(MAY), version=2),
    )
    assert [first for first, _, _ in stretches(copy)] == [START, MAY]
    assert len(copy.people) == len(copy.units) == 1


def test_a_timeline_that_begins_earlier_or_ends_is_changed_from_there(copy):
    copy.receive(copy.person("siti", from_day(MAY)))
    copy.receive(copy.person("siti", from_day(), version=2))
    assert copy.people[-1].changed_from == START
    ended = copy.person("siti", from_day(), version=3)
    ended["data"]["stretches"][0]["last_day"] = "2026-06-30"
    copy.receive(ended)
    assert copy.people[-1].changed_from == date(2026, 7, 1)


def test_agencies_in_one_batch_are_kept_apart(copy):
    other = Copy(copy.database, f"{copy.agency}-lain")
    copy.receive(copy.person("siti"), other.person("budi"), copy.person("ani"), other.person("siti", version=5))
    assert {row["employee_id"] for row in rows(copy, "directory_person")} == {who("siti"), who("ani")}
    assert {(row["employee_id"], row["version"]) for row in rows(copy, "directory_person", other.agency)} == {
        (who("budi"), 1),
        (who("siti"), 5),
    }
    assert copy.calls == 2


@pytest.mark.parametrize(
    ("stretches", "words"),
    [
        ([], "a timeline has no stretches"),
        ([("2026-01-01", "2026-01-31"), ("2026-02-02", None)], "2026-02-01 was expected"),
        ([("2026-01-01", None), ("2026-02-01", None)], "None was expected"),
        ([("2026-02-01", "2026-01-01")], "before it begins"),
    ],
)
def test_what_is_no_timeline_is_refused_and_hinders_no_other_event(copy, stretches, words):
    wrong = copy.person("budi")
    (stretch,) = wrong["data"]["stretches"]
    wrong["data"]["stretches"] = [
        {**stretch, "first_day": first_day, "last_day": last_day} for first_day, last_day in stretches
    ]
    copy.deliver(copy.person("siti"), wrong, copy.person("ani"))
    assert {row["employee_id"] for row in rows(copy, "directory_person")} == {who("siti"), who("ani")}
    (error,) = copy.deferred()
    assert words in error


def test_another_first_day_of_service_changes_all_days(copy):
    copy.receive(copy.person("siti"))
    copy.people.clear()
    later = copy.person("siti", from_day(), from_day(MAY), version=3)
    copy.receive({**later, "data": {**later["data"], "service_start": "1999-03-01"}})
    copy.receive(copy.person("siti", version=2))
    assert copy.people == [TimelineChange(who("siti"), START, None, is_new=False)]


def statements_of(copy, *envelopes):
    """Return the statements on tables of the directory that a batch takes."""
    found = []

    def note(_connection, _cursor, statement, *_others):
        if "directory_" in statement:
            found.append(statement)

    event.listen(copy.database.engine, "before_cursor_execute", note)
    try:
        copy.receive(*envelopes)
    finally:
        event.remove(copy.database.engine, "before_cursor_execute", note)
    return found


def test_a_batch_takes_as_many_statements_as_one_event(copy):
    copy.receive(*(copy.person(f"pegawai {number}", from_day(), from_day(MAY)) for number in range(30)))
    earlier = date(2026, 3, 1)
    batch = [copy.person(f"pegawai {number}", from_day(), from_day(earlier), version=2) for number in range(30)]
    new = [copy.person(f"pegawai baru {number}") for number in range(20)]
    assert len(statements_of(copy, batch[0])) == 5
    assert len(statements_of(copy, *batch[1:], *new)) == 5
    assert len(statements_of(copy, *(copy.person(f"paling baru {number}") for number in range(20)))) == 4


def test_a_hook_sees_the_whole_batch_written(copy):
    seen = []
    copy.on_people = lambda tx: seen.append(
        tx.session.execute(text("SELECT count(*) FROM directory_unit")).scalar_one()
    )
    copy.receive(copy.person("siti"), copy.unit("kinerja"), copy.unit("umum"))
    assert seen == [2]
