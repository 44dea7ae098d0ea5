"""Coaching, counselling and early warnings, and who reads which notes."""


def weak_quarter(bureau, *rating, quarter=2, moment=(2026, 7, 6, 3)):
    bureau.turn(*moment)
    return bureau.rate(quarter, *rating)


def only_case(bureau, who):
    (case,) = bureau.get(who, "/follow-ups")["items"]
    return case


def test_coaching_is_between_appraiser_and_employee(bureau):
    bureau.active_plan()
    weak_quarter(bureau, "BELOW")
    case = only_case(bureau, bureau.siti)
    path = f"/follow-ups/{case['id']}"
    assert (case["kind"], case["assigned_to"]) == ("COACHING", str(bureau.head.employee_id))
    bureau.post(bureau.head, f"{path}/notes", {"text": "Petakan alur layanan"}, 201)
    bureau.post(bureau.siti, f"{path}/notes", {"text": "Siap"}, 201)
    with_action = bureau.post(
        bureau.head, f"{path}/actions", {"kind": "TRAINING", "text": "Pemetaan proses", "due_on": "2026-09-30"}, 201
    )
    action = with_action["actions"][0]["id"]
    done = bureau.post(bureau.siti, f"{path}/actions/{action}/done", {"done_on": "2026-09-20"}, 200)
    assert done["actions"][0]["done_on"] == "2026-09-20"
    assert bureau.post(bureau.siti, f"{path}/actions/{action}/done", {"done_on": "2026-09-21"}, 404)
    seen = bureau.get(bureau.hr, path)
    assert (seen["words_hidden"], seen["notes"], seen["actions"]) == (True, [], [])
    assert bureau.get(bureau.outsider, path, status=403)
    assert bureau.get(bureau.inspector, path, status=403)
    assert bureau.post(bureau.siti, f"{path}/close", {"outcome": "IMPROVED"}, 403)
    assert bureau.post(bureau.head, f"{path}/close", {"outcome": "IMPROVED"}, 200)["state"] == "CLOSED"
    assert bureau.post(bureau.head, f"{path}/notes", {"text": "lagi"}, 409)["code"] == "follow_up_closed"


def test_counselling_notes_are_for_the_assigned_counsellor_and_the_employee(bureau):
    bureau.active_plan()
    weak_quarter(bureau, "MEETS", "BELOW")
    case = only_case(bureau, bureau.hr)
    path = f"/follow-ups/{case['id']}"
    assert (case["kind"], case["assigned_to"]) == ("COUNSELLING", None)
    assert bureau.get(bureau.head, path, status=403)
    counsellor = {"assigned_to": str(bureau.outsider.employee_id)}
    assert bureau.put(bureau.hr, f"{path}/assignee", counsellor, 428)
    own = {"assigned_to": str(bureau.siti.employee_id)}
    assert bureau.put(bureau.hr, f"{path}/assignee", own, 422, version=1)["errors"][0]["code"] == "not_assignable"
    bureau.put(bureau.hr, f"{path}/assignee", counsellor, version=1)
    bureau.post(bureau.outsider, f"{path}/notes", {"text": "Rahasia"}, 201)
    assert bureau.get(bureau.siti, path)["notes"][0]["text"] == "Rahasia"
    assert bureau.get(bureau.hr, path)["notes"] == []
    assert bureau.get(bureau.head, path, status=403)
    assert "Rahasia" not in str(bureau.events())


