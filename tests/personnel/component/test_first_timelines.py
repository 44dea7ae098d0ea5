"""A database of a release that published no timelines catches up by itself, whatever is killed, and nobody is told twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis import jobs
from personnel.persistence.employees import lock_employees, lock_reporting_lines
from personnel.use_cases.timelines import publish_all
from tests.personnel.builders import (
    API,
    BUDI,
    EMPLOYEE_COLUMNS,
    HEAD_OF_BUREAU,
    SITI,
    Ministry,
    csv_file,
    four_people,
)
from tests.personnel.component.test_recording import record, timelines


@pytest.fixture
def upgraded(ministry: Ministry) -> Ministry:
    """A ministry as an upgrade leaves it: nobody's timeline is published, and the job is queued."""
    ministry.populate()
    with ministry.service.work.transaction(ministry.agency) as tx:
        tx.session.execute(text("DELETE FROM published_timeline"))
        tx.session.execute(text("DELETE FROM outbox WHERE agency_id = :agency"), {"agency": ministry.agency})
        jobs.start(tx, publish_all.JOB, publish_all.PublishParams(), None, key="")
    return ministry


def told(ministry: Ministry) -> Counter:
    return Counter((one["subject"], one["data"]["version"]) for one in ministry.events("EmployeeTimelineChanged"))


def test_the_operator_sees_how_many_timelines_of_how_many_are_published(upgraded: Ministry, person):
    operator = upgraded.service.client(person("operator"))

    def counted() -> tuple[int, ...]:
        found, cursor = [], ""
        while cursor is not None:
            page = operator.get(f"{API}/publication?limit=200{cursor and f'&cursor={cursor}'}").json
            found, cursor = [*found, *page["items"]], page["next_cursor"]
        (own,) = [one for one in found if one["agency_id"] == upgraded.agency]
        return tuple(own[name] for name in ("people_published", "people", "units_published", "units"))

    assert counted() == (0, 4, 2, 2)
    upgraded.service.run_jobs()
    assert counted() == (4, 4, 2, 2)
    assert upgraded.hr.get(f"{API}/publication").status_code == 403


def test_everybody_is_published_once_though_the_worker_is_killed_in_the_middle(upgraded: Ministry, monkeypatch):
    service = upgraded.service
    monkeypatch.setattr(publish_all, "CHUNK", 1)
    assert service.worker.jobs.run_step(service.work)
    publish = publish_all.publish_timelines

    def publish_and_die(tx, employee_ids, cause):
        publish(tx, employee_ids, cause)
        raise RuntimeError("killed")

    with monkeypatch.context() as killed:
        killed.setattr(publish_all, "publish_timelines", publish_and_die)
        assert service.worker.jobs.run_step(service.work)
    assert len(told(upgraded)) == 1
    with service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE job SET not_before = NULL WHERE agency_id = :a"), {"a": upgraded.agency})

    service.run_jobs()

    assert len(told(upgraded)) == 4
    assert set(told(upgraded).values()) == {1}
    assert {version for _, version in told(upgraded)} == {1}


def test_the_job_run_a_second_time_tells_nobody(upgraded: Ministry):
    upgraded.service.run_jobs()
    with upgraded.service.work.transaction(upgraded.agency) as tx:
        jobs.start(tx, publish_all.JOB, publish_all.PublishParams(), None, key="again")
    upgraded.service.run_jobs()
    assert set(told(upgraded).values()) == {1}
    assert len(told(upgraded)) == 4


def test_whoever_is_changed_before_the_job_comes_to_them_is_published_whole_at_once(upgraded: Ministry):
    record(upgraded, SITI, "status", status="STUDY_LEAVE", effective_from="2026-01-02")
    (first,) = timelines(upgraded, SITI)
    assert (first["version"], first["changed_from"], len(first["stretches"])) == (1, "2023-01-02", 2)
    upgraded.service.run_jobs()
    assert len(timelines(upgraded, SITI)) == 1
    assert [len(timelines(upgraded, nip)) for nip in (BUDI, HEAD_OF_BUREAU)] == [1, 1]


