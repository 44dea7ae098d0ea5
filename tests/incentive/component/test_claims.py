"""A class corrected downwards half a year back: the sum is negative, so it is claimed and repaid, never paid."""

import pytest

from tests.incentive.builders import V1, match, ok


@pytest.fixture
def overpaid(ministry):
    """January to June are paid by class 8; in July it is class 1 since January."""
    ministry.policy()
    ministry.amounts()
    ministry.siti, ministry.other = ministry.hire(), ministry.hire()
    for month in range(1, 7):
        ministry.at(2026, month, 28, 2)
        ministry.pay(f"2026-{month:02d}")
    ministry.assign(ministry.siti, job_class=1, effective_from="2026-01-01")
    ministry.at(2026, 7, 28, 2)
    ministry.run = ministry.pay("2026-07")
    (ministry.claim,) = ok(ministry.hr.get(f"{V1}/claims"))["items"]
    return ministry


def payments(ministry, run):
    found = ok(ministry.hr.get(f"{V1}/allowance-runs/{run['id']}/payments"))["items"]
    return {one["employee_id"]: one for one in found}


def planned(ministry, instalment=500_000, **changes):
    body = {"instalment": instalment, "from_month": "2026-08", "interview_note": "Didengar 30 Juli 2026", **changes}
    claim = ok(ministry.hr.get(f"{V1}/claims/{ministry.claim['id']}"))
    return ministry.hr.put(f"{V1}/claims/{claim['id']}/plan", json=body, headers=match(claim))


def test_a_negative_sum_is_claimed_with_its_causes_and_nothing_is_paid(overpaid):
    claim = overpaid.claim
    assert (claim["amount"], claim["outstanding"], claim["state"]) == (9_852_150, 9_852_150, "OPEN")
    assert [(one["month"], one["amount"], one["cause"]) for one in claim["causes"]] == [
        (f"2026-{month:02d}", -2_063_900, "timeline") for month in range(1, 7)
    ]
    found = payments(overpaid, overpaid.run)
    siti, other = found[str(overpaid.siti)], found[str(overpaid.other)]
    assert (siti["net"], siti["claimed"], siti["amount"]) == (-9_852_150, 9_852_150, 0)
    assert (other["net"], other["claimed"], other["deducted"], other["amount"]) == (4_595_150, 0, 0, 4_595_150)
    totals = overpaid.run["totals"]
    assert (totals["amount"], totals["claimed_amount"], totals["payment_amount"]) == (-5_257_000, 9_852_150, 4_595_150)
    assert [one["claim_id"] for one in overpaid.published("ClaimOpened")] == [claim["id"]]


