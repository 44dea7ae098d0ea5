"""Each action that takes two people, tried alone, in one's own matter, in one's own line and through a second account."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from incentive.second_person import ACTIONS
from tests.incentive.builders import RULES, V1, match, ok

OWN, LINE = "own_affair", "approval_own_line"
SECOND, NOBODY = "approval_second_person_needed", "approval_account_of_nobody"
DECISION = {"granted": True, "decision_number": "KEP-2", "decided_on": "2026-04-20"}


@dataclass
class Scene:
    """One request for each action; those about somebody are about Siti."""

    ministry: object
    person: object
    siti: UUID
    superior: UUID
    subordinate: UUID
    requests: dict

    def officer(self, employee_id):
        return self.ministry.service.client(self.person("hr_officer", employee_id=employee_id))

    def ask(self, client, name):
        method, path, options = self.requests[name]()
        return client.request(method, V1 + path, **{"headers": {"If-Match": "*"}, **options})

    def proposed(self, name):
        return ok(self.ask(self.ministry.hr, name), 202)

    def code_of_proposing(self, client, name):
        return self.ask(client, name).get_json().get("code", "accepted")

    def code_of_approving(self, client, proposal):
        path = f"{V1}/proposals/{proposal['id']}/approve"
        return client.post(path, json={"reason": "x"}, headers=match(proposal)).get_json().get("code", "accepted")


def file_of(text):
    return {"data": {"file": (io.BytesIO(text.encode()), "berkas.csv")}, "content_type": "multipart/form-data"}


@pytest.fixture
def scene(ministry, person):
    """January and February paid, March claims back; a penalty, a nomination, an award and a draft of a policy."""
    ministry.policy()
    ministry.amounts()
    superior = ministry.hire()
    siti = ministry.employ(effective_from="2025-01-01")
    ministry.assign(siti, superior_id=str(superior), effective_from="2025-01-01")
    subordinate = ministry.employ()
    ministry.assign(subordinate, superior_id=str(siti))
    ministry.open_credit(siti, as_of="2024-12-31")
    final = ministry.annual(siti, 2025, "VERY_GOOD")
    _months(ministry, siti, superior)
    ministry.quarter(siti, 2026, 1, "GOOD")
    return Scene(ministry, person, siti, superior, subordinate, _requests(ministry, siti, final))


def _months(ministry, siti, superior):
    for month in (1, 2):
        ministry.at(2026, month, 28, 2)
        ministry.pay(f"2026-{month:02d}")
    ministry.assign(siti, job_class=1, effective_from="2026-01-01", superior_id=str(superior))
    ministry.at(2026, 3, 28, 2)
    ministry.pay("2026-03")
    ministry.at(2026, 4, 28, 2)


def _requests(ministry, siti, final):
    who = {"employee_id": str(siti)}
    draft = {"name": "Baru", "valid_from": "2026-05-01", "rules": RULES, "legal_source": "x"}
    policy = ok(ministry.hr.post(f"{V1}/policies", json=draft), 201)["id"]
    run = ministry.calculate("2026-04")["id"]
    claim = ok(ministry.hr.get(f"{V1}/claims"))["items"][0]["id"]
    penalty = {**who, "level": "LIGHT", "from_month": "2026-05", "months": 1, "percent": "0", "letter_number": "HD-1"}
    imposed = ministry.two(ministry.hr.post(f"{V1}/discipline-penalties", json=penalty))["id"]
    award = {**who, "year": 2025, "evaluation_id": str(final), "reason": "x"}
    nominated, granted = (
        ok(ministry.hr.post(f"{V1}/awards", json={**award, "kind": kind}), 201)
        for kind in ("RECOGNITION", "MODEL_EMPLOYEE_YEAR")
    )
    path = f"{V1}/awards/{granted['id']}/decide"
    ministry.two(ministry.hr.post(path, json={**DECISION, "decision_number": "KEP-1"}, headers=match(granted)))
    entry = ministry.credit(siti)["entries"][0]["id"]
    pak = {"number": "PAK-9", "decided_on": "2026-04-20", "purpose": "RECORD", "entry_ids": [entry]}
    opening = {"level": "AHLI_PERTAMA", "balance": "91.000", "base": "50.000", "as_of": "2024-12-31", "reference": "P"}
    calendar = {"kind": "WORK_CALENDAR", "valid_from": "2026-06-01", "legal_source": "SKB"}
    past = {**who, "kind": "YEAR", "year": 2023, "predicate": "GOOD"}
    plan = {"instalment": 1_000_000, "from_month": "2026-05", "interview_note": "sudah didengar"}
    revocation = {"decision_number": "KEP-9", "decided_on": "2026-04-20", "reason": "x"}
    bodies = {
        "class_amounts.adopt": ("POST", "/class-amounts/adopt", {"name": "perpres-103-2022", "effective_from": "2026-05-01"}),
        "policy.publish": ("POST", f"/policies/{policy}/publish", {}),
        "reference.publish": ("POST", "/reference", {**calendar, "data": {"days_per_week": 5, "holidays": []}}),
        "allowance_run.approve": ("POST", f"/allowance-runs/{run}/approve", {}),
        "claim.plan": ("PUT", f"/claims/{claim}/plan", plan),
        "claim.repay": ("POST", f"/claims/{claim}/repayments", {"amount": 1000, "reference": "NTPN-1"}),
        "penalty.impose": ("POST", "/discipline-penalties", {**penalty, "letter_number": "HD-2"}),
        "penalty.revoke": ("POST", f"/discipline-penalties/{imposed}/revoke", {"letter_number": "HD-3"}),
        "credit.open": ("PUT", f"/credit/{siti}/opening", opening),
        "credit.book": ("POST", f"/credit/{siti}/periodic", {"year": 2026, "quarter": 1}),
        "credit.decide": ("POST", f"/credit/{siti}/decisions", pak),
        "predicates.record": ("POST", "/predicate-history", {"items": [past]}),
        "career.attest": ("PUT", f"/eligibility/{siti}/attestation", {"vacancy": True, "reference": "x"}),
        "talent.rate": ("PUT", f"/talent/{siti}", {"year": 2025, "potential": "HIGH", "reference": "panel"}),
        "award.decide": ("POST", f"/awards/{nominated['id']}/decide", DECISION),
        "award.revoke": ("POST", f"/awards/{granted['id']}/revoke", revocation),
    }  # fmt: skip
    files = {
        "class_amounts.import": ("class-amounts", "kelas_jabatan,jumlah,berlaku_sejak\n8,1,2026-05-01\n"),
        "credit.import": ("credit-openings", "nip,jenjang,saldo,dasar,per_tanggal\n1,Ahli Pertama,90,50,2025-12-31\n"),
        "predicates.import": ("predicate-history", "nip,tahun,predikat\n1,2023,Baik\n"),
    }
    made = {name: _asking(method, path, body) for name, (method, path, body) in bodies.items()}
    return made | {name: _sending(kind, text) for name, (kind, text) in files.items()}


def _asking(method, path, body):
    return lambda: (method, path, {"json": body})


def _sending(kind, text):
    return lambda: ("POST", f"/imports/{kind}", file_of(text))


ABOUT_SOMEBODY = {
    "claim.plan", "claim.repay", "penalty.impose", "penalty.revoke", "credit.open", "credit.book", "credit.decide",
    "predicates.record", "career.attest", "talent.rate", "award.decide", "award.revoke",
}  # fmt: skip


def test_there_is_a_request_for_each_act(scene):
    assert set(scene.requests) == set(ACTIONS.names)
    concerned = {name for name in ACTIONS.names if scene.proposed(name)["concerns"] == [str(scene.siti)]}
    assert concerned == ABOUT_SOMEBODY


def test_nobody_approves_what_they_have_proposed_from_whatever_account(scene):
    same_person = replace(scene.ministry.officer, account_id=uuid4())
    again = scene.ministry.service.client(same_person)
    for client in (scene.ministry.hr, again):
        found = {name: scene.code_of_approving(client, scene.proposed(name)) for name in ACTIONS.names}
        assert found == dict.fromkeys(ACTIONS.names, SECOND)


def test_nobody_proposes_or_approves_in_a_matter_of_their_own(scene):
    siti = scene.officer(scene.siti)
    assert {name: scene.code_of_proposing(siti, name) for name in ABOUT_SOMEBODY} == dict.fromkeys(ABOUT_SOMEBODY, OWN)
    found = {name: scene.code_of_approving(siti, scene.proposed(name)) for name in ABOUT_SOMEBODY}
    assert found == dict.fromkeys(ABOUT_SOMEBODY, OWN)


@pytest.mark.parametrize("place", ["superior", "subordinate"])
def test_nobody_proposes_or_approves_in_their_own_line(scene, place):
    officer = scene.officer(getattr(scene, place))
    found = {name: scene.code_of_proposing(officer, name) for name in ABOUT_SOMEBODY}
    assert found == dict.fromkeys(ABOUT_SOMEBODY, LINE)
    found = {name: scene.code_of_approving(officer, scene.proposed(name)) for name in ABOUT_SOMEBODY}
    assert found == dict.fromkeys(ABOUT_SOMEBODY, LINE)


def test_an_account_of_nobody_neither_proposes_nor_approves(scene):
    nobody = scene.ministry.service.client(replace(scene.ministry.officer, account_id=uuid4(), employee_id=None))
    assert {name: scene.code_of_proposing(nobody, name) for name in ACTIONS.names} == dict.fromkeys(
        ACTIONS.names, NOBODY
    )
    found = {name: scene.code_of_approving(nobody, scene.proposed(name)) for name in ACTIONS.names}
    assert found == dict.fromkeys(ACTIONS.names, NOBODY)


def test_nothing_is_done_before_the_second_person_approves_and_it_is_done_once(scene):
    waiting = scene.proposed("claim.repay")
    claim = ok(scene.ministry.hr.get(f"{V1}/claims"))["items"][0]
    assert waiting["outcome"]["repaid_amount"] == claim["repaid_amount"] + 1000
    path = f"{V1}/proposals/{waiting['id']}"
    approved = ok(scene.ministry.second.post(f"{path}/approve", json={"reason": "x"}, headers=match(waiting)))
    assert (approved["state"], approved["outcome"]["repaid_amount"]) == ("APPROVED", 1000)
    again = scene.ministry.second.post(f"{path}/approve", json={"reason": "x"}, headers=match(approved))
    assert (again.status_code, again.get_json()["code"]) == (409, "approval_proposal_not_open")
    assert ok(scene.ministry.hr.get(f"{V1}/claims"))["items"][0]["repaid_amount"] == 1000


def test_a_proposal_is_rejected_by_another_withdrawn_by_its_own_and_lapses(scene):
    ministry = scene.ministry
    rejected, withdrawn, lapsed = (scene.proposed("penalty.impose") for _ in range(3))
    assert ministry.hr.post(f"{V1}/proposals/{rejected['id']}/reject", json={"reason": "x"}, headers=match(rejected)).status_code == 403  # fmt: skip
    answer = ministry.second.post(f"{V1}/proposals/{rejected['id']}/reject", json={"reason": "x"}, headers=match(rejected))  # fmt: skip
    assert ok(answer)["state"] == "REJECTED"
    path = f"{V1}/proposals/{withdrawn['id']}/withdraw"
    other = ministry.second.post(path, json={"reason": "x"}, headers=match(withdrawn))
    assert other.get_json()["code"] == "approval_proposal_of_another"
    assert ok(ministry.hr.post(path, json={"reason": "keliru"}, headers=match(withdrawn)))["state"] == "WITHDRAWN"
    ministry.at(2026, 5, 13, 2)
    ministry.service.run_timers()
    assert ok(ministry.hr.get(f"{V1}/proposals/{lapsed['id']}"))["state"] == "LAPSED"


def test_what_waits_is_listed_and_told_and_not_shown_to_whom_it_concerns(scene):
    waiting = scene.proposed("penalty.impose")
    told = scene.ministry.published("SecondPersonAwaited")[-1]
    assert told == {"proposal_id": waiting["id"], "action": "penalty.impose"}
    listed = f"{V1}/proposals?state=PROPOSED&action=penalty.impose"
    assert [one["id"] for one in ok(scene.ministry.second.get(listed))["items"]] == [waiting["id"]]
    siti = scene.officer(scene.siti)
    assert ok(siti.get(listed))["items"] == []
    assert siti.get(f"{V1}/proposals/{waiting['id']}").status_code == 404
    unknown = scene.ministry.hr.get(f"{V1}/proposals?action=gold")
    assert "penalty.impose" in unknown.get_json()["detail"]


def test_what_was_changed_in_the_table_since_is_not_carried_out(scene):
    waiting = scene.proposed("claim.repay")
    with scene.ministry.service.work.transaction(scene.ministry.agency) as tx:
        statement = "UPDATE approval_proposal SET payload = replace(payload, '1000', '9000') WHERE id = :id"
        tx.session.execute(text(statement), {"id": waiting["id"]})
    assert scene.code_of_approving(scene.ministry.second, waiting) == "approval_proposal_altered"


def test_what_the_second_person_was_shown_is_what_is_carried_out(scene):
    waiting = scene.proposed("claim.repay")
    with scene.ministry.service.work.transaction(scene.ministry.agency) as tx:
        statement = "UPDATE approval_proposal SET shown = replace(shown, '1000', '9000') WHERE id = :id"
        tx.session.execute(text(statement), {"id": waiting["id"]})
    assert scene.code_of_approving(scene.ministry.second, waiting) == "approval_proposal_altered"


def test_a_proposal_is_decided_on_before_its_day_also_while_no_timer_runs(scene):
    approved, rejected = scene.proposed("claim.repay"), scene.proposed("claim.repay")
    scene.ministry.at(2026, 5, 20, 2)
    assert scene.code_of_approving(scene.ministry.second, approved) == "approval_proposal_not_open"
    path = f"{V1}/proposals/{rejected['id']}/reject"
    answer = scene.ministry.second.post(path, json={"reason": "x"}, headers=match(rejected))
    assert (answer.status_code, answer.get_json()["code"]) == (409, "approval_proposal_not_open")


@pytest.mark.parametrize("missing", ["decided_by", "decided_by_person"])
def test_the_table_takes_no_decision_of_nobody(scene, missing):
    waiting = scene.proposed("claim.repay")
    values = {"decided_by": "gen_random_uuid()", "decided_by_person": "gen_random_uuid()"} | {missing: "NULL"}
    setting = ", ".join(f"{name} = {value}" for name, value in values.items())
    statement = f"UPDATE approval_proposal SET state = 'APPROVED', {setting} WHERE id = :id"
    with pytest.raises(IntegrityError), scene.ministry.service.work.transaction(scene.ministry.agency) as tx:
        tx.session.execute(text(statement), {"id": waiting["id"]})


def test_a_list_of_proposals_reads_no_file(scene):
    scene.proposed("credit.import")
    with scene.ministry.service.work.transaction(scene.ministry.agency) as tx:
        statement = "UPDATE approval_proposal SET payload = '' WHERE action = 'credit.import'"
        tx.session.execute(text(statement))
    listed = ok(scene.ministry.second.get(f"{V1}/proposals?action=credit.import"))["items"]
    assert [one["payload"]["rows"] for one in listed] == [1]


def test_of_two_approvals_at_once_one_carries_it_out(scene):
    waiting = scene.proposed("claim.repay")
    third = scene.officer(uuid4())
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda client: scene.code_of_approving(client, waiting), (scene.ministry.second, third)))
    assert sorted(found) == ["accepted", "version_conflict"]
    assert ok(scene.ministry.hr.get(f"{V1}/claims"))["items"][0]["repaid_amount"] == 1000
