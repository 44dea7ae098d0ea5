"""Good rows come in, bad rows are listed, and the same file again changes nothing."""

import pytest

from tests.personnel.builders import (
    API,
    BUDI,
    EMPLOYEE_COLUMNS,
    HEAD_OF_BUREAU,
    HEAD_OF_SUBDIVISION,
    SITI,
    Ministry,
    csv_file,
    employee_row,
    four_people,
    unit_row,
)


def test_superiors_may_stand_in_any_order_and_the_reviewer_is_the_superiors_superior(ministry: Ministry):
    ministry.import_units()
    job = ministry.import_employees(*four_people())

    assert job["found"] == []
    assert job["result"]["created"] == 4
    assert job["processed"] == job["total"] == 4
    siti = ministry.find(SITI)
    assert siti["appraiser_id"] == ministry.find(HEAD_OF_SUBDIVISION)["employee_id"]
    assert siti["reviewer_id"] == ministry.find(HEAD_OF_BUREAU)["employee_id"]
    assert siti["appraiser"]["unit_name"] == "Unit 01.01"


def test_each_person_is_published_once_with_the_superior(ministry: Ministry):
    ministry.populate()

    published = {one["subject"]: one["data"] for one in ministry.events("EmployeeTimelineChanged")}
    siti = ministry.find(SITI)
    (stretch,) = published[siti["employee_id"]]["stretches"]
    assert (stretch["superior_id"], stretch["first_day"]) == (siti["appraiser_id"], "2023-01-02")
    for name in ("EmployeeTimelineChanged", "AssignmentChanged", "EmployeeChanged", "EmployeeContactChanged"):
        assert len({one["subject"] for one in ministry.events(name)}) == len(ministry.events(name)) == 4


def test_the_same_file_again_changes_nothing(ministry: Ministry):
    ministry.populate()
    before, siti = ministry.events(), ministry.find(SITI)

    job = ministry.import_employees(*four_people())

    assert job["result"] | {"created": 0, "updated": 0, "unchanged": 4, "superiors_changed": 0} == job["result"]
    assert ministry.events() == before
    assert ministry.find(SITI) == siti
    history = ministry.hr.get(f"{API}/employees/{siti['employee_id']}/history").json
    parts = ("positions", "superiors", "statuses", "employment_types", "grades", "identifiers")
    assert [len(history[part]) for part in parts] == [1, 1, 1, 1, 1, 1]


def test_the_same_file_after_a_correction_by_hand_does_not_undo_it(ministry: Ministry):
    ministry.populate()
    siti, chief = ministry.find(SITI), ministry.find(HEAD_OF_BUREAU)
    body = {"superior_id": chief["employee_id"], "effective_from": "2026-01-01", "reason": "SK 1/2026"}
    answer = ministry.hr.put(
        f"{API}/employees/{siti['employee_id']}/superior", json=body, headers={"If-Match": f'"{siti["version"]}"'}
    )
    assert answer.status_code == 200, answer.text

    ministry.import_employees(*four_people())

    assert ministry.find(SITI)["appraiser_id"] == chief["employee_id"]


def test_a_changed_cell_is_taken_over_and_published(ministry: Ministry):
    ministry.populate()
    rows = four_people()
    rows[0] |= {"golongan": "III/c", "tmt_golongan": "2026-01-01", "email": "siti@baru.example"}
    before = len(ministry.events())

    job = ministry.import_employees(*rows)

    assert (job["result"]["updated"], job["result"]["unchanged"]) == (1, 3)
    news = ministry.events()[before:]
    assert [(one["type"], one["sequence"]) for one in news] == [
        ("EmployeeContactChanged", 5),
        ("EmployeeTimelineChanged", 6),
        ("EmployeeChanged", 7),
    ]
    assert news[1]["data"]["stretches"][-1]["grade"] == "III/c"
    assert (news[2]["data"]["series"], news[2]["data"]["version"]) == (["GRADE"], 2)
    history = ministry.hr.get(f"{API}/employees/{ministry.find(SITI)['employee_id']}/history").json
    assert [one["effective_from"] for one in history["grades"]] == ["2022-04-01", "2026-01-01"]
    assert [one["effective_from"] for one in history["statuses"]] == ["2023-01-02"]


