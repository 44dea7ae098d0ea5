"""What a job of an import stores between its steps, and what is remembered of a file, which later versions must read."""

from sqlalchemy import text

from tests.personnel.builders import (
    EMPLOYEE_COLUMNS,
    HEAD_OF_BUREAU,
    HEAD_OF_SUBDIVISION,
    SITI,
    Ministry,
    csv_file,
    four_people,
    unit_row,
)

JOB = "SELECT cursor, result FROM job WHERE id = :id"
COUNTS = {"rows": 4, "created": 4, "updated": 0, "unchanged": 0, "refused": 0, "ignored_columns": ["warna"]}
ALL = COUNTS | {"superiors_changed": 3, "superiors_refused": 0, "leaders_waiting": 0}


def test_the_cursor_and_the_result_of_each_step(ministry: Ministry, service, monkeypatch):
    monkeypatch.setattr("personnel.use_cases.imports.import_employees.CHUNK", 4)
    ministry.import_units()
    content = csv_file([{**row, "warna": "biru"} for row in four_people()], [*EMPLOYEE_COLUMNS, "warna"])
    job_id = ministry.upload("employees", content).json["job_id"]
    cursors, results = [], []
    while service.worker.jobs.run_step(service.work):
        with service.work.transaction(ministry.agency) as tx:
            row = tx.session.execute(text(JOB), {"id": job_id}).one()
        cursors.append(row.cursor)
        results.append(row.result)

    last_published = max(ministry.find(one["nip"])["employee_id"] for one in four_people())
    assert results == [
        COUNTS | {"phase": "rows", "created": 0, "superiors_refused": 0},
        COUNTS | {"phase": "rows", "superiors_refused": 0},
        COUNTS | {"phase": "superiors", "superiors_refused": 0},
        COUNTS | {"phase": "leaders", "superiors_changed": 3, "superiors_refused": 0},
        ALL | {"phase": "publish", "timelines_published": 0},
        ALL | {"phase": "publish", "timelines_published": 4},
        ALL | {"phase": "done", "timelines_published": 4},
    ]
    places = [
        ("rows", 0),
        ("rows", 5),
        ("superiors", None),
        ("leaders", 0),
        ("publish", 0),
        ("publish", last_published),
    ]
    steps = zip(places, results[:-1], strict=True)
    assert cursors == [*({"phase": phase, "after": after, "result": now} for (phase, after), now in steps), {}]


def test_what_is_remembered_of_a_file(ministry: Ministry, service):
    ministry.import_units(unit_row("01", nip_pimpinan=HEAD_OF_BUREAU), unit_row("01.01", "99"))
    ministry.import_employees(*four_people())
    with service.work.transaction(ministry.agency) as tx:
        units = dict(tx.session.execute(text("SELECT code, imported FROM org_unit")).all())
        siti = tx.session.execute(text("SELECT imported FROM employee WHERE nip = :nip"), {"nip": SITI}).scalar_one()
    assert units == {
        "01": {"name": "Unit 01", "leader": HEAD_OF_BUREAU, "active": True, "parent": None},
        "01.01": {"name": "Unit 01.01", "leader": None, "active": True},
    }
    assert siti.pop("position")  # of a unit's id, which is another one each time
    assert siti == {
        "contact": "156b933de90a79a0f9",
        "employment": "e95d28312ac1522bf6",
        "superior": HEAD_OF_SUBDIVISION,
    }
