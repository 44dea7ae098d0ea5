"""Databases that the previous release made, with data in them, go on to the tables of this release and lose nothing."""

import shutil
from collections import Counter

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.db.schema_version import is_behind
from suar_operator.services import OWNERS
from suar_runner.plan import component_of
from tests.upgrade.catalog import schema_of
from tests.upgrade.make_previous import PREVIOUS

TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
COLUMNS = (
    "SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute "
    "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
)
CONTENT = "SELECT row::text, count(*) FROM (SELECT {columns} FROM {table}) AS row GROUP BY row::text"
# What is known of the ministry that the previous release has led through a year: a statement and its answer. A service
# that is younger than the release has no database of it.
KNOWN = {
    "identity": ("SELECT count(*) FROM account WHERE username = 'operator@suar.example'", 1),
    "personnel": ("SELECT name FROM agency", "Kementerian Contoh"),
    "appraisal": ("SELECT count(*) FROM plan WHERE year = 2026", 97),
    "training": ("SELECT sum(jp) > 0 FROM jp_ledger", True),
    "incentive": ("SELECT count(*) FROM tukin_policy WHERE written_by IS NOT NULL AND state = 'PUBLISHED'", 1),
    "wellbeing": ("SELECT count(*) FROM survey WHERE state = 'PUBLISHED'", 1),
    "notification": ("SELECT count(*) > 0 FROM messages WHERE shown", True),
}
# Tables to which an upgrade adds rows: personnel's worker publishes the timelines of those who are there, appraisal's which
# follow-ups have ended; training has two rules more.
GROWS = {"personnel": {"job"}, "appraisal": {"job"}, "training": {"rule_value"}}
# Each person's state of today beside the records that hold today, one series each.
TODAY = """
    SELECT e.id FROM employee e WHERE (e.{value}) IS DISTINCT FROM (
        SELECT (r.{value}) FROM {table} r WHERE r.employee_id = e.id AND NOT EXISTS (
            SELECT 1 FROM {table} later WHERE later.employee_id = r.employee_id AND later.id > r.id
            AND later.effective_from <= r.effective_from
            AND (later.replaces_later OR later.effective_from = r.effective_from)
        ) ORDER BY r.effective_from DESC LIMIT 1
    )
"""
SERIES = {"status_record": "status", "employment_type_record": "employment_type", "grade_record": "grade"}
# Each unit as its row says, beside the stretch that holds today.
UNITS = """
    SELECT u.id FROM org_unit u LEFT JOIN org_unit_stretch s ON s.unit_id = u.id AND s.last_day IS NULL
    WHERE (u.code, u.name, u.parent_id, u.leader_id, u.active)
        IS DISTINCT FROM (s.code, s.name, s.parent_id, s.leader_id, s.active)
"""


def columns_of(connection):
    """{table: its columns} but for the tables that count versions."""
    tables = {row[0] for row in connection.execute(TABLES)} - {"alembic_version", "schema_version"}
    return {table: connection.execute(COLUMNS, [f'"{table}"']).fetchone()[0] for table in tables}


def contents_of(connection, columns):
    """{table: its rows as text, counted} over the given columns."""
    contents = {}
    for table, names in columns.items():
        fields = sql.SQL(", ").join(map(sql.Identifier, names))
        query = sql.SQL(CONTENT).format(columns=fields, table=sql.Identifier(table))
        contents[table] = Counter(dict(connection.execute(query).fetchall()))
    return contents


def test_every_database_of_the_previous_release_is_there():
    assert {path.name for path in PREVIOUS.glob("*.gz")} == {f"{owner}.sql.gz" for owner in KNOWN}
    assert set(KNOWN) <= set(OWNERS)


@pytest.mark.parametrize("owner", KNOWN)
def test_an_upgraded_database_has_the_tables_of_a_new_one(owner, previous, make_database):
    migrations = migrations_of(component_of(owner))
    old, new = previous(owner), make_database(f"new_{owner}")
    assert is_behind(old, component_of(owner))
    for url in (old, new):
        upgrade(url, migrations)
        assert not is_behind(url, component_of(owner))
    with psycopg.connect(old) as upgraded, psycopg.connect(new) as made:
        assert schema_of(upgraded) == schema_of(made)
        versions = "SELECT part, version, name FROM schema_version ORDER BY part, version"
        assert upgraded.execute(versions).fetchall() == made.execute(versions).fetchall()


