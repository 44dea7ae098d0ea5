"""Each action of training that takes two people, tried alone, as one's own, in one's line and through a second account."""

from dataclasses import replace

import pytest

from chassis.ids import new_id
from training.second_person import ACTIONS

OWN, LINE = "own_affair", "approval_own_line"
SECOND, NOBODY = "approval_second_person_needed", "approval_account_of_nobody"
RULE = {"name": "LOAN_DAYS", "value": 21, "valid_from": "2026-08-01", "source": "Keputusan", "verified": True}
TARGET = {"employment_type": "PNS", "kind": "MIN", "jp": 30, "from_year": 2027, "source": "PP baru", "verified": True}
STANDARD = {"position_code": "JF-ASDM-1", "competency_code": "process_analysis", "required_level": 3,
            "valid_from": "2026-08-01"}  # fmt: skip


@pytest.fixture
def requests(context):
    """One request for each action; Siti's certificate is verified."""
    context.a_competency()
    record = context.external(context.siti)
    context.post(context.hr, f"/records/{record['id']}/verify", {})
    return {
        "rule.set": ("/rules", RULE),
        "jp_target.set": ("/jp-targets", TARGET),
        "standard.set": ("/standards", STANDARD),
        "record.revoke": (f"/records/{record['id']}/revoke", {"reason_code": "ENTERED_IN_ERROR"}),
    }


def proposed(context, request):
    return context.post(context.hr, *request, 202)


def refusals(context, requests, officer):
    """What an officer is told who approves each action, as another has proposed it."""
    found = {}
    for name, request in requests.items():
        made = proposed(context, request)
        path, headers = f"/proposals/{made['id']}/approve", {"If-Match": f'"{made["version"]}"'}
        found[name] = context.post(officer, path, {"reason": "x"}, 403, headers=headers)["code"]
    return found


def test_there_is_a_request_for_each_act(requests):
    assert set(requests) == set(ACTIONS.names)


def test_nobody_approves_what_they_have_proposed_from_whatever_account(context, requests):
    for officer in (context.hr, replace(context.hr, account_id=new_id())):
        assert refusals(context, requests, officer) == dict.fromkeys(requests, SECOND)


def test_an_account_of_nobody_neither_proposes_nor_approves(context, requests):
    nobody = replace(context.hr, account_id=new_id(), employee_id=None)
    assert refusals(context, requests, nobody) == dict.fromkeys(requests, NOBODY)
    for request in requests.values():
        assert context.post(nobody, *request, 403)["code"] == NOBODY


@pytest.mark.parametrize(("whose", "code"), [("siti", OWN), ("head", LINE)])
def test_a_revocation_is_nobody_s_own_and_not_of_their_line(context, requests, whose, code):
    officer = context.person("hr_officer", employee_id=getattr(context, whose).employee_id)
    revocation = {"record.revoke": requests["record.revoke"]}
    assert context.post(officer, *revocation["record.revoke"], 403)["code"] in {code, "forbidden"}
    assert refusals(context, revocation, officer) == {"record.revoke": code}


def test_a_rule_holds_only_once_the_second_person_has_approved_it(context, requests):
    made = proposed(context, requests["rule.set"])

    def days():
        return [one["value"] for one in context.get(context.siti, "/rules")["items"] if one["name"] == "LOAN_DAYS"]

    before = days()
    assert (made["outcome"]["value"], 21 in before) == (21, False)
    path, headers = f"/proposals/{made['id']}/approve", {"If-Match": f'"{made["version"]}"'}
    context.post(context.second_hr, path, {"reason": "Sesuai keputusan"}, headers=headers)
    assert days() == [*before, 21]
    assert context.published("SecondPersonAwaited")[0]["action"] == "rule.set"