def test_a_new_superior_in_the_file_is_the_reviewer_of_those_below(ministry: Ministry):
    ministry.populate()
    rows = four_people()
    rows[2]["nip_atasan"] = ""
    before = len(ministry.events())

    ministry.import_employees(*rows)

    news = ministry.events()[before:]
    assert {one["subject"] for one in news} == {ministry.find(HEAD_OF_SUBDIVISION)["employee_id"]}
    assert [(one["type"], one["data"]["changed_from"]) for one in news] == [
        ("EmployeeTimelineChanged", "2026-01-02"),
        ("AssignmentChanged", "2026-01-02"),
    ]
    assert [ministry.find(nip)["reviewer_id"] for nip in (SITI, BUDI)] == [None, None]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"nip": "19900417201903200"}, "nip", "nip_not_18_digits"),
        ({"nip": "199013172019032005"}, "nip", "nip_birth_date_wrong"),
        ({"nip": "1.99004E+17"}, "nip", "nip_saved_as_number"),
        ({"nip": ""}, "nip", "nip_missing"),
        ({"nama": ""}, "nama", "cell_missing"),
        ({"kode_unit": "99"}, "kode_unit", "unit_unknown"),
        ({"golongan": "V/a"}, "golongan", "grade_unknown"),
        ({"kelas_jabatan": "18"}, "kelas_jabatan", "job_class_unknown"),
        ({"jenis_jabatan": "RAJA"}, "jenis_jabatan", "jenis_jabatan_unknown"),
        ({"jenjang": ""}, "jenjang", "level_missing"),
        ({"jenis_kepegawaian": "HONORER"}, "jenis_kepegawaian", "jenis_kepegawaian_unknown"),
        ({"status": "ENTAH"}, "status", "status_unknown"),
        ({"tmt_jabatan": "2019-02-30"}, "tmt_jabatan", "date_wrong"),
        ({"tmt_cpns": "Januari 2020"}, "tmt_cpns", "date_wrong"),
        ({"tmt_golongan": "2026-02-01"}, "tmt_golongan", "date_in_future"),
        ({"instansi": "kemlain"}, "instansi", "row_of_other_agency"),
    ],
)
def test_a_bad_row_stays_out_and_says_what_would_be_right(ministry: Ministry, cells, column, code):
    ministry.import_units()
    job = ministry.import_employees(employee_row(**cells), employee_row(BUDI, jenis_kepegawaian="PPPK", golongan="IX"))

    assert [(one["row"], one["column"], one["code"]) for one in job["found"]] == [(2, column, code)]
    assert job["found"][0]["value"] == cells.get(column, job["found"][0]["value"])
    assert job["found"][0]["expected"]
    assert (job["result"]["created"], job["result"]["refused"]) == (1, 1)


@pytest.mark.parametrize(
    ("superior", "code"),
    [
        ("197505052001041001", "superior_unknown"),
        ("123", "superior_nip_wrong"),
        (SITI, "superior_is_self"),
    ],
)
def test_a_bad_superior_keeps_only_the_link_out(ministry: Ministry, superior, code):
    ministry.import_units()
    job = ministry.import_employees(employee_row(SITI, nip_atasan=superior))

    assert [(one["row"], one["column"], one["value"], one["code"]) for one in job["found"]] == [
        (2, "nip_atasan", superior, code)
    ]
    assert "tetap diimpor" in job["found"][0]["expected"]
    assert job["result"]["superiors_refused"] == 1
    assert ministry.find(SITI)["appraiser_id"] is None
    assert len(ministry.events("AssignmentChanged")) == 1


def test_a_superior_of_another_agency_is_distinguished_from_an_unknown_one(ministry: Ministry, service, person):
    elsewhere = Ministry(
        service, f"{ministry.agency}-lain", lambda *r, **o: person(*r, **{"agency_id": f"{ministry.agency}-lain", **o})
    ).register()
    elsewhere.import_units()
    elsewhere.import_employees(employee_row("196902021994031007"))
    ministry.import_units()

    job = ministry.import_employees(
        employee_row(SITI, nip_atasan="196902021994031007"),
        employee_row(BUDI, jenis_kepegawaian="PPPK", golongan="IX", nip_atasan="196805051993021003"),
        employee_row("196805051993021003", instansi="kemlain"),
    )

    assert [(one["row"], one["code"]) for one in job["found"]] == [
        (4, "row_of_other_agency"),
        (2, "superior_outside_agency"),
        (3, "superior_outside_agency"),
    ]