@pytest.mark.parametrize("owner", KNOWN)
def test_an_upgrade_loses_no_row_and_changes_no_value(owner, previous, read_all):
    url = previous(owner)
    with read_all(url) as connection:
        columns = columns_of(connection)
        before = contents_of(connection, columns)
        upgrade(url, migrations_of(component_of(owner)))
        after = contents_of(connection, columns)
        assert {table: rows - after[table] for table, rows in before.items() if rows - after[table]} == {}
        grown = {table for table, rows in after.items() if rows != before[table]}
        assert grown <= GROWS.get(owner, set())
        assert sum(rows.total() for rows in before.values()) > 100
        question, answer = KNOWN[owner]
        assert connection.execute(question).fetchone() == (answer,)


@pytest.mark.parametrize("owner", ["appraisal", "training", "incentive", "wellbeing", "notification"])
def test_the_agencies_are_taken_over_into_the_directory(owner, previous, read_all):
    url = previous(owner)
    upgrade(url, migrations_of(owner))
    former = "agencies" if owner == "notification" else "agency"
    with read_all(url) as connection:
        taken = connection.execute("SELECT agency_id, name, time_zone, version FROM directory_agency").fetchall()
        assert taken == connection.execute(f"SELECT agency_id, name, time_zone, 0 FROM {former}").fetchall()
        assert taken


def test_upgrading_again_changes_nothing(previous):
    url = previous("wellbeing")
    upgrade(url, migrations_of("wellbeing"))
    with psycopg.connect(url) as connection:
        before = connection.execute("SELECT * FROM schema_version ORDER BY part, version").fetchall()
        connection.commit()
        upgrade(url, migrations_of("wellbeing"))
        assert connection.execute("SELECT * FROM schema_version ORDER BY part, version").fetchall() == before


@pytest.mark.parametrize("table", SERIES)
def test_the_states_of_employment_become_series_and_everybody_stands_as_before(table, previous, read_all):
    url = previous("personnel")
    upgrade(url, migrations_of("personnel"))
    with read_all(url) as connection:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= 97
        assert connection.execute(TODAY.format(table=table, value=SERIES[table])).fetchall() == []
        zoned = f"SELECT count(*) FROM {table} WHERE recorded_on <> (recorded_at AT TIME ZONE 'Asia/Jakarta')::date"
        assert connection.execute(zoned).fetchone() == (0,)


def test_the_worker_is_asked_to_publish_the_timelines_of_those_who_are_there(previous, read_all):
    url = previous("personnel")
    upgrade(url, migrations_of("personnel"))
    with read_all(url) as connection:
        asked = "SELECT j.status FROM job j JOIN agency a USING (agency_id) WHERE j.kind = 'publish_timelines'"
        assert connection.execute(asked).fetchall() == [("QUEUED",)]


# What a life looks like in the table of the former release: each row the whole state, as it was recorded one after the other.
STATES = [
    ("CPNS", "ACTIVE", "III/a", "2022-04-01", "2022-04-01", "2026-01-02T01:00:00Z"),
    ("CPNS", "STUDY_LEAVE", "III/a", "2022-04-01", "2026-02-01", "2026-02-28T18:00:00Z"),
    ("PNS", "STUDY_LEAVE", "III/b", "2026-01-15", "2026-01-15", "2026-03-10T01:00:00Z"),
    ("PNS", "ACTIVE", "III/b", "2026-01-15", "2026-04-01", "2026-04-01T01:00:00Z"),
]


def record_states(connection, person, states):
    """Record states of employment as the former release does."""
    for state in states:
        connection.execute(
            "INSERT INTO employment_record (agency_id, employee_id, employment_type, status, grade, grade_since, "
            "service_start, effective_from, recorded_at, source) SELECT agency_id, id, %s, %s, %s, %s, service_start, "
            "%s, %s, 'HAND' FROM employee WHERE id = %s",
            [*state, person],
        )