def test_instalments_are_deducted_by_later_runs_and_the_treasury_receives_the_rest(overpaid):
    plan = overpaid.two(planned(overpaid))
    assert (plan["state"], plan["instalment"], plan["from_month"]) == ("PLANNED", 500_000, "2026-08")
    overpaid.at(2026, 8, 28, 2)
    august = overpaid.pay("2026-08")
    siti = payments(overpaid, august)[str(overpaid.siti)]
    assert (siti["net"], siti["deducted"], siti["amount"]) == (2_531_250, 500_000, 2_031_250)
    assert august["totals"]["deducted_amount"] == 500_000
    path = f"{V1}/claims/{overpaid.claim['id']}/repayments"
    refused = overpaid.hr.post(path, json={"amount": 9_352_151, "reference": "NTPN-1"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "claim_overpaid")
    ended = overpaid.two(overpaid.hr.post(path, json={"amount": 9_352_150, "reference": "NTPN-1"}))
    assert (ended["state"], ended["outstanding"]) == ("REPAID", 0)
    assert planned(overpaid).get_json()["code"] == "claim_is_repaid"
    assert [one["claim_id"] for one in overpaid.published("ClaimRepaid")] == [overpaid.claim["id"]]
    overpaid.at(2026, 9, 28, 2)
    september = overpaid.pay("2026-09")
    assert payments(overpaid, september)[str(overpaid.siti)]["amount"] == 2_531_250


def test_an_instalment_above_the_ceiling_is_deducted_up_to_it_until_the_claim_ends(overpaid):
    overpaid.two(planned(overpaid, 5_000_000))
    overpaid.at(2026, 8, 28, 2)
    assert payments(overpaid, overpaid.pay("2026-08"))[str(overpaid.siti)]["deducted"] == 632_812
    body = {
        "kind": "REPAYMENT",
        "valid_from": "2026-09-01",
        "data": {"ceiling_percent": "100", "longest_months": 24},
        "legal_source": "Kebijakan rekaan",
    }
    overpaid.two(overpaid.hr.post(f"{V1}/reference", json=body))
    overpaid.at(2026, 9, 28, 2)
    assert payments(overpaid, overpaid.pay("2026-09"))[str(overpaid.siti)]["amount"] == 0


@pytest.mark.parametrize(
    ("percent", "paid", "still_owed"),
    [("100", 9_190_300, 0), ("50", 11_818_800, 2_628_500), ("0", 19_042_450, 9_852_150)],
)
def test_a_correction_upwards_settles_first_what_the_person_still_owes(overpaid, percent, paid, still_owed):
    """The class was right after all: seven months come back while the claim has no plan, and are not paid out twice."""
    data = {"ceiling_percent": "25", "longest_months": 24, "correction_percent": percent}
    body = {"kind": "REPAYMENT", "valid_from": "2026-08-01", "data": data, "legal_source": "Kebijakan rekaan"}
    overpaid.two(overpaid.hr.post(f"{V1}/reference", json=body))
    overpaid.assign(overpaid.siti, job_class=8, effective_from="2026-01-01")
    overpaid.at(2026, 8, 28, 2)
    august = overpaid.pay("2026-08")
    siti = payments(overpaid, august)[str(overpaid.siti)]
    assert siti["net"] == 7 * 2_063_900 + 4_595_150
    owed = ok(overpaid.hr.get(f"{V1}/claims/{overpaid.claim['id']}"))
    assert (siti["amount"], owed["outstanding"]) == (paid, still_owed)
    assert (owed["state"], owed["correction_percent"]) == ("OPEN" if still_owed else "REPAID", percent)
    assert len(overpaid.published("ClaimRepaid")) == (0 if still_owed else 1)


def test_a_plan_that_begins_years_from_now_is_refused_with_the_last_month(overpaid):
    refused = planned(overpaid, from_month="2027-08")
    (fault,) = refused.get_json()["errors"]
    assert (refused.status_code, fault["field"], fault["code"]) == (422, "from_month", "plan_starts_too_late")
    assert "2027-07" in fault["expected"]
    assert overpaid.two(planned(overpaid, from_month="2027-07"))["from_month"] == "2027-07"


def test_the_person_reads_the_claim_with_its_plan_and_rules(overpaid, person):
    overpaid.two(planned(overpaid))
    own = overpaid.service.client(person(employee_id=overpaid.siti))
    (claim,) = ok(own.get(f"{V1}/claims/me"))["items"]
    assert (claim["interview_note"], claim["ceiling_percent"], claim["longest_months"]) == (
        "Didengar 30 Juli 2026",
        "25",
        24,
    )
    assert "unverified" in claim["verified"]["ceiling_percent"]
    assert ok(own.get(f"{V1}/claims/{claim['id']}"))["repayments"] == []
    explained = ok(own.get(f"{V1}/allowances/{claim['causes'][0]['line_id']}/explanation"))
    assert explained["matches"]
    other = overpaid.service.client(person(employee_id=overpaid.other))
    assert ok(other.get(f"{V1}/claims/me"))["items"] == []
    assert other.get(f"{V1}/claims/{claim['id']}").status_code == 403
    assert ok(overpaid.service.client(person()).get(f"{V1}/claims/me"))["items"] == []


def test_an_officer_plans_and_receives_nothing_of_their_own(overpaid, person):
    siti = overpaid.service.client(person("hr_officer", employee_id=overpaid.siti))
    path = f"{V1}/claims/{overpaid.claim['id']}"
    body = {"instalment": 1, "from_month": "2026-08", "interview_note": "x"}
    assert siti.put(f"{path}/plan", json=body, headers={"If-Match": "*"}).get_json()["code"] == "own_affair"
    assert siti.post(f"{path}/repayments", json={"amount": 1, "reference": "x"}).get_json()["code"] == "own_affair"


def test_a_plan_is_checked_and_made_on_the_version_that_was_read(overpaid):
    refused = planned(overpaid, 400_000)
    assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, "plan_too_long")
    path, body = f"{V1}/claims/{overpaid.claim['id']}/plan", {"instalment": 500_000, "from_month": "2026-08"}
    body["interview_note"] = "x"
    assert overpaid.hr.put(path, json=body).status_code == 428
    assert overpaid.hr.put(path, json=body, headers={"If-Match": '"9"'}).status_code == 412


def test_claims_are_listed_by_state_and_person(overpaid):
    def count(query):
        return len(ok(overpaid.hr.get(f"{V1}/claims?{query}"))["items"])

    assert (count("state=OPEN"), count("state=PLANNED"), count(f"employee_id={overpaid.other}")) == (1, 0, 0)


def test_what_a_run_pays_is_known_from_its_approval_on(overpaid):
    overpaid.at(2026, 8, 28, 2)
    run = overpaid.calculate("2026-08")
    early = overpaid.hr.get(f"{V1}/allowance-runs/{run['id']}/payments")
    assert (early.status_code, early.get_json()["code"]) == (409, "allowance_run_not_calculated")