def test_a_refused_superior_is_put_right_by_a_later_file(ministry: Ministry):
    ministry.import_units()
    ministry.import_employees(employee_row(SITI, nip_atasan=HEAD_OF_SUBDIVISION))
    again = ministry.import_employees(employee_row(SITI, nip_atasan=HEAD_OF_SUBDIVISION))
    assert (again["result"]["unchanged"], again["result"]["superiors_refused"]) == (1, 1)

    ministry.import_employees(*four_people())

    assert ministry.find(SITI)["appraiser_id"] == ministry.find(HEAD_OF_SUBDIVISION)["employee_id"]


def test_a_second_row_of_the_same_person_is_refused_and_names_the_first(ministry: Ministry):
    ministry.import_units()
    job = ministry.import_employees(employee_row(), employee_row(nip="19900417 201903 2 005", nama="Lain"))

    assert [(one["row"], one["code"]) for one in job["found"]] == [(3, "duplicate_row")]
    assert "baris 2" in job["found"][0]["expected"]
    assert job["result"]["created"] == 1


def test_a_cycle_of_superiors_is_broken_at_its_least_believable_link(ministry: Ministry):
    ministry.import_units()
    rows = four_people()
    rows[3]["nip_atasan"] = SITI  # the head of bureau under an analyst

    job = ministry.import_employees(*rows)

    assert [(one["row"], one["value"], one["code"]) for one in job["found"]] == [(5, SITI, "superior_cycle")]
    assert ministry.find(HEAD_OF_BUREAU)["appraiser_id"] is None
    assert ministry.find(SITI)["reviewer_id"] == ministry.find(HEAD_OF_BUREAU)["employee_id"]