@pytest.mark.parametrize("before_upgrade", range(len(STATES) + 1))
def test_each_series_gets_its_own_changes_out_of_the_states_of_a_life(previous, read_all, before_upgrade):
    """Some are recorded before the upgrade, the others after it by a process of the former release that still runs."""
    url = previous("personnel")
    with read_all(url) as connection:
        (person,) = connection.execute("SELECT id FROM employee ORDER BY id LIMIT 1").fetchone()
        connection.execute("DELETE FROM employment_record WHERE employee_id = %s", [person])
        record_states(connection, person, STATES[:before_upgrade])
        upgrade(url, migrations_of("personnel"))
        record_states(connection, person, STATES[before_upgrade:])
        found = {
            value: connection.execute(
                f"SELECT {value}, effective_from::text, recorded_on::text FROM {table} WHERE employee_id = %s ORDER BY id",
                [person],
            ).fetchall()
            for table, value in SERIES.items()
        }
    assert found == {
        "status": [
            ("ACTIVE", "2022-04-01", "2026-01-02"),
            ("STUDY_LEAVE", "2026-02-01", "2026-03-01"),
            ("ACTIVE", "2026-04-01", "2026-04-01"),
        ],
        "employment_type": [("CPNS", "2022-04-01", "2026-01-02"), ("PNS", "2026-01-15", "2026-03-10")],
        "grade": [("III/a", "2022-04-01", "2026-01-02"), ("III/b", "2026-01-15", "2026-03-10")],
    }


def test_the_versions_of_a_unit_become_series_and_every_unit_stands_as_before(previous, read_all):
    url = previous("personnel")
    with read_all(url) as connection:
        unit = connection.execute("SELECT unit_id FROM org_unit_record ORDER BY unit_id LIMIT 1").fetchone()[0]
        # renamed in March, and twice on one day in May: the second time back to the name of March
        for version, name, day in ((2, "Baru", "2027-03-01"), (3, "Keliru", "2027-05-04"), (4, "Baru", "2027-05-04")):
            connection.execute(
                "INSERT INTO org_unit_record SELECT unit_id, %s, agency_id, code, %s, parent_id, leader_id, active, "
                "%s, recorded_at, recorded_by, source FROM org_unit_record WHERE unit_id = %s AND version = 1",
                (version, name, day, unit),
            )
        connection.execute("UPDATE org_unit SET name = 'Baru', version = 4 WHERE id = %s", (unit,))
    upgrade(url, migrations_of("personnel"))
    with read_all(url) as connection:
        assert connection.execute(UNITS).fetchall() == []
        query = "SELECT {} FROM {} WHERE unit_id = %s ORDER BY 1"
        days = connection.execute(query.format("first_day::text", "org_unit_stretch"), (unit,)).fetchall()
        assert [day for (day,) in days][1:] == ["2027-03-01"]
        names = connection.execute(query.format("id, name", "unit_record"), (unit,)).fetchall()
        assert [name for _, name in names if name][1:] == ["Baru", "Keliru", "Baru"]


def test_the_worker_is_asked_to_publish_the_timelines_of_the_units_that_are_there(previous, read_all):
    url = previous("personnel")
    upgrade(url, migrations_of("personnel"))
    with read_all(url) as connection:
        asked = "SELECT j.status FROM job j JOIN agency a USING (agency_id) WHERE j.kind = 'publish_unit_timelines'"
        assert connection.execute(asked).fetchall() == [("QUEUED",)]


@pytest.mark.parametrize("owner", ["notification", "training", "wellbeing"])
def test_the_agencies_are_known_to_the_directory_and_any_event_is_newer(owner, previous, read_all):
    url = previous(owner)
    upgrade(url, migrations_of(owner))
    with read_all(url) as connection:
        taken_over = connection.execute("SELECT agency_id, name, time_zone, version FROM directory_agency").fetchall()
        table = "agencies" if owner == "notification" else "agency"
        known = connection.execute(f"SELECT agency_id, name, time_zone, 0 FROM {table}").fetchall()
    assert sorted(taken_over) == sorted(known)
    assert known


def test_who_takes_an_event_that_is_retired_keeps_grant_and_subscription_and_is_to_be_notified(previous, read_all):
    url = previous("notification")
    with read_all(url) as connection:
        for agency, types in (("kemcontoh", ["personnel.OrgUnitChanged.v1"]), ("lain", ["appraisal.PlanActivated.v1"])):
            connection.execute(
                "INSERT INTO grants (grant_id, agency_id, client_id, subscriber_name, event_types, channels, legal_basis, "
                "granted_by, granted_at) SELECT gen_random_uuid(), %s, gen_random_uuid(), 'BKC', %s, '[\"FEED\"]', '-', "
                "gen_random_uuid(), clock_timestamp()",
                (agency, Jsonb(types)),
            )
        granted = connection.execute("SELECT * FROM grants ORDER BY grant_id").fetchall()
    upgrade(url, migrations_of("notification"))
    with read_all(url) as connection:
        assert connection.execute("SELECT * FROM grants ORDER BY grant_id").fetchall() == granted
        asked = "SELECT agency_id, status, params FROM job WHERE kind = 'announce_ending_types'"
        retired = [f"personnel.{name}.v1" for name in ("AssignmentChanged", "EmployeeChanged", "OrgUnitChanged")]
        assert connection.execute(asked).fetchall() == [("kemcontoh", "QUEUED", {"event_types": retired})]


