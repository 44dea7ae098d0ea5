"""Eligibility published only when it changes, awards on their evidence, talent, reference data."""

from uuid import uuid4

import pytest

from tests.incentive.builders import V1, match, ok


@pytest.fixture
def siti(ministry):
    someone = ministry.hire(service_start="2010-03-01", grade_since="2020-04-01")
    ministry.run_timers()
    return someone


def changes(ministry, kind):
    return [event for event in ministry.published("EligibilityChanged") if event["kind"] == kind]


def past(ministry, *rows):
    items = [
        {"employee_id": str(who), "kind": "YEAR", "year": year, "predicate": predicate} for who, year, predicate in rows
    ]
    return ministry.two(ministry.hr.post(f"{V1}/predicate-history", json={"items": items}))


def test_a_first_assessment_is_published_only_where_somebody_is_eligible(ministry, siti):
    assert {event["kind"] for event in ministry.published("EligibilityChanged")} == {"SERVICE_MEDAL"}
    assert changes(ministry, "SERVICE_MEDAL")[0]["eligible"]


def test_the_same_event_again_publishes_nothing_more(ministry, siti):
    before = len(ministry.published("EligibilityChanged"))
    ministry.employ(siti, service_start="2010-03-01", grade_since="2020-04-01")
    ok(ministry.hr.post(f"{V1}/eligibility/refresh"), 202)
    ministry.run_timers()
    ministry.finding(siti, "RANK_PROMOTION")
    assert len(ministry.published("EligibilityChanged")) == before


def test_a_first_day_of_service_that_is_corrected_alone_is_assessed_again(ministry):
    someone = ministry.hire(service_start="2025-03-01", effective_from="2025-03-01")
    ministry.run_timers()
    assert changes(ministry, "SERVICE_MEDAL") == []
    life = ministry.lives[someone]
    life.employments[-1]["service_start"] = "2010-03-01"
    ministry.publish(life)
    ministry.run_timers()
    assert changes(ministry, "SERVICE_MEDAL")[-1]["eligible"]


def test_a_penalty_ends_the_medal_and_its_revocation_opens_it_again(ministry, siti):
    body = {
        "employee_id": str(siti),
        "level": "MODERATE",
        "from_month": "2026-01",
        "months": 6,
        "percent": "25",
        "letter_number": "HD-1",
    }
    penalty = ministry.two(ministry.hr.post(f"{V1}/discipline-penalties", json=body))
    ministry.run_timers()
    ministry.two(ministry.hr.post(f"{V1}/discipline-penalties/{penalty['id']}/revoke", json={"letter_number": "HD-2"}))
    ministry.run_timers()
    assert [(event["eligible"], event["missing"]) for event in changes(ministry, "SERVICE_MEDAL")] == [
        (True, []),
        (False, ["no_discipline_penalty"]),
        (True, []),
    ]


def test_two_good_years_and_enough_credit_open_a_rank_promotion(ministry, siti):
    ministry.open_credit(siti, balance="101.000")
    past(ministry, (siti, 2025, "GOOD"), (siti, 2024, "NEEDS_IMPROVEMENT"))
    assert ministry.finding(siti, "RANK_PROMOTION")["missing"] == ["predicates"]
    past(ministry, (siti, 2024, "GOOD"))
    ministry.run_timers()
    assert changes(ministry, "RANK_PROMOTION")[-1]["eligible"]
    assert past(ministry, (siti, 2024, "GOOD"))["changed"] == 0


