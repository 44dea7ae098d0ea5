"""Nobody stands under themselves on any day, also where different calls plan for days to come."""

import io

import pytest
from sqlalchemy import event

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
)
from tests.personnel.component.test_lists_of_records import put_right
from tests.personnel.component.test_recording import shown

MARCH, APRIL, MAY = "2026-03-01", "2026-04-01", "2026-05-01"


def superior(ministry: Ministry, nip: str, of: str | None, day: str, status: int = 200, **body) -> dict:
    one, chief = ministry.find(nip), ministry.find(of)["employee_id"] if of else None
    body = {"superior_id": chief, "effective_from": day, "reason": "SK", **body}
    url = f"{API}/employees/{one['employee_id']}/superior"
    answer = ministry.hr.put(url, json=body, headers={"If-Match": "*"})
    assert answer.status_code == status, answer.text
    return answer.json


def issues_of_file(ministry: Ministry, rows: list[dict], cause: str = "CHANGE") -> list[dict]:
    content = csv_file(rows, EMPLOYEE_COLUMNS)
    answer = ministry.hr.post(
        f"{API}/imports/employees?cause={cause}", data={"file": (io.BytesIO(content), "pegawai.csv")}
    )
    ministry.service.run_jobs()
    return ministry.hr.get(f"{API}/jobs/{answer.json['job_id']}/issues").json["items"]


def test_two_plans_of_different_calls_do_not_close_a_cycle_on_a_day_to_come(ministry: Ministry):
    ministry.populate()
    superior(ministry, BUDI, SITI, APRIL)
    refused = superior(ministry, SITI, BUDI, MARCH, 422)
    assert refused["code"] == "superior_cycle"
    assert "2026-04-01 (Siti Rahmania → Pegawai 211017 → Siti Rahmania)" in refused["detail"]
    assert refused["errors"][0]["expected"] == "Pilih pegawai di luar garis bawahannya pada 2026-04-01."
    assert len(shown(ministry, SITI)["superiors"]) == 1
    superior(ministry, BUDI, HEAD_OF_BUREAU, MAY)
    assert superior(ministry, SITI, BUDI, MAY)["takes_effect"] == "LATER", "free again from May on"


def test_a_chain_of_three_planned_one_after_the_other_is_followed_to_its_end(ministry: Ministry):
    ministry.populate()
    superior(ministry, HEAD_OF_BUREAU, SITI, APRIL, 422)
    superior(ministry, SITI, None, MAY)
    superior(ministry, HEAD_OF_BUREAU, SITI, APRIL, 422)
    superior(ministry, HEAD_OF_BUREAU, SITI, MAY)
    superior(ministry, SITI, HEAD_OF_BUREAU, "2026-07-01", 422)


def test_a_cycle_of_past_days_alone_is_refused_too(ministry: Ministry):
    ministry.populate()
    superior(ministry, SITI, BUDI, "2025-02-01", replaces_later=False)
    superior(ministry, SITI, HEAD_OF_SUBDIVISION, "2025-06-01", replaces_later=False)
    refused = superior(ministry, BUDI, SITI, "2025-03-01", 422, replaces_later=False)
    assert (refused["code"], "2025-03-01" in refused["detail"]) == ("superior_cycle", True)
    superior(ministry, BUDI, SITI, "2025-06-01")


def test_a_withdrawal_closes_no_cycle_on_a_day_to_come(ministry: Ministry):
    ministry.populate()
    superior(ministry, SITI, BUDI, MARCH)
    superior(ministry, SITI, HEAD_OF_BUREAU, APRIL)
    superior(ministry, BUDI, SITI, MAY)
    address = f"{API}/employees/{ministry.find(SITI)['employee_id']}"
    april = shown(ministry, SITI)["superiors"][-1]["id"]
    url = f"{address}/records/{april}/withdrawal"
    refused = ministry.hr.post(url, json={"reason": "keliru"}, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json["code"]) == (422, "superior_cycle")
    assert "2026-05-01" in refused.json["detail"]


def test_pairs_of_one_call_do_not_close_a_cycle_on_a_day_to_come(ministry: Ministry):
    ministry.populate()
    superior(ministry, BUDI, SITI, APRIL)
    pairs = [
        {"employee_nip": SITI, "superior_nip": BUDI},
        {"employee_nip": HEAD_OF_BUREAU, "superior_nip": BUDI},
        {"employee_nip": HEAD_OF_SUBDIVISION, "superior_id": None},
    ]
    assert put_right(ministry, *pairs, effective_from=MARCH, cause="CHANGE") == [
        ("REFUSED", "superior_cycle"),
        ("REFUSED", "superior_cycle"),
        ("RECORDED", None),
    ]


@pytest.mark.parametrize("cause", ["CHANGE", "CORRECTION"])
def test_a_file_closes_no_cycle_with_what_is_planned(ministry: Ministry, cause):
    ministry.populate()
    superior(ministry, BUDI, SITI, APRIL)
    rows = four_people()
    rows[0]["nip_atasan"] = BUDI
    (issue,) = issues_of_file(ministry, rows, cause)
    assert (issue["row"], issue["column"], issue["value"], issue["code"]) == (2, "nip_atasan", BUDI, "superior_cycle")
    assert "2026-04-01 (baris 2)" in issue["expected"]
    head = ministry.find(HEAD_OF_SUBDIVISION)["employee_id"]
    assert ministry.find(SITI)["appraiser_id"] == head


def test_a_file_that_is_refused_one_link_leaves_no_cycle_behind_with_its_others(ministry: Ministry):
    """Siti's link goes for what is planned of Budi; by that the head, tested before, would stand under himself."""
    ministry.populate()
    superior(ministry, BUDI, SITI, APRIL)
    rows = four_people()
    rows[0]["nip_atasan"], rows[2]["nip_atasan"], rows[3]["nip_atasan"] = BUDI, SITI, ""
    rows[1]["nip_atasan"] = HEAD_OF_BUREAU
    found = {(one["row"], one["code"]) for one in issues_of_file(ministry, rows)}
    assert found == {(2, "superior_cycle"), (4, "superior_cycle")}
    assert ministry.find(HEAD_OF_SUBDIVISION)["appraiser_id"] == ministry.find(HEAD_OF_BUREAU)["employee_id"]


def test_the_number_of_statements_does_not_depend_on_the_number_of_pairs(ministry: Ministry, service):
    numbers = [f"1990{month:02}{day:02}2019032001" for month in (1, 2) for day in range(1, 21)]
    ministry.populate()
    ministry.import_employees(*(employee_row(one, nip_atasan=HEAD_OF_SUBDIVISION) for one in numbers))
    statements: list[str] = []

    def count(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    def asked(some: list[str]) -> int:
        statements.clear()
        pairs = [{"employee_nip": one, "superior_nip": HEAD_OF_BUREAU} for one in some]
        outcomes = put_right(ministry, *pairs, effective_from=MARCH, cause="CHANGE")
        assert outcomes == [("RECORDED", None)] * len(some)
        return len(statements)

    engine = service.work.database.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        few, many = asked(numbers[:2]), asked(numbers[2:40])
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert few == many
