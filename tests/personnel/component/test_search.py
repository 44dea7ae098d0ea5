"""Searching people: words of names as people type them, numbers from either end, and always by an index."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import event

from chassis.bus.contracts import Contracts
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.db.migration_files import migrations_of
from chassis.pagination import PageRequest
from chassis.unit_of_work import UnitOfWork
from personnel.domain.employee_views import ListEmployees
from personnel.persistence.employees import find_cards, list_views
from tests.personnel.builders import API, BUDI, HEAD_OF_BUREAU, SITI, Ministry, employee_row

NAMES = {
    SITI: "Dr. Siti Nurul Rahmania, S.H., M.Hum.",
    BUDI: "M. Ma’ruf Al-Amîn",
    HEAD_OF_BUREAU: "MUHAMMAD Renée O'Neil Siti",
}


@pytest.fixture
def people(ministry: Ministry) -> Ministry:
    ministry.import_units()
    ministry.import_employees(*(employee_row(nip, nama=name) for nip, name in NAMES.items()))
    return ministry


def found(people: Ministry, **query: str) -> set[str]:
    answer = people.hr.get(f"{API}/employees", query_string=query)
    assert answer.status_code == 200, answer.json
    return {one["nip"] for one in answer.json["items"]}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("nurul", {SITI}),
        ("rahm", {SITI}),
        ("rahmania SITI", {SITI}),
        ("siti", {SITI, HEAD_OF_BUREAU}),
        ("siti mu", {HEAD_OF_BUREAU}),
        ("ma'ruf", {BUDI}),
        ("Maruf", {BUDI}),
        ("al-amin", {BUDI}),
        ("amî", {BUDI}),
        ("renee", {HEAD_OF_BUREAU}),
        ("René", {HEAD_OF_BUREAU}),
        ("oneil", {HEAD_OF_BUREAU}),
        ("S.H.", {SITI}),
        ("m", {SITI, BUDI, HEAD_OF_BUREAU}),
        ("mania", set()),
        ("siti amin", set()),
        ("%", set()),
        ("_iti", set()),
        ("1990", set()),
        ("#1990", set()),
    ],
)
def test_people_are_found_by_how_the_words_of_their_names_begin(people: Ministry, typed: str, who: set[str]):
    assert found(people, name=typed) == who


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        (SITI, {SITI}),
        ("19900417 201903 2 005", {SITI}),
        ("19900417", {SITI}),
        ("032005", {SITI}),
        ("201903", set()),
        ("1990", set()),
    ],
)
def test_hr_finds_people_by_a_number_its_first_or_its_last_digits(people: Ministry, typed: str, who: set[str]):
    assert found(people, nip=typed) == who
    assert found(people, nip=typed, name="rahmania") == who


def test_a_colleague_finds_nobody_by_digits_of_a_number(people: Ministry):
    cards = people.client_of(BUDI).get(f"{API}/cards?name=19900417").json["items"]
    assert cards == []


def test_a_new_name_and_a_former_number_lead_to_the_person(people: Ministry):
    person = people.find(SITI)
    where, version = f"{API}/employees/{person['employee_id']}", {"If-Match": "*"}
    assert (
        people.hr.patch(where, json={"name": "Siti Kartini Rahmania", "reason": "ejaan"}, headers=version).status_code
        == 200
    )
    assert (found(people, name="nurul"), found(people, name="kartini")) == (set(), {SITI})
    number = {"value": "199004172019032006", "valid_from": "2026-01-02", "reason": "keliru"}
    answer = people.hr.post(f"{where}/identifiers", json=number, headers=version)
    assert answer.status_code in {200, 201}, answer.json
    assert found(people, nip="032005") == found(people, nip="032006") == {number["value"]}


def test_a_person_with_two_words_that_begin_so_is_listed_once(ministry: Ministry):
    ministry.import_units()
    ministry.import_employees(employee_row(SITI, nama="Siti Sitinurbaya Siti"))
    assert [one["nip"] for one in ministry.hr.get(f"{API}/employees?name=siti").json["items"]] == [SITI]


def test_nobody_of_another_agency_is_found(people: Ministry, service, person):
    outsider = service.client(person("hr_officer", agency_id="instansi-lain"))
    assert outsider.get(f"{API}/employees?name=siti").json["items"] == []
    assert outsider.get(f"{API}/employees?nip={SITI}").json["items"] == []


PEOPLE = 100_000
FILL = """
    INSERT INTO org_unit (id, agency_id, code, name, active, version, created_at, updated_at)
    VALUES ('00000000-0000-0000-0000-000000000001', :agency, '1', 'Unit', true, 1, now(), now());
    INSERT INTO employee (id, agency_id, nip, name, employment_type, status, grade, grade_since, service_start, unit_id,
        position_code, position_title, position_kind, job_class, position_since, revision, contact_version,
        created_at, updated_at)
    SELECT gen_random_uuid(), :agency, (199000000000000000 + i)::text,
        (ARRAY['Muhammad', 'Siti', 'Ahmad', 'Dewi', 'Budi', 'Sri', 'Agus', 'Nur'])[1 + i % 8] || ' '
        || initcap(translate(md5(i::text), '0123456789', 'aeiouaeiou')) || ' '
        || (ARRAY['Rahman', 'Lestari', 'Wijaya', 'Kusuma', 'Putra', 'Hidayat', 'Saputra', 'Santoso'])[1 + i / 8 % 8],
        'PNS', 'ACTIVE', 'III/a', '2020-01-01', '2020-01-01', '00000000-0000-0000-0000-000000000001',
        'A', 'Analis', 'JF', 8, '2020-01-01', 1, 1, now(), now()
    FROM generate_series(1, :people) i;
    INSERT INTO employee_identifier (id, agency_id, employee_id, type, value, valid_from, recorded_at)
    SELECT gen_random_uuid(), agency_id, id, 'NIP', nip, '2020-01-01', now() FROM employee;
