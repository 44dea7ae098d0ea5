"""One person's later deadline, the withdrawal of an outage, and a job that is killed between its steps."""

from datetime import UTC

import pytest

from appraisal.use_cases.outages import move
from tests.appraisal.component.deadlines import annual, at, database, deadline, deadlines, outage, rows


def due(row):
    return f"{row.due_at.astimezone(UTC):%m-%d %H:%M:%S}"


def grant(bureau, row, due_on, status=201, who=None):
    body = {"due_on": due_on, "reason": "Dirawat di rumah sakit", "order_reference": "ND-7/2027"}
    return bureau.post(who or bureau.hr, f"/obligations/{row.id}/extensions", body, status)


def moved(bureau):
    return [(one["data"]["employee_id"], one["data"]["role"]) for one in bureau.events("DeadlineExtended")]


def test_one_person_objects_within_the_time_that_hr_gave(bureau):
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 20, 3)
    given = grant(bureau, deadline(bureau, "ANSWER"), "2027-02-05")
    assert (given["due_at"], given["due"]) == ("2027-02-05T16:59:59Z", "5 Februari 2027 pukul 23.59 WIB")
    (entry,) = given["extensions"]
    assert (entry["cause"], entry["days"], entry["order_reference"]) == ("GRANT", 10, "ND-7/2027")
    at(bureau, "2027-02-05 16:59:50")
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}")
    assert (shown["state"], shown["objection_until"]) == ("ISSUED", "2027-02-05T16:59:59Z")
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 201)
    assert moved(bureau) == [(str(bureau.siti.employee_id), "OWES")]


def test_a_later_decision_is_reported_to_both_and_may_be_escalated_again(bureau):
    objection = bureau.post(bureau.siti, f"/evaluations/{annual(bureau)}/objection", {"reasons": "x"}, 201)["id"]
    at(bureau, "2027-01-26 17:00:05")
    grant(bureau, deadline(bureau, "DECISION"), "2027-02-02")
    assert bureau.get(bureau.hr, f"/objections/{objection}")["decide_by"] == "2027-02-02T16:59:59Z"
    assert moved(bureau) == [(str(bureau.chief.employee_id), "OWES"), (str(bureau.siti.employee_id), "AWAITS")]
    at(bureau, "2027-02-02 17:00:05")
    assert len(bureau.events("ObjectionEscalated")) == 2


@pytest.mark.parametrize(
    ("due_on", "code"), [("2027-01-26", "not_longer"), ("2027-01-20", "not_longer"), ("2027-02-26", "too_long")]
)
def test_a_grant_is_longer_and_within_the_rule(bureau, due_on, code):
    annual(bureau)
    (fault,) = grant(bureau, deadline(bureau, "ANSWER"), due_on, 422)["errors"]
    expected = "tanggal setelah 2027-01-26, paling lambat 2027-02-25"
    assert (fault["field"], fault["code"], fault["expected"]) == ("due_on", code, expected)


def test_nobody_extends_in_their_own_matter_and_nothing_that_has_ended(bureau):
    colleague = bureau.person("hr_officer")
    bureau.place(bureau.hr, bureau.unit, "PELAKSANA", bureau.head)
    evaluation = annual(bureau, bureau.hr)
    answer = deadline(bureau, "ANSWER")
    assert grant(bureau, answer, "2027-02-05", 403)["code"] == "own_affair"
    assert grant(bureau, answer, "2027-02-05", 403, who=bureau.head)["code"] == "forbidden"
    bureau.post(bureau.hr, f"/evaluations/{evaluation}/accept", status=200)
    assert grant(bureau, answer, "2027-02-05", 409, who=colleague)["code"] == "deadline_ended"


def test_one_appraiser_rates_within_a_later_deadline_while_the_window_is_closed(bureau):
    bureau.active_plan()
    bureau.turn(2026, 5, 4, 3)
    assert bureau.rate(1, status=409)["code"] == "rating_window_closed"
    (quarter,) = [one for one in deadlines(bureau, "PERIODIC_EVALUATION") if one.subject == "2026-Q1"]
    grant(bureau, quarter, "2026-05-05")
    assert bureau.get(bureau.head, "/appraiser/queue")["to_rate"][0]["closes_on"] == "2026-05-05"
    proposal = bureau.rate(1, finish=False)
    assert bureau.post(bureau.head, f"/evaluations/{proposal['id']}/finish", status=200)["state"] == "FINAL"
    bureau.turn(2026, 5, 6, 3)
    assert bureau.rate(1, "ABOVE", status=409)["code"] == "rating_window_closed"