def test_nobody_is_told_again_of_a_superior_who_was_told_of_before(previous, read_all):
    url = previous("notification")
    upgrade(url, migrations_of("notification"))
    with read_all(url) as connection:
        told = connection.execute("SELECT employee_id, superior_id FROM notified_superiors").fetchall()
        known = connection.execute("SELECT employee_id, appraiser_id FROM superiors").fetchall()
    assert sorted(told) == sorted(known)
    assert len(known) > 90


def wellbeing_before(number, folder):
    """The migrations of wellbeing that came before one."""
    earlier = folder / "migrations"
    earlier.mkdir()
    for path in migrations_of("wellbeing").glob("*.sql"):
        if int(path.name[:4]) < number:
            shutil.copy(path, earlier)
    return earlier


def test_wellbeing_empties_the_grades_and_classes_that_it_has_kept(make_database, read_all, tmp_path):
    url = make_database("classes")
    upgrade(url, wellbeing_before(5, tmp_path))
    with read_all(url) as connection:
        connection.execute(
            "INSERT INTO directory_stretch (agency_id, employee_id, first_day, unit_id, position_code, position_kind, job_class, "
            "employment_type, status, grade, grade_since) VALUES ('a', gen_random_uuid(), '2026-01-01', gen_random_uuid(), 'X', "
            "'JF', 8, 'PNS', 'ACTIVE', 'III/b', '2022-04-01')"
        )
        upgrade(url, migrations_of("wellbeing"))
        kept = connection.execute("SELECT grade, job_class, grade_since::text FROM directory_stretch").fetchall()
        assert kept == [("", 0, "0001-01-01")]


def test_of_reports_without_a_name_only_the_day_is_left_and_they_stay_shown(make_database, read_all, tmp_path):
    url = make_database("reports")
    upgrade(url, wellbeing_before(6, tmp_path))
    with read_all(url) as connection:
        for anonymous in (True, False):
            connection.execute(
                "WITH made AS (INSERT INTO ticket (ticket_id, agency_id, kind, category, danger, place, description, anonymous, "
                "state, received_at, due_at, due_rule, version) VALUES (gen_random_uuid(), 'a', 'PERSONAL', 'VERBAL', false, '', "
                "'x', %s, 'RECEIVED', '2026-08-10T02:00:00Z', '2026-08-13T17:00:00Z', 'x', 1) RETURNING ticket_id) "
                "INSERT INTO ticket_entry (entry_id, agency_id, ticket_id, at, action, state, note) "
                "SELECT gen_random_uuid(), 'a', ticket_id, '2026-08-10T02:00:00Z', 'RECEIVED', 'RECEIVED', '' FROM made",
                [anonymous],
            )
        for message in ("1", "2"):
            connection.execute(
                "INSERT INTO ticket_message (message_id, agency_id, ticket_id, written_on, from_reporter, text) "
                "SELECT gen_random_uuid(), 'a', ticket_id, '2026-08-10', true, %s FROM ticket",
                [message],
            )
        upgrade(url, migrations_of("wellbeing"))
        kept = connection.execute(
            "SELECT anonymous, received_at = at, (received_at AT TIME ZONE 'UTC')::text, released "
            "FROM ticket LEFT JOIN ticket_entry USING (ticket_id) ORDER BY anonymous"
        ).fetchall()
        assert kept == [(False, True, "2026-08-10 02:00:00", True), (True, None, "2026-08-09 17:00:00", True)]
        numbers = "SELECT text, number FROM ticket_message JOIN ticket USING (ticket_id) ORDER BY anonymous, text"
        assert connection.execute(numbers).fetchall() == [("1", 1), ("2", 2), ("1", 1), ("2", 2)]