def test_recordings_at_once_and_the_job_beside_them_publish_every_version_once(upgraded: Ministry):
    days = [f"2026-02-{number:02d}" for number in range(1, 9)]
    grades = ["III/a", "III/b", "III/c", "III/d"] * 2
    bodies = [{"grade": grade, "effective_from": day, "reason": "SK"} for grade, day in zip(grades, days, strict=True)]
    siti = upgraded.find(SITI)["employee_id"]

    def record_grade(body):
        address = f"{API}/employees/{siti}/grade"
        return upgraded.hr.post(address, json=body, headers={"If-Match": "*"}).status_code

    with ThreadPoolExecutor(4) as pool:
        job = pool.submit(upgraded.service.run_jobs)
        assert set(pool.map(record_grade, bodies)) == {201}
        job.result()

    versions = [one["version"] for one in timelines(upgraded, SITI)]
    assert versions == list(range(1, len(versions) + 1))
    last = timelines(upgraded, SITI)[-1]["stretches"]
    assert [(one["first_day"], one["grade"]) for one in last[1:]] == list(zip(days, grades, strict=True))
    assert len(told(upgraded)) == len(versions) + 3


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        (
            (
                "INSERT INTO position_record (agency_id, employee_id, unit_id, position_code, position_title, position_kind, "
                "position_level, job_class, effective_from, recorded_on, recorded_at, recorded_by, source, reason, replaces_later) "
                "SELECT agency_id, employee_id, unit_id, position_code, position_title, position_kind, position_level, 10, "
                "'2026-01-02', '2026-01-02', recorded_at, recorded_by, 'MOVE', 'SK', false FROM position_record "
                "WHERE employee_id = :id"
            ),
            ("job_class", 10),
        ),
        (
            (
                "INSERT INTO superior_record (agency_id, employee_id, superior_id, effective_from, recorded_on, recorded_at, "
                "source, replaces_later) SELECT agency_id, employee_id, NULL, '2026-01-02', '2026-01-02', recorded_at, "
                "'CORRECTION', true FROM superior_record WHERE employee_id = :id"
            ),
            ("superior_id", None),
        ),
        (
            (
                "INSERT INTO employment_record (agency_id, employee_id, employment_type, status, grade, grade_since, "
                "service_start, effective_from, recorded_at, source) SELECT agency_id, id, employment_type, 'RETIRED', grade, "
                "grade_since, service_start, '2026-01-02', '2026-01-02T03:00:00Z', 'HAND' FROM employee WHERE id = :id"
            ),
            ("status", "RETIRED"),
        ),
    ],
)
def test_what_the_former_release_records_after_the_job_has_passed_is_published(upgraded: Ministry, statement, value):
    upgraded.service.run_jobs()
    siti = upgraded.find(SITI)["employee_id"]
    with upgraded.service.work.transaction(upgraded.agency) as tx:
        tx.session.execute(text(statement), {"id": siti})
    upgraded.service.run_jobs()
    name, expected = value
    first, then = timelines(upgraded, SITI)
    assert (then["version"], then["changed_from"]) == (2, "2026-01-02")
    assert then["stretches"][-1][name] == expected != first["stretches"][-1][name]
    assert len(told(upgraded)) == 5


@pytest.mark.parametrize("what", ["publish", "import"])
def test_a_job_and_a_recording_lock_people_in_turn_and_never_wait_for_each_other(upgraded: Ministry, what):
    work = upgraded.service.work
    everybody = sorted(UUID(upgraded.find(nip)["employee_id"]) for nip in (SITI, BUDI, HEAD_OF_BUREAU))
    if what == "import":
        upgraded.service.run_jobs()
        rows = [{**row, "kelas_jabatan": "7"} for row in four_people()]
        assert upgraded.upload("employees", csv_file(rows, EMPLOYEE_COLUMNS)).status_code == 202
        assert upgraded.service.worker.jobs.run_step(work)
    waiting = text("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
    with ThreadPoolExecutor(1) as pool:
        with work.transaction(upgraded.agency) as tx:
            lock_reporting_lines(tx)
            lock_employees(tx, everybody[-1:])
            job = pool.submit(upgraded.service.run_jobs)
            deadline = monotonic() + 30
            while not tx.session.execute(waiting).scalar_one():
                assert monotonic() < deadline
            assert list(lock_employees(tx, everybody[:1])) == everybody[:1]
        job.result()
    assert len(told(upgraded)) == (4 if what == "publish" else 8)


def test_a_chunk_of_an_import_costs_the_same_number_of_statements_however_many_people_it_has(ministry: Ministry):
    from sqlalchemy import event

    from personnel.domain.records import Cause
    from personnel.use_cases.timelines.publish import publish_timelines

    ministry.populate()
    everybody = [UUID(ministry.find(nip)["employee_id"]) for nip in (SITI, BUDI, HEAD_OF_BUREAU)]
    engine, counted = ministry.service.work.database.engine, []
    event.listen(engine, "before_cursor_execute", lambda *given: counted.append(given[2]))

    def statements(people):
        with ministry.service.work.transaction(ministry.agency) as tx:
            tx.session.execute(text("DELETE FROM published_timeline"))
            counted.clear()
            assert len(publish_timelines(tx, people, Cause.CHANGE)) == len(people)
            return len(counted)

    assert statements(everybody[:1]) == statements(everybody) == 8