def withdraw(bureau, recorded, status=200):
    return bureau.post(bureau.hr, f"/outages/{recorded['id']}/withdraw", {"reason": "Salah tanggal"}, status)


def test_a_wrong_entry_is_withdrawn_and_everything_ends_as_before(bureau):
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 20, 3)
    kept = outage(bureau, "2027-01-14T00:00:00Z", "2027-01-15T00:00:00Z")
    wrong = outage(bureau, "2027-01-16T00:00:00Z", "2027-01-19T00:00:00Z")
    assert due(deadline(bureau, "ANSWER")) == "01-30 16:59:59"
    assert withdraw(bureau, wrong)["withdrawal_reason"] == "Salah tanggal"
    assert withdraw(bureau, wrong, 409)["code"] == "outage_withdrawn"
    answer = deadline(bureau, "ANSWER")
    assert due(answer) == "01-27 16:59:59"
    history = bureau.get(bureau.siti, f"/obligations/{answer.id}/deadline")["extensions"]
    assert [(one["cause"], one["days"]) for one in history] == [("OUTAGE", 1), ("OUTAGE", 3), ("WITHDRAWAL", -3)]
    closes = [one["closes_on"] for one in bureau.get(bureau.hr, "/periods?year=2026")["items"]][3:]
    assert closes == ["2027-01-31", "2027-02-01"]
    at(bureau, "2027-01-27 17:00:05")
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["completed_by"] == "WINDOW_EXPIRED"
    assert withdraw(bureau, kept, 200)["extended"] == 1
    assert [one["data"]["cause"] for one in bureau.events("DeadlineExtended")] == ["OUTAGE", "OUTAGE", "WITHDRAWAL"]


@pytest.mark.parametrize("objects", [True, False])
def test_an_outage_that_somebody_used_or_may_still_use_stays(bureau, objects):
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 20, 3)
    recorded = outage(bureau, "2027-01-14T00:00:00Z", "2027-01-16T00:00:00Z")
    at(bureau, "2027-01-27 03:00:00")
    if objects:
        bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 201)
    refused = withdraw(bureau, recorded, 409)
    assert (refused["code"], "1 batas waktu" in refused["detail"]) == ("outage_used", True)
    assert deadline(bureau, "ANSWER").state == ("DONE" if objects else "OPEN")


class Killed(Exception):
    pass


def test_a_job_that_is_killed_between_its_steps_moves_each_deadline_once(bureau, monkeypatch):
    """Whoever acts meanwhile has the extended time already, and a timer that rings does not end it."""
    monkeypatch.setattr(move, "AT_ONCE", 3)
    monkeypatch.setattr(move, "PAGE", 2)
    people = [bureau.siti, *bureau.hire(4)]
    evaluations = [annual(bureau, one) for one in people]
    bureau.turn(2027, 1, 26, 12)
    recorded = outage(bureau, "2027-01-24T00:00:00Z", "2027-01-26T10:00:00Z")
    assert (recorded["applied_at"], recorded["extended"]) == (None, 0)
    refused = bureau.post(bureau.hr, f"/outages/{recorded['id']}/withdraw", {"reason": "x"}, 409)
    assert refused["code"] == "outage_not_applied"
    worker = bureau.service.worker
    assert worker.jobs.run_step(bureau.service.work)
    assert sorted(map(due, deadlines(bureau, "ANSWER"))) == ["01-26 16:59:59"] * 3 + ["01-29 16:59:59"] * 2
    with monkeypatch.context() as killing:
        killing.setattr(move, "save_moves", _die)
        with pytest.raises(Killed), database(bureau) as tx:
            move._next(tx, move.load_outage(tx, recorded["id"]), move.ExtensionCause.OUTAGE, move.Progress())
    at(bureau, "2027-01-28 03:00:00")
    bureau.post(people[4], f"/evaluations/{evaluations[4]}/objection", {"reasons": "x"}, 201)
    bureau.service.run_jobs()
    states = [bureau.get(one, f"/evaluations/{which}")["state"] for one, which in zip(people, evaluations, strict=True)]
    assert states == ["ISSUED"] * 4 + ["OBJECTED"]
    assert set(map(due, deadlines(bureau, "ANSWER"))) == {"01-29 16:59:59"}
    counted = rows(bureau, "SELECT count(*) AS number FROM deadline_extension WHERE days = 3 GROUP BY obligation_id")
    assert [one.number for one in counted] == [1] * 5
    assert sorted(moved(bureau)) == sorted((str(one.employee_id), "OWES") for one in people)
    (shown,) = bureau.get(bureau.hr, "/outages")["items"]
    assert (shown["extended"], shown["applied_at"] is None) == (5, False)


def _die(*_):
    raise Killed