@pytest.mark.parametrize(("delimiter", "bom"), [(",", False), (";", True)])
def test_commas_semicolons_and_byte_order_marks_are_all_read(ministry: Ministry, delimiter, bom):
    ministry.import_units()
    job = ministry.import_employees(
        employee_row(tmt_jabatan="02-01-2023", golongan="III/B"), delimiter=delimiter, bom=bom
    )
    assert job["found"] == []
    assert ministry.find(SITI)["position_since"] == "2023-01-02"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "import_file_empty"),
        (b"nip,nama\n", 422, "import_columns_missing"),
        (csv_file([], EMPLOYEE_COLUMNS), 422, "import_file_empty"),
        (
            csv_file([employee_row(nama="X")], EMPLOYEE_COLUMNS).replace(b"X,", b"Jos\xe9,"),
            415,
            "import_wrong_encoding",
        ),
        ("nip,nama".encode("utf-16"), 415, "import_wrong_encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 415, "import_not_spreadsheet"),
        (b"PK\x03\x04broken", 415, "import_not_spreadsheet"),
        (b"halo dunia", 415, "import_not_spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(ministry: Ministry, content, status, code):
    answer = ministry.upload("employees", content)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    if code == "import_columns_missing":
        assert {"field": "kode_unit", "code": "column_missing"}.items() <= answer.json["errors"][0].items()


def test_a_file_for_an_agency_nobody_registered_is_refused(service, agency, person):
    ministry = Ministry(service, agency, person)
    answer = ministry.upload("employees", csv_file([employee_row()], EMPLOYEE_COLUMNS))
    assert (answer.status_code, answer.json["code"]) == (409, "agency_not_registered")


def test_a_second_import_waits_for_the_first(ministry: Ministry):
    content = csv_file([employee_row()], EMPLOYEE_COLUMNS)
    first = ministry.upload("employees", content)
    second = ministry.upload("employees", content)
    assert (second.status_code, second.json["code"]) == (409, "import_running")
    assert second.json["errors"][0]["value"] == first.json["job_id"]
    ministry.service.run_jobs()


def test_every_step_of_an_import_commits_by_itself_with_its_progress(ministry: Ministry, service, monkeypatch):
    monkeypatch.setattr("personnel.use_cases.imports.import_employees.CHUNK", 1)
    ministry.import_units()
    job_id = ministry.upload("employees", csv_file(four_people(), EMPLOYEE_COLUMNS)).json["job_id"]
    seen = []
    while service.worker.jobs.run_step(service.work):
        job = ministry.hr.get(f"{API}/jobs/{job_id}").json
        seen.append((job["status"], job["processed"], job["result"]["phase"]))
    assert [processed for _, processed, _ in seen][:5] == [0, 1, 2, 3, 4]
    assert seen[-1] == ("DONE", 4, "done")
    assert len(ministry.events("AssignmentChanged")) == 4


def test_nothing_of_the_file_stays_behind(ministry: Ministry, service):
    ministry.populate()
    with service.work.transaction(ministry.agency) as tx:
        from sqlalchemy import text

        assert tx.session.execute(text("SELECT count(*) FROM import_row")).scalar_one() == 0
        kept = "SELECT count(*) FROM job WHERE agency_id = :agency AND content IS NOT NULL"
        assert tx.session.execute(text(kept), {"agency": ministry.agency}).scalar_one() == 0


def test_leaders_named_before_they_were_known_are_put_in_charge_when_they_come(ministry: Ministry):
    job = ministry.import_units(unit_row("01", nip_pimpinan=HEAD_OF_BUREAU), unit_row("01.01", "01"))
    assert job["result"]["leaders_waiting"] == 1

    ministry.import_employees(*four_people())

    published = [one["data"] for one in ministry.events("OrgUnitTimelineChanged")]
    stretches = [(one["version"], one["stretches"][-1]) for one in published]
    assert [(version, last["leader_id"]) for version, last in stretches if last["code"] == "01"] == [
        (1, None),
        (2, ministry.find(HEAD_OF_BUREAU)["employee_id"]),
    ]


def test_xlsx_is_read_and_a_number_stored_as_a_number_is_refused(ministry: Ministry, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(EMPLOYEE_COLUMNS)
    sheet.append([employee_row()[name] for name in EMPLOYEE_COLUMNS])
    sheet.append([int(BUDI) if name == "nip" else employee_row()[name] for name in EMPLOYEE_COLUMNS])
    book.save(tmp_path / "pegawai.xlsx")
    ministry.import_units()

    job = ministry.run_import("employees", (tmp_path / "pegawai.xlsx").read_bytes(), "pegawai.xlsx")

    assert job["result"]["created"] == 1
    assert [(one["row"], one["code"]) for one in job["found"]] == [(3, "nip_saved_as_number")]


def test_bad_rows_can_be_downloaded(ministry: Ministry):
    ministry.import_units()
    job = ministry.import_employees(employee_row(golongan="=1+1"))
    text = ministry.hr.get(f"{API}/jobs/{job['id']}/issues.csv").text
    assert text.splitlines()[0].endswith("baris,kolom,nilai,kode,seharusnya")
    assert text.splitlines()[1].startswith("2,golongan,'=1+1,grade_unknown,")


@pytest.mark.parametrize("cells", [{"kelas_jabatan": "12"}, {"golongan": "IV/a"}, {"nip_atasan": HEAD_OF_BUREAU}])
def test_a_row_that_changes_the_uploader_stays_out_and_a_colleague_brings_it_in(ministry: Ministry, cells):
    ministry.populate()
    officer, siti, told = ministry.hr, ministry.find(SITI), len(ministry.events())
    rows = [{**four_people()[0], **cells}, *four_people()[1:]]
    ministry.hr = ministry.client_of(SITI, "hr_officer")

    job = ministry.import_employees(*rows)

    assert [(one["row"], one["column"], one["code"]) for one in job["found"]] == [(2, "nip", "own_affair")]
    assert (job["result"]["unchanged"], job["result"]["refused"]) == (3, 1)
    assert len(ministry.events()) == told
    ministry.hr = officer
    assert ministry.find(SITI) == siti
    assert ministry.import_employees(*rows)["found"] == []
    assert ministry.find(SITI)["version"] > siti["version"]


def test_a_row_that_says_of_the_uploader_what_is_known_is_no_trouble(ministry: Ministry):
    ministry.populate()
    ministry.hr = ministry.client_of(SITI, "hr_officer")
    job = ministry.import_employees(*four_people())
    assert (job["found"], job["result"]["unchanged"]) == ([], 4)