def test_the_list_finds_who_is_eligible_and_who_misses_what(ministry, siti):
    unit = uuid4()
    other = ministry.hire(unit)
    ministry.run_timers()
    listed = ok(ministry.hr.get(f"{V1}/eligibility?kind=SERVICE_MEDAL&eligible=true"))["items"]
    assert [item["employee_id"] for item in listed] == [str(siti)]
    listed = ok(ministry.hr.get(f"{V1}/eligibility?kind=SERVICE_MEDAL&missing=service_years"))["items"]
    assert [(item["employee_id"], item["review_on"]) for item in listed] == [(str(other), "2029-03-01")]
    listed = ok(ministry.hr.get(f"{V1}/eligibility?kind=LEVEL_PROMOTION&unit_id={unit}"))["items"]
    assert [item["employee_id"] for item in listed] == [str(other)]
    first = ok(ministry.hr.get(f"{V1}/eligibility?kind=RANK_PROMOTION&limit=1"))
    rest = ok(ministry.hr.get(f"{V1}/eligibility?kind=RANK_PROMOTION&limit=1&cursor={first['next_cursor']}"))
    assert {first["items"][0]["employee_id"], rest["items"][0]["employee_id"]} == {str(siti), str(other)}
    assert rest["next_cursor"] is None


def test_an_own_version_of_reference_data_takes_over_from_its_day(ministry, siti):
    default = ok(ministry.hr.get(f"{V1}/reference?kind=ELIGIBILITY"))["items"][0]
    data = default["data"]
    data["service_medal"]["years"] = [17]
    body = {"kind": "ELIGIBILITY", "valid_from": "2026-01-01", "data": data, "legal_source": "Uji"}
    added = ministry.two(ministry.hr.post(f"{V1}/reference", json=body))
    assert added["number"] == 2
    ministry.run_timers()
    assert changes(ministry, "SERVICE_MEDAL")[-1]["missing"] == ["service_years"]
    broken = ministry.hr.post(f"{V1}/reference", json={**body, "data": {"service_medal": 1}})
    assert broken.get_json()["errors"][0]["code"] == "reference_unreadable"


def test_an_award_rests_on_a_final_evaluation_of_that_person_and_year_and_a_numbered_decision(ministry, siti):
    issued = ministry.issued(siti, 2026, "VERY_GOOD")
    body = {
        "employee_id": str(siti),
        "kind": "RECOGNITION",
        "year": 2026,
        "evaluation_id": str(issued),
        "reason": "Layanan SDM tepat waktu",
    }

    def nominate(**changes):
        return ministry.hr.post(f"{V1}/awards", json={**body, **changes})

    assert nominate().get_json()["code"] == "award_evidence_missing"
    weak = ministry.annual(siti, 2025, "NEEDS_IMPROVEMENT")
    assert nominate(evaluation_id=str(weak), year=2025).get_json()["code"] == "award_evidence_too_weak"
    other_year = nominate(evaluation_id=str(weak)).get_json()
    assert (other_year["code"], "2026" in other_year["detail"]) == ("award_evidence_of_other_period", True)
    others = ministry.annual(ministry.hire(), 2025, "VERY_GOOD")
    assert nominate(evaluation_id=str(others)).get_json()["code"] == "award_evidence_missing"
    assert nominate(kind="GOLD").get_json()["errors"][0]["code"] == "award_kind_unknown"
    final = ministry.annual(siti, 2026, "VERY_GOOD", evaluation_id=issued, version=2)
    award = ok(nominate(evaluation_id=str(final)), 201)
    assert (award["predicate"], award["period"], award["evaluation_version"]) == ("VERY_GOOD", "2026", 2)
    assert nominate(evaluation_id=str(final)).get_json()["code"] == "award_given_already"
    path = f"{V1}/awards/{award['id']}/decide"
    decision = {"granted": True, "decided_on": "2027-02-01"}
    assert ministry.hr.post(path, json=decision, headers=match(award)).status_code == 422
    decision["decision_number"] = "KEP-1/2027"
    assert granted_by_two(ministry, award, decision)["state"] == "GRANTED"
    twice = ministry.hr.post(path, json=decision, headers={"If-Match": "*"})
    assert twice.get_json()["code"] == "award_already_decided"
    assert ministry.published("AwardGranted") == [
        {"award_id": award["id"], "employee_id": str(siti), "kind": "RECOGNITION", "year": 2026}
    ]


