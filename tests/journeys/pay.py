"""The allowance in the stories: a policy and its amounts, the runs of months, and the lines that people read."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from suar_demo.client import Api, finish_job
from tests.journeys.ministry import INCENTIVE, Ministry, match
from tests.journeys.words import month as month_of
from tests.journeys.words import rows, rupiah

LINE_KINDS = {"tetap": "REGULAR", "penyesuaian": "ADJUSTMENT"}
AMOUNTS = "perpres-103-2022"


def publish_policy(ministry: Ministry, template: str, **rules: Any) -> dict[str, Any]:
    """Publish the rules of a template, changed where the story says so, from January 2026 on."""
    templates = ministry.hr.get(f"{INCENTIVE}/policies/templates")["items"]
    chosen = next(one for one in templates if one["name"] == template)
    body = {"name": "Kebijakan tukin", "valid_from": "2026-01-01", "legal_source": chosen["legal_source"]}
    policy = ministry.hr.post(f"{INCENTIVE}/policies", {**body, "rules": {**chosen["rules"], **rules}})
    published: dict[str, Any] = ministry.by_two("POST", f"{INCENTIVE}/policies/{policy['id']}/publish")
    return published


def adopt_amounts(ministry: Ministry) -> dict[int, int]:
    """Adopt a table of amounts; gives the amount of each class."""
    body = {"name": AMOUNTS, "effective_from": "2022-01-01"}
    items = ministry.by_two("POST", f"{INCENTIVE}/class-amounts/adopt", body)["items"]
    return {one["job_class"]: one["amount"] for one in items}


def calculate(ministry: Ministry, month: str, *moment: int) -> dict[str, Any]:
    """HR runs a month, at its 28th day unless told otherwise, after everything recorded so far has arrived."""
    year, number = map(int, month.split("-"))
    ministry.system.turn(*moment or (year, number, 28, 15))
    ministry.system.consistency.wait_until_consistent()
    started = ministry.hr.post(f"{INCENTIVE}/allowance-runs", {"month": month})
    finish_job(ministry.hr, "incentive", started["job_id"])
    run: dict[str, Any] = ministry.hr.get(f"{INCENTIVE}/allowance-runs/{started['id']}")
    return run


def pay(ministry: Ministry, month: str, *moment: int) -> dict[str, Any]:
    """One officer runs the month, the other approves and pays it."""
    run = calculate(ministry, month, *moment)
    path = f"{INCENTIVE}/allowance-runs/{run['id']}"
    run = ministry.by_two("POST", f"{path}/approve", headers=match(run))
    paid: dict[str, Any] = ministry.second_hr.post(
        f"{path}/pay", {"payment_reference": f"SP2D-{month}"}, headers=match(run)
    )
    return paid


def lines_of(ministry: Ministry, person: str, reader: Api | None = None) -> list[dict[str, Any]]:
    """The lines of 2026, as the person reads them, or somebody else who may."""
    asking = reader or ministry.who(person)
    year = asking.get(f"{INCENTIVE}/allowances", employee_id=ministry.id_of(person), year=2026)
    found: list[dict[str, Any]] = year["lines"]
    return found


def line_of(ministry: Ministry, person: str, month: str) -> dict[str, Any]:
    return next(one for one in lines_of(ministry, person) if one["month"] == month)


def explanation_of(ministry: Ministry, person: str, line: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ministry.who(person).get(f"{INCENTIVE}/allowances/{line['id']}/explanation")
    return found


def recompute(explained: dict[str, Any]) -> int:
    """The amount, from nothing but what the explanation gives: inputs and rule."""
    inputs, rules = explained["inputs"], explained["rule"]["rules"]
    base = Decimal(inputs["base"])
    factor = Decimal(rules["predicate_factor"][inputs["predicate"]]) if inputs["predicate"] else Decimal(1)
    cut = sum((Decimal(rules["attendance_rules"][code]) * count for code, count in inputs["counts"].items()), Decimal())
    performance = base * Decimal(rules["weights"]["performance"]) * factor
    attendance = base * Decimal(rules["weights"]["attendance"]) * (1 - cut / 100)
    return int((performance + attendance).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def assert_lines(found: list[dict[str, Any]], datatable: list[list[str]]) -> None:
    """Compare lines with a table of the story."""
    expected = [
        (month_of(one["untuk bulan"]), month_of(one["dibayar dengan"]), LINE_KINDS[one["jenis"]], rupiah(one["jumlah"]))
        for one in rows(datatable)
    ]
    assert sorted((one["month"], one["run_month"], one["kind"], one["amount"]) for one in found) == sorted(expected)
