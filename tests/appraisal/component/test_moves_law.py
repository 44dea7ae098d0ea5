"""What an object says may be done next is what may be done: random people take random steps, at random moments."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from chassis.ids import new_id
from tests.appraisal.builders import Bureau, a_plan
from tests.appraisal.component.test_study_reports import TERM, report

IS_LONG = os.environ.get("SUAR_LAW") == "long"
SEED = int(os.environ.get("SUAR_LAW_SEED", "") or (Random().randrange(10**6) if IS_LONG else 1))
STEPS = 200 if IS_LONG else 25
REFUSED = {403, 404, 409, 422}
# the step may be taken, of another examination than the one that was chosen
OF_ANOTHER = ("objection_move_refused", "not_found")


@dataclass(frozen=True)
class Step:
    """A step by a path under the object's; `by` are those who take it when the object says so.

    `may_refuse` are the codes by which a step that may be taken is refused all the same: for what it brings, not for
    where the object stands.
    """

    move: str
    path: str
    by: tuple[str, ...]
    body: Callable[[Bureau, Any], Any] = lambda _bureau, _seen: {}
    method: str = "POST"
    may_refuse: tuple[str, ...] = ()
    repeats: bool = False  # once taken, it is answered as it was


@dataclass
class Walk:
    bureau: Bureau
    path: str
    steps: list[Step]
    rng: Random
    people: tuple[str, ...] = ("siti", "head", "chief", "top", "hr", "second_hr", "inspector", "outsider")
    taken: list[str] = field(default_factory=list)

    def go(self) -> list[str]:
        """Take steps at random and hold each answer against what was said before; return the moves that were made."""
        for _ in range(STEPS):
            self.take(self.rng.choice(self.steps), self.rng.choice(self.people))
            if self.rng.random() < 0.2:
                self.bureau.service.clock.turn(
                    self.bureau.service.clock.now() + timedelta(hours=self.rng.randrange(1, 60))
                )
                self.bureau.service.run_timers()
        return self.taken

    def take(self, step: Step, name: str) -> None:
        who = getattr(self.bureau, name)
        shown = self.bureau.call(who, "GET", self.path)
        seen = shown.json if shown.status_code == 200 else self.bureau.get(self.bureau.hr, self.path)
        offered = shown.status_code == 200 and step.move in moves_of(seen)
        body, headers = step.body(self.bureau, seen), {"If-Match": f'"{seen["version"]}"'} if "version" in seen else {}
        path = f"{self.path}{step.path}".format_map(seen | last_examination(seen))
        answer = self.bureau.call(who, step.method, path, json=body, headers=headers)
        code = (answer.json or {}).get("code") if answer.status_code >= 400 else None
        trace = (SEED, self.taken, step.move, name, offered, answer.status_code, answer.text[:300])
        if answer.status_code < 300:
            if step.repeats and step.move in self.taken:
                return
            assert offered, trace
            self.taken.append(step.move)
            return
        assert answer.status_code in REFUSED, trace
        if offered and name in step.by:
            assert code in step.may_refuse, trace
        if answer.status_code == 409 and (code or "").endswith("_move_refused"):
            assert answer.json["detail"], trace


def moves_of(seen: Any) -> list[str]:
    return [one if isinstance(one, str) else one["move"] for one in seen["moves"]]


def last_examination(seen: Any) -> dict[str, str]:
    held = seen.get("examinations") or [{"id": str(new_id())}]
    return {"examination": held[-1]["id"]}


@pytest.fixture
def rng(request):
    return Random(f"{SEED}/{request.node.name}")


def content(_bureau: Bureau, _seen: Any) -> Any:
    return {name: value for name, value in a_plan().items() if name != "year"} | {"annex": {"support": [str(new_id())]}}


def reason(_bureau: Bureau, _seen: Any) -> Any:
    return {"reason": "Penyesuaian"}


def test_a_plan(bureau, rng):
    steps = [
        Step("EDIT", "", ("siti", "hr", "second_hr"), content, "PUT"),
        Step("SUBMIT", "/submit", ("siti",)),
        Step("RETURN", "/return", ("head",), reason),
        Step("ACTIVATE", "/activate", ("head",)),
        Step("REVISE", "/revise", ("siti", "head"), reason),
        Step("WITHDRAW", "/withdraw", ("siti",), reason),
    ]
    taken = Walk(bureau, f"/plans/{bureau.draft()['id']}", steps * 3, rng, ("siti", "head", "hr", "chief")).go()
    assert set(taken) <= {one.move for one in steps}
    closing = Walk(bureau, f"/plans/{bureau.draft(bureau.head)['id']}", [Step("CLOSE", "/close", ("hr",), reason)], rng)
    closing.take(closing.steps[0], "hr")
    closing.take(closing.steps[0], "hr")
    assert closing.taken == ["CLOSE"]


def test_an_annual_evaluation(bureau, rng):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    made = bureau.issue(finish=False)
    steps = [
        Step("ISSUE", "/finish", ("head",)),
        Step("RECEIVE", "/receive", ("siti",), repeats=True),
        Step("ACCEPT", "/accept", ("siti",)),
        Step("OBJECT", "/objection", ("siti",), lambda *_: {"reasons": "Bukti tidak dibaca"}, may_refuse=("objection_too_late",)),
    ]  # fmt: skip
    taken = Walk(bureau, f"/evaluations/{made['id']}", steps, rng, ("siti", "head", "chief", "hr", "outsider")).go()
    assert all(taken.count(one.move) <= 1 for one in steps)


def test_an_objection(bureau, rng):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    made = bureau.issue("BELOW")
    bureau.post(bureau.siti, f"/evaluations/{made['id']}/receive", status=200)
    filed = bureau.post(bureau.siti, f"/evaluations/{made['id']}/objection", {"reasons": "Tidak setuju"}, 201)

    def call(bureau: Bureau, _seen: Any) -> Any:
        starts = bureau.service.clock.now() + timedelta(days=4)
        return {"starts_at": starts.isoformat(), "invited": [str(bureau.siti.employee_id)], "place": "Ruang rapat"}

    def decision(*_: Any) -> Any:
        return {"outcome": "KEPT", "reasons": "Bukti cukup"}

    present = {"present": [], "minutes": "Keterangan dicatat"}
    steps = [
        Step("MAKE_STATEMENT", "/statement", ("head",), lambda *_: {"statement": "Target tidak tercapai"}),
        Step("CALL_EXAMINATION", "/examinations", ("chief", "hr", "second_hr"), call),
        Step("RECORD_MINUTES", "/examinations/{examination}/minutes", ("chief", "hr"), lambda *_: present,
             may_refuse=OF_ANOTHER),
        Step("ADD_REMARK", "/examinations/{examination}/remark", ("siti",), lambda *_: {"remark": "Sesuai"},
             may_refuse=OF_ANOTHER),
        Step("DECIDE", "/decision", ("chief",), decision),
    ]  # fmt: skip
    taken = Walk(bureau, f"/objections/{filed['id']}", steps, rng, ("siti", "head", "chief", "hr", "outsider")).go()
    assert taken.count("DECIDE") <= 1 >= taken.count("MAKE_STATEMENT")
    assert "DECIDE" not in taken[:-1]


def test_an_order_to_correct(bureau, rng):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    order = bureau.propose_correction(bureau.rate(1)["id"], "BELOW")
    steps = [
        Step("APPROVE", "/approve", ("hr",), reason),
        Step("REJECT", "/reject", ("hr",), reason),
        Step("WITHDRAW", "/withdraw", ("chief",), reason),
    ]
    people = ("siti", "head", "chief", "top", "hr", "inspector", "outsider")
    assert len(Walk(bureau, f"/corrections/{order['id']}", steps, rng, people).go()) <= 1


def test_a_proposal_of_a_rule(bureau, rng):
    made = bureau.propose("SMALL_GROUP", {"smallest": 6}, "2026-02-01")
    steps = [
        Step("APPROVE", "/approve", ("second_hr",), reason),
        Step("REJECT", "/reject", ("second_hr",), reason),
        Step("WITHDRAW", "/withdraw", ("hr",), reason),
    ]
    assert len(Walk(bureau, f"/rules/proposals/{made['id']}", steps, rng).go()) <= 1


def test_a_case_of_coaching(bureau, rng):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, "BELOW")
    (case,) = bureau.get(bureau.hr, "/follow-ups")["items"]
    coach = {"assigned_to": str(bureau.chief.employee_id)}
    steps = [
        Step("WRITE", "/notes", ("siti", "head"), lambda *_: {"text": "Dibahas"}),
        Step("ASSIGN", "/assignee", ("hr", "second_hr"), lambda *_: coach, "PUT"),
        Step("CLOSE", "/close", ("head", "chief"), lambda *_: {"outcome": "IMPROVED"}),
    ]
    taken = Walk(bureau, f"/follow-ups/{case['id']}", steps, rng).go()
    assert "CLOSE" not in taken[:-1]


def test_a_report_of_a_study(bureau, rng):
    bureau.change(bureau.siti, date(2026, 2, 1), status="STUDY_LEAVE")
    bureau.turn(2026, 8, 3, 3)
    made = report(bureau, bureau.siti)
    steps = [
        Step("EDIT", "", ("siti",), lambda *_: {**TERM, "progress": str(new_id())}, "PUT"),
        Step("RETURN", "/return", ("hr", "second_hr"), reason),
        Step("CONFIRM", "/confirm", ("hr", "second_hr")),
    ]
    taken = Walk(bureau, f"/study-reports/{made['id']}", steps, rng).go()
    assert "CONFIRM" not in taken[:-1]


def test_a_calibration(bureau, rng):
    bureau.hire(5)
    for who in (bureau.siti, *bureau.team):
        bureau.active_plan(who)
    bureau.turn(2026, 4, 6, 3)
    made = [bureau.rate(1, who=who, finish=False) for who in (bureau.siti, *bureau.team)]
    opened = {"year": 2026, "quarter": 1, "due_on": "2026-04-10", "reason": "Menyelaraskan"}
    session = bureau.post(bureau.chief, f"/units/{bureau.unit}/calibrations", opened, 201)

    def suggestion(*_: Any) -> Any:
        return {"work_result": "ABOVE", "behaviour": "ABOVE", "evaluation_id": made[0]["id"], "reason": "Setara"}

    steps = [
        Step("SUGGEST", "/suggestions", ("head", "chief"), suggestion),
        Step("CLOSE", "/close", ("chief",), lambda *_: {"minutes": "Selesai"}),
    ]
    taken = Walk(bureau, f"/calibrations/{session['id']}", steps, rng, ("head", "chief", "top", "hr", "outsider")).go()
    assert "CLOSE" not in taken[:-1]