def granted_by_two(ministry, award, decision):
    return ministry.two(ministry.hr.post(f"{V1}/awards/{award['id']}/decide", json=decision, headers=match(award)))


def medal(ministry, who, evaluation, years=10):
    body = {"employee_id": str(who), "kind": f"SATYALANCANA_{years}", "year": 2026, "reason": "Masa kerja"}
    return ministry.hr.post(f"{V1}/awards", json={**body, "evaluation_id": str(evaluation)})


def test_a_granted_medal_moves_the_next_one_ten_years_on_and_is_given_once(ministry, siti):
    final = ministry.annual(siti, 2025, "GOOD")
    award = ok(medal(ministry, siti, final), 201)
    assert medal(ministry, siti, final).get_json()["code"] == "award_given_already"
    granted_by_two(ministry, award, {"granted": True, "decided_on": "2026-08-17", "decision_number": "KEPPRES-1"})
    finding = ministry.finding(siti, "SERVICE_MEDAL")
    assert (finding["missing"], finding["review_on"]) == (["service_years"], "2030-03-01")


def test_a_medal_needs_its_years_and_none_with_a_punishment(ministry, siti):
    final = ministry.annual(siti, 2025, "GOOD")
    early = medal(ministry, siti, final, years=30).get_json()
    assert (early["code"], "service_years" in early["detail"]) == ("award_medal_not_deserved", True)
    body = {"employee_id": str(siti), "level": "SEVERE", "from_month": "2026-01", "months": 12, "percent": "0"}
    ministry.two(ministry.hr.post(f"{V1}/discipline-penalties", json={**body, "letter_number": "HD-1"}))
    refused = medal(ministry, siti, final).get_json()
    assert (refused["code"], "no_discipline_penalty" in refused["detail"]) == ("award_medal_not_deserved", True)


def test_a_medal_that_was_nominated_before_the_punishment_is_not_granted(ministry, siti):
    award = ok(medal(ministry, siti, ministry.annual(siti, 2025, "GOOD")), 201)
    body = {"employee_id": str(siti), "level": "SEVERE", "from_month": "2026-01", "months": 12, "percent": "0"}
    ministry.two(ministry.hr.post(f"{V1}/discipline-penalties", json={**body, "letter_number": "HD-1"}))
    decision = {"granted": True, "decided_on": "2026-08-17", "decision_number": "KEPPRES-1"}
    refused = ministry.hr.post(f"{V1}/awards/{award['id']}/decide", json=decision, headers=match(award))
    assert refused.get_json()["code"] == "award_medal_not_deserved"


def test_who_nominates_does_not_approve_the_grant(ministry, siti):
    body = {"employee_id": str(siti), "kind": "RECOGNITION", "year": 2025, "reason": "x"}
    final = ministry.annual(siti, 2025, "GOOD")
    award = ok(ministry.second.post(f"{V1}/awards", json={**body, "evaluation_id": str(final)}), 201)
    decision = {"granted": True, "decided_on": "2026-08-17", "decision_number": "KEP-1"}
    waiting = ok(ministry.hr.post(f"{V1}/awards/{award['id']}/decide", json=decision, headers=match(award)), 202)
    assert waiting["outcome"]["state"] == "GRANTED"
    for officer in (ministry.hr, ministry.second):
        path = f"{V1}/proposals/{waiting['id']}/approve"
        refused = officer.post(path, json={"reason": "x"}, headers=match(waiting))
        assert (refused.status_code, refused.get_json()["code"]) == (403, "approval_second_person_needed")
    assert ok(ministry.hr.get(f"{V1}/awards/{award['id']}"))["state"] == "NOMINATED"