def test_two_weak_quarters_in_a_row_are_flagged_and_a_correction_clears_them(bureau):
    bureau.active_plan()
    weak_quarter(bureau, "BELOW", quarter=1, moment=(2026, 4, 6, 3))
    (warning,) = bureau.get(bureau.hr, "/early-warnings")["items"]
    assert (warning["level"], warning["predicates"]) == ("SINGLE", ["NEEDS_IMPROVEMENT"])
    second = weak_quarter(bureau, "BELOW", "BELOW")
    (warning,) = bureau.get(bureau.hr, "/early-warnings")["items"]
    assert (warning["level"], warning["quarter"]) == ("REPEATED", 2)
    assert {f["kind"] for f in warning["open_follow_ups"]} == {"COACHING", "COUNSELLING"}
    assert [e["data"]["repeated"] for e in bureau.events("FollowUpOpened")] == [False, True]
    (by_appraiser,) = bureau.get(bureau.head, "/early-warnings")["items"]
    assert by_appraiser["predicates"] == ["VERY_POOR", "NEEDS_IMPROVEMENT"]
    (by_leader,) = bureau.get(bureau.chief, "/early-warnings")["items"]
    assert (by_leader["level"], by_leader["predicates"], by_leader["evaluation_id"]) == ("REPEATED", None, None)
    assert bureau.get(bureau.siti, "/early-warnings")["items"] == []
    bureau.correct(second["id"])
    assert bureau.get(bureau.hr, "/early-warnings")["items"] == []


def test_a_correction_for_the_worse_opens_what_was_not_open(bureau):
    bureau.active_plan()
    evaluation = weak_quarter(bureau)
    assert bureau.events("FollowUpOpened") == []
    bureau.correct(evaluation["id"], "BELOW")
    assert [e["data"]["kind"] for e in bureau.events("FollowUpOpened")] == ["COACHING"]


def test_coaching_moves_on_to_a_new_appraiser(bureau):
    bureau.active_plan()
    weak_quarter(bureau, "BELOW")
    path = f"/follow-ups/{only_case(bureau, bureau.siti)['id']}"
    bureau.place(bureau.siti, bureau.unit, "JF", bureau.outsider)
    assert bureau.get(bureau.outsider, path)["assigned_to"] == str(bureau.outsider.employee_id)
    assert bureau.get(bureau.head, path, status=403)


def test_a_good_quarter_opens_nothing(bureau):
    bureau.active_plan()
    weak_quarter(bureau, "MEETS", "ABOVE")
    assert bureau.get(bureau.hr, "/follow-ups")["items"] == []


def cases(bureau):
    return [(one["kind"], one["state"], one["outcome"]) for one in bureau.get(bureau.siti, "/follow-ups")["items"]]


def test_a_correction_closes_what_it_leaves_no_reason_for_and_says_why(bureau):
    bureau.active_plan()
    evaluation = weak_quarter(bureau, "BELOW")["id"]
    bureau.correct(evaluation, order_reference="SK-7/2026")
    case = only_case(bureau, bureau.siti)
    assert (case["state"], case["outcome"], case["closed_at"] is None) == ("CLOSED", "NOT_NEEDED", False)
    assert case["close_reason"].startswith("Penilaian dikoreksi dengan SK-7/2026;")
    refused = bureau.post(bureau.head, f"/follow-ups/{case['id']}/notes", {"text": "x"}, 409)
    assert refused["code"] == "follow_up_closed"
    bureau.correct(evaluation, "BELOW", order_reference="SK-8/2026")
    assert cases(bureau) == [("COACHING", "OPEN", "")]
    assert only_case(bureau, bureau.siti)["close_reason"] == ""
    opened = [one["data"]["follow_up_id"] for one in bureau.events("FollowUpOpened")]
    assert opened == [case["id"], case["id"]]
    bureau.correct(evaluation, "MEETS", "BELOW", order_reference="SK-9/2026")
    assert cases(bureau) == [("COACHING", "CLOSED", "NOT_NEEDED"), ("COUNSELLING", "OPEN", "")]


def test_a_correction_leaves_open_what_the_new_predicate_asks_for_too_and_reopens_nothing_that_a_person_closed(bureau):
    bureau.active_plan()
    evaluation = weak_quarter(bureau, "BELOW")["id"]
    bureau.correct(evaluation, "BELOW", "ABOVE")
    assert cases(bureau) == [("COACHING", "OPEN", "")]
    path = f"/follow-ups/{only_case(bureau, bureau.siti)['id']}"
    assert bureau.post(bureau.head, f"{path}/close", {"outcome": "IMPROVED"}, 200)["close_reason"] == ""
    bureau.correct(evaluation)
    bureau.correct(evaluation, "BELOW")
    assert cases(bureau) == [("COACHING", "CLOSED", "IMPROVED")]
    assert len(bureau.events("FollowUpOpened")) == 1
