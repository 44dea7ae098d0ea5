"""Amounts are personal: who may see whose, and that every look is recorded."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.incentive.builders import V1, Ministry, ok


@pytest.fixture
def paid(ministry):
    ministry.policy()
    ministry.amounts()
    ministry.bureau = ministry.unit()
    ministry.team = ministry.unit(ministry.bureau)
    ministry.siti = ministry.hire(ministry.team)
    for _ in range(4):
        ministry.hire(ministry.team)
    ministry.pay("2026-01")
    ministry.line = ministry.year(ministry.siti)["lines"][0]
    return ministry


PERSONAL = [
    "/allowances?employee_id={who}&year=2026",
    "/allowances/{line}/explanation",
    "/attendance?employee_id={who}&year=2026",
    "/discipline-penalties?employee_id={who}",
    "/circumstances?employee_id={who}",
    "/credit/{who}",
    "/eligibility/{who}",
    "/awards?employee_id={who}",
]


@pytest.mark.parametrize("path", PERSONAL)
def test_oneself_hr_and_inspector_read_and_nobody_else(paid, person, path):
    address = V1 + path.format(who=paid.siti, line=paid.line["id"])

    def status(principal):
        return paid.service.client(principal).get(address).status_code

    assert status(person(employee_id=paid.siti)) == 200
    assert status(person("hr_officer")) == 200
    assert status(person("inspector")) == 200
    assert status(person()) == 403
    assert status(person("unit_leader", unit_id=paid.team)) == 403
    assert status(person("wellbeing_officer")) == 403
    assert status(person("operator")) == 403
    assert status(person("hr_officer", agency_id=f"lain-{uuid4().hex[:8]}")) == 404
    assert paid.service.client(None).get(address).status_code == 401


@pytest.mark.parametrize("path", [path for path in PERSONAL if "line" not in path])
def test_somebody_unknown_is_not_found(paid, path):
    assert paid.hr.get(V1 + path.format(who=uuid4(), line="")).status_code == 404


def test_every_look_at_amounts_leaves_an_audit_row(paid, person):
    own = person(employee_id=paid.siti)
    client = paid.service.client(own)
    ok(client.get(f"{V1}/allowances?employee_id={paid.siti}&year=2026"))
    ok(client.get(f"{V1}/allowances/{paid.line['id']}/explanation"))
    with paid.service.work.database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT action, object_id, detail FROM audit WHERE agency_id = :a AND actor = :who ORDER BY position"),
            {"a": paid.agency, "who": str(own.account_id)},
        ).all()
    assert [(row.action, row.object_id) for row in rows] == [
        ("read_allowances", str(paid.siti)),
        ("explain_allowance", str(paid.siti)),
    ]
    assert not any("amount" in str(row.detail) for row in rows)


def test_a_leader_asks_for_the_sum_of_the_own_unit_only(paid, person):
    address = f"{V1}/allowances/units?month=2026-01&unit_id="

    def ask(unit, asked):
        return paid.service.client(person("unit_leader", unit_id=unit)).get(address + str(asked))

    assert ok(ask(paid.team, paid.team))["people"] is None
    assert ask(paid.bureau, paid.team).status_code == 403
    assert ok(ask(paid.bureau, paid.bureau))["people"] is None
    assert ok(paid.hr.get(address + str(paid.team)))["people"] is None
    assert paid.hr.get(address + str(uuid4())).status_code == 404
    assert paid.service.client(person()).get(address + str(paid.team)).status_code == 403


def test_the_export_is_for_oversight_and_holds_every_line(paid, person):
    run = ok(paid.hr.get(f"{V1}/allowance-runs"))["items"][0]
    address = f"{V1}/allowance-runs/{run['id']}/lines.csv"
    rows = paid.hr.get(address).get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert rows[0].startswith("id,employee_id,unit_id,month")
    assert len(rows) == 6
    assert all(row.endswith(",4595150") for row in rows[1:])
    assert paid.service.client(person("inspector")).get(address).status_code == 200
    assert paid.service.client(person()).get(address).status_code == 403


def test_inspectors_change_nothing(paid, person):
    inspector = paid.service.client(person("inspector"))
    for path in ("allowance-runs", "policies", "discipline-penalties", "circumstances", "attendance"):
        assert inspector.post(f"{V1}/{path}", json={}).status_code == 403
    award = {"employee_id": str(paid.siti), "kind": "RECOGNITION", "year": 2026, "evaluation_id": str(uuid4())}
    assert inspector.post(f"{V1}/awards", json={**award, "reason": "x"}).status_code == 403


def test_the_lines_of_a_run_come_page_by_page(paid):
    run = ok(paid.hr.get(f"{V1}/allowance-runs"))["items"][0]
    found, cursor = [], ""
    while cursor is not None:
        found_page = ok(
            paid.hr.get(f"{V1}/allowance-runs/{run['id']}/lines?limit=2" + (f"&cursor={cursor}" if cursor else ""))
        )
        found += found_page["items"]
        cursor = found_page["next_cursor"]
    assert len({line["id"] for line in found}) == 5
    assert paid.hr.get(f"{V1}/allowance-runs/{run['id']}/lines?cursor=xyz").status_code == 422


def test_agencies_do_not_see_one_another(paid, service, person):
    other = f"lain-{uuid4().hex[:8]}"
    neighbour = Ministry(service, other, lambda *roles, **more: person(*roles, agency_id=other, **more))
    assert ok(neighbour.hr.get(f"{V1}/allowance-runs"))["items"] == []
    assert ok(neighbour.hr.get(f"{V1}/policies"))["items"] == []
    run = ok(paid.hr.get(f"{V1}/allowance-runs"))["items"][0]
    assert neighbour.hr.get(f"{V1}/allowance-runs/{run['id']}").status_code == 404


def own_calls(who):
    """What an officer may do to others and not to oneself."""
    return {
        "attendance": (
            f"{V1}/attendance",
            {"month": "2026-01", "items": [{"employee_id": str(who), "code": "TL1", "count": 1}]},
        ),
        "predicates": (
            f"{V1}/predicate-history",
            {"items": [{"employee_id": str(who), "kind": "YEAR", "year": 2024, "predicate": "GOOD"}]},
        ),
        "credit": (f"{V1}/credit/{who}/periodic", {"year": 2026, "quarter": 1}),
        "penalty": (
            f"{V1}/discipline-penalties",
            {
                "employee_id": str(who),
                "level": "MODERATE",
                "percent": "25",
                "from_month": "2026-03",
                "months": 6,
                "letter_number": "HD-9",
                "legal_source": "PP 94/2021",
            },
        ),
    }


@pytest.mark.parametrize("what", ["attendance", "predicates", "credit", "penalty"])
def test_an_officer_changes_nothing_of_their_own_and_a_colleague_in_office_does(paid, person, what):
    paid.at(2026, 4, 20)
    paid.quarter(paid.siti, 2026, 1, "GOOD")
    address, body = own_calls(paid.siti)[what]
    siti = paid.service.client(person("hr_officer", employee_id=paid.siti))
    refused = siti.post(address, json=body)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "own_affair")
    assert "petugas lain" in refused.get_json()["detail"]
    assert paid.hr.post(address, json=body).status_code < 300


def test_an_officer_nominates_a_colleague_and_not_themselves(paid, person):
    paid.at(2027, 2, 1)
    evaluation_id = paid.annual(paid.siti, 2026, "GOOD")
    award = {"employee_id": str(paid.siti), "kind": "RECOGNITION", "year": 2026, "evaluation_id": str(evaluation_id)}
    siti = paid.service.client(person("hr_officer", employee_id=paid.siti))
    refused = siti.post(f"{V1}/awards", json={**award, "reason": "x"})
    assert (refused.status_code, refused.get_json()["code"]) == (403, "own_affair")
    assert ok(paid.hr.get(f"{V1}/awards?employee_id={paid.siti}"))["items"] == []
    assert paid.hr.post(f"{V1}/awards", json={**award, "reason": "x"}).status_code == 201


def test_a_list_that_names_oneself_says_where_and_takes_nothing(paid, person):
    other = paid.hire()
    items = [{"employee_id": str(one), "code": "TL1", "count": 1} for one in (other, paid.siti)]
    siti = paid.service.client(person("hr_officer", employee_id=paid.siti))
    refused = siti.post(f"{V1}/attendance", json={"month": "2026-01", "items": items})
    (fault,) = refused.get_json()["errors"]
    assert (fault["field"], fault["code"]) == ("items.1.employee_id", "own_affair")
    assert ok(paid.hr.get(f"{V1}/attendance?employee_id={other}&year=2026"))["items"] == []