def test_superior_and_leader_nominate_their_own_people_only(ministry, siti, person):
    leader, superior = ministry.hire(), ministry.hire()
    unit = ministry.unit(leader=leader)
    someone = ministry.employ()
    ministry.assign(someone, unit, superior_id=str(superior))
    final = ministry.annual(someone, 2025, "GOOD")
    body = {"employee_id": str(someone), "kind": "RECOGNITION", "year": 2025, "evaluation_id": str(final)}

    def nominate(who, **changes):
        client = ministry.service.client(person(*who[1:], employee_id=who[0]))
        return client.post(f"{V1}/awards", json={**body, "reason": "Teladan", **changes})

    assert nominate((uuid4(), "unit_leader")).status_code == 403
    assert nominate((someone, "unit_leader")).get_json()["code"] == "own_affair"
    others = ministry.annual(siti, 2025, "GOOD")
    assert nominate((superior,), employee_id=str(siti), evaluation_id=str(others)).status_code == 403
    assert nominate((leader, "unit_leader")).status_code == 201
    assert nominate((superior,), kind="MODEL_EMPLOYEE_MONTH").status_code == 201
    assert nominate((superior,), kind="SATYALANCANA_10").status_code == 403


def test_an_award_whose_evaluation_is_corrected_is_flagged_and_revoked_by_two(ministry, siti):
    final = ministry.annual(siti, 2026, "VERY_GOOD")
    body = {"employee_id": str(siti), "kind": "MODEL_EMPLOYEE_YEAR", "year": 2026, "reason": "Teladan"}
    award = ok(ministry.hr.post(f"{V1}/awards", json={**body, "evaluation_id": str(final)}), 201)
    decision = {"granted": True, "decided_on": "2027-02-01", "decision_number": "KEP-1"}
    granted = granted_by_two(ministry, award, decision)
    ministry.corrected(siti, 2026, "POOR_MISCONDUCT", evaluation_id=final, version=2, previous="VERY_GOOD")
    flagged = ok(ministry.hr.get(f"{V1}/awards/{award['id']}"))
    assert (flagged["state"], granted["evidence_changed_at"]) == ("GRANTED", None)
    assert flagged["evidence_changed_at"] is not None
    assert [one["award_id"] for one in ministry.published("AwardEvidenceChanged")] == [award["id"]]
    revocation = {"decision_number": "KEP-9", "decided_on": "2027-03-01", "reason": "Evaluasi dikoreksi"}
    path = f"{V1}/awards/{award['id']}/revoke"
    assert ministry.hr.post(path, json=revocation, headers=match(granted)).status_code == 412
    revoked = ministry.two(ministry.hr.post(path, json=revocation, headers=match(flagged)))
    assert (revoked["state"], revoked["revocation_number"]) == ("REVOKED", "KEP-9")
    assert [one["award_id"] for one in ministry.published("AwardRevoked")] == [award["id"]]
    again = ministry.hr.post(path, json=revocation, headers={"If-Match": "*"})
    assert again.get_json()["code"] == "award_not_granted"


def test_a_nomination_whose_evidence_has_become_too_weak_is_not_granted(ministry, siti):
    final = ministry.annual(siti, 2026, "VERY_GOOD")
    body = {"employee_id": str(siti), "kind": "RECOGNITION", "year": 2026, "reason": "x"}
    award = ok(ministry.hr.post(f"{V1}/awards", json={**body, "evaluation_id": str(final)}), 201)
    ministry.corrected(siti, 2026, "VERY_POOR", evaluation_id=final, version=2, previous="VERY_GOOD")
    decision = {"granted": True, "decided_on": "2027-02-01", "decision_number": "KEP-1"}
    refused = ministry.hr.post(f"{V1}/awards/{award['id']}/decide", json=decision, headers={"If-Match": "*"})
    assert refused.get_json()["code"] == "award_evidence_too_weak"


def test_nominations_under_way_are_not_shown_to_the_person(ministry, siti, person):
    final = ministry.annual(siti, 2026, "GOOD")
    body = {"employee_id": str(siti), "kind": "RECOGNITION", "year": 2026, "evaluation_id": str(final), "reason": "x"}
    award = ok(ministry.hr.post(f"{V1}/awards", json=body), 201)
    own = ministry.service.client(person(employee_id=siti))
    assert ok(own.get(f"{V1}/awards?employee_id={siti}"))["items"] == []
    assert own.get(f"{V1}/awards/{award['id']}").status_code == 404
    assert own.get(f"{V1}/awards").status_code == 403
    decision = {"granted": False, "decided_on": "2026-08-17"}
    assert granted_by_two(ministry, award, decision)["state"] == "DECLINED"