"""


@pytest.fixture(scope="module")
def many(databases) -> Iterator[UnitOfWork]:
    """A database of one large agency, reached as the service's role."""
    url = databases.make_migrated("search", migrations_of("personnel"))
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('app.agency_id', 'besar', false)")
        connection.execute(FILL.replace(":agency", "'besar'").replace(":people", str(PEOPLE)))
        connection.execute("ANALYZE")
    database = Database.connect(url, pool_size=1)
    yield UnitOfWork(database, SystemClock(), Contracts(Path("contracts")))
    database.engine.dispose()


def plans_of(work: UnitOfWork, search) -> str:
    """Return the plans of all statements of a search, with what they read."""
    seen: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_others):
        seen.append((statement, parameters))

    with work.transaction("besar") as tx:
        event.listen(work.database.engine, "before_cursor_execute", note)
        try:
            search(tx)
        finally:
            event.remove(work.database.engine, "before_cursor_execute", note)
        connection = tx.session.connection()
        plans = [
            connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters)
            for statement, parameters in seen
        ]
        return "\n".join(row[0] for plan in plans for row in plan)


def searched(**wanted: str):
    return lambda tx: list_views(tx, ListEmployees(PageRequest(limit=50), **wanted), None)


@pytest.mark.parametrize(
    "search",
    [
        searched(name="ba"),
        searched(name="muhammad"),
        searched(name="siti rahman"),
        searched(name=f"siti {uuid4().hex}"),
        searched(nip="199000000000099999"),
        searched(nip="099999"),
        searched(nip="199000000000042"),
        lambda tx: find_cards(tx, "muh", 20),
    ],
)
def test_a_search_reads_an_index_and_no_table_as_a_whole(many: UnitOfWork, search):
    plan = plans_of(many, search)
    assert "pk_search_word" in plan
    assert "Seq Scan on employee" not in plan, plan
    assert "Seq Scan on employee_identifier" not in plan, plan
    assert "Seq Scan on search_word" not in plan, plan