def test_the_talent_box_follows_from_predicate_and_potential(ministry, siti):
    rating = {"year": 2025, "potential": "HIGH", "reference": "Sidang talenta 1"}
    assert ministry.hr.put(f"{V1}/talent/{siti}", json=rating).get_json()["code"] == "credit_predicate_missing"
    ministry.annual(siti, 2025, "VERY_GOOD")
    placed = ministry.two(ministry.hr.put(f"{V1}/talent/{siti}", json=rating))
    assert (placed["box"], placed["succession"]) == (9, True)
    assert ok(ministry.hr.get(f"{V1}/talent/{siti}?year=2025"))["box"] == 9


def test_training_hours_follow_and_a_reversal_may_come_first(ministry, siti):
    from sqlalchemy import text

    record = uuid4()
    record_data = {"record_id": record, "employee_id": siti, "jp": 24, "year": 2026}
    ministry.deliver("training", "TrainingReversed", siti, **record_data, reason_code="DUPLICATE")
    ministry.deliver(
        "training", "TrainingFinished", siti, **record_data, course_code="X", session_id=None, completed_on="2026-09-01"
    )
    with ministry.service.work.transaction(ministry.agency) as tx:
        rows = tx.session.execute(text("SELECT finished, reversed, jp FROM training_record")).all()
    assert [tuple(row) for row in rows] == [(True, True, 24)]


def test_a_policy_can_be_tried_before_it_is_published_and_never_edited_after(ministry, siti):
    from tests.incentive.builders import RULES

    ministry.policy()
    ministry.amounts()
    body = {
        "name": "Baru",
        "valid_from": "2026-02-01",
        "rules": {**RULES, "default_factor": "0.5"},
        "legal_source": "Uji",
    }
    draft = ok(ministry.hr.post(f"{V1}/policies", json=body), 201)
    path = f"{V1}/policies/{draft['id']}"
    tried = ok(ministry.hr.post(f"{path}/simulate", json={"month": "2026-02", "employee_ids": [str(siti)]}))
    assert (tried["total"], tried["current_total"]) == (3_216_605, 4_595_150)
    sample = {"job_class": 8, "base": 4_595_150, "predicate": "VERY_POOR", "counts": {"TL1": 2}}
    tried = ok(ministry.hr.post(f"{path}/simulate", json={"month": "2026-02", "sample": sample}))
    assert tried["lines"][0]["amount"] == 4_025_351
    assert ministry.year(siti)["lines"] == []
    assert ministry.hr.put(path, json=body).status_code == 428
    changed = ok(ministry.hr.put(path, json={**body, "name": "Lebih baru"}, headers=match(draft)))
    assert ministry.hr.put(path, json=body, headers=match(draft)).status_code == 412
    published = ministry.two(ministry.hr.post(f"{path}/publish"))
    assert (published["state"], published["number"], changed["name"]) == ("PUBLISHED", 2, "Lebih baru")
    refused = ministry.hr.put(path, json=body, headers={"If-Match": "*"})
    assert refused.get_json()["code"] == "allowance_policy_is_published"
    wrong = {
        **body,
        "valid_to": "2026-01-31",
        "rules": {**RULES, "weights": {"performance": "0.5", "attendance": "0.4"}},
    }
    faults = ministry.hr.post(f"{V1}/policies", json=wrong).get_json()["errors"]
    assert {fault["field"] for fault in faults} == {"rules.weights", "valid_to"}
    assert [item["number"] for item in ok(ministry.hr.get(f"{V1}/policies?limit=1"))["items"]] == [1]
    assert len(ok(ministry.hr.get(f"{V1}/policies/templates"))["items"]) == 7
