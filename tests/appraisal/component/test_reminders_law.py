"""Whoever is reminded can do what they are reminded of, at that moment; nobody else can, who is not: over all kinds.

For each kind on the last day of its deadline, with the official there, away, and away with somebody standing in. Those who
were not reminded try first, and are refused; then those who were, and succeed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from appraisal.domain.reminders import ReminderRule
from appraisal.domain.rules import RuleKind
from appraisal.persistence.rules import national_rules
from tests.appraisal.builders import Bureau, a_rating
from tests.appraisal.component.deadlines import annual, deadlines
from tests.appraisal.component.reviews import asked, let_extremes_be_reviewed
from tests.appraisal.component.test_obligations import opened
from tests.appraisal.component.test_reminders import morning

REFUSED = {403, 404, 409, 422}
PEOPLE = ("siti", "head", "chief", "top", "hr", "second_hr", "outsider", "deputy")


def own_plan(bureau):
    path = f"/plans/{bureau.draft()['id']}/submit"
    return lambda who: bureau.post(who, path)


def plan_to_agree(bureau):
    path = f"/plans/{bureau.draft()['id']}"
    version = bureau.post(bureau.siti, f"{path}/submit", status=200)["version"]
    return lambda who: bureau.post(who, f"{path}/activate", headers={"If-Match": f'"{version}"'})


def quarter(bureau):
    bureau.active_plan()
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=1)
    return lambda who: bureau.post(who, "/evaluations/periodic", body)


def year(bureau):
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026)
    return lambda who: bureau.post(who, "/evaluations/annual", body)


def days_until_a_move(bureau, **change):
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.siti, date(2026, 5, 15), **(change or {"unit_id": bureau.bureau_unit}))
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "first_day": "2026-04-01"}
    return lambda who: bureau.post(who, "/evaluations/segments", {**a_rating(), **body})


def days_until_a_move_to_another(bureau):
    """Who stands in for the former superior of somebody has no duty towards them."""
    return days_until_a_move(bureau, superior_id=bureau.chief.employee_id)


def answer(bureau):
    path = f"/evaluations/{annual(bureau)}/accept"
    return lambda who: bureau.post(who, path)


def statement(bureau):
    filed = bureau.post(bureau.siti, f"/evaluations/{annual(bureau)}/objection", {"reasons": "Bukti tidak dibaca"}, 201)
    return lambda who: bureau.post(who, f"/objections/{filed['id']}/statement", {"statement": "Target tidak tercapai"})


def decision(bureau, by="head"):
    return decided_after_answer(bureau, annual(bureau), by)


def decided_after_answer(bureau, evaluation, by="head"):
    filed = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Bukti tidak dibaca"}, 201)
    bureau.answer(filed["id"], by=getattr(bureau, by))
    body = {"outcome": "KEPT", "reasons": "Bukti cukup"}
    return lambda who: bureau.post(who, f"/objections/{filed['id']}/decision", body)


def decision_on_what_the_deputy_answered(bureau):
    """Whoever has answered for the appraiser does not decide, whom they may stand in for later."""
    bureau.stand_in(bureau.deputy, bureau.head, date(2027, 1, 12), date(2027, 1, 13))
    return decision(bureau, by="deputy")


def decision_after_the_deputy_answered_what_was_withdrawn(bureau):
    """Nor whoever has answered for the appraiser an objection that was withdrawn before this one was filed."""
    first = bureau.post(bureau.siti, f"/evaluations/{annual(bureau)}/objection", {"reasons": "Tidak dibaca"}, 201)
    bureau.stand_in(bureau.deputy, bureau.head, date(2027, 1, 12), date(2027, 1, 13))
    bureau.answer(first["id"], by=bureau.deputy)
    bureau.post(bureau.siti, f"/objections/{first['id']}/withdraw", {}, 200)
    return decided_after_answer(bureau, first["evaluation_id"])


def dialogue(bureau):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    path = f"/evaluations/{bureau.rate(2)['id']}/dialogue"
    bureau.post(bureau.siti, path, {"text": "Mohon penjelasan"}, 201)
    return lambda who: bureau.post(who, path, {"text": "Sudah dibahas", "agreed_note": "Target ditinjau"})


def review(bureau):
    let_extremes_be_reviewed(bureau)
    path = f"/evaluations/{asked(bureau)['id']}"
    version = bureau.get(bureau.inspector, path)["version"]
    reason = {"reason": "Bukti dukung cukup"}
    return lambda who: bureau.post(who, f"{path}/review/confirm", reason, headers={"If-Match": f'"{version}"'})


@dataclass(frozen=True)
class Case:
    """What is owed by an official, or by Siti for herself.

    `while_away` are those who can do it when the official is away and nobody stands in; `may_too` can as well, though they
    do not owe it.
    """

    kind: str
    given: Callable[[Bureau], Callable[[Any], Any]]
    official: str = "head"
    stand_in_may: bool = True
    while_away: frozenset[str] = frozenset()
    may_too: tuple[str, ...] = ()

    def expected(self, *, away: bool, stood_in: bool) -> set[str]:
        """Return who is to be reminded. A review is owed by who makes it: nobody passes over whoever stands in."""
        if not away:
            return {self.official}
        if not stood_in or not self.stand_in_may or self.official == "siti":
            return set(self.while_away)
        return {"deputy"} if self.kind == "REVIEW" else {"deputy", *self.while_away}


SITI = frozenset({"siti"})
CASES = [
    Case("PLAN", own_plan, "siti", while_away=SITI),
    Case("PLAN", plan_to_agree),
    Case("PERIODIC_EVALUATION", quarter),
    Case("ANNUAL_EVALUATION", year),
    Case("SEGMENT_RATING", days_until_a_move),
    Case("SEGMENT_RATING", days_until_a_move_to_another, stand_in_may=False),
    Case("ANSWER", answer, "siti", while_away=SITI),
    Case("STATEMENT", statement),
    Case("DECISION", decision, "chief"),
    Case("DECISION", decision_on_what_the_deputy_answered, "chief", stand_in_may=False),
    Case("DECISION", decision_after_the_deputy_answered_what_was_withdrawn, "chief", stand_in_may=False),
    Case("DIALOGUE", dialogue, while_away=frozenset({"head"}), may_too=("chief",)),
    Case("REVIEW", review, "chief", while_away=frozenset({"top"})),
]


def test_every_kind_that_is_reminded_of_has_its_case():
    (national,) = [one.value for one in national_rules() if one.kind is RuleKind.REMINDER]
    assert {one.kind for one in CASES} == set(ReminderRule.parse(national).kinds)


def last_day(bureau, kind):
    """Return the last day of what is owed about Siti, or the Friday before, on which people are reminded of it."""
    found = [
        one for one in deadlines(bureau, kind) if (one.employee_id, one.state) == (bureau.siti.employee_id, "OPEN")
    ]
    due = min(one.due_at for one in found if not one.subject.startswith("2025"))
    day = due.astimezone(ZoneInfo("Asia/Jakarta")).date()
    return day - timedelta(days=max(0, day.weekday() - 4))


def reminded(bureau, case):
    """Return who was reminded of what is of the case's kind, and whether as a stand-in."""
    names = {str(getattr(bureau, name).employee_id): name for name in PEOPLE}
    return {
        (names[one["data"]["employee_id"]], one["data"]["role"])
        for one in bureau.events("DeadlinesApproaching")
        for count in one["data"]["approaching"]
        if count["kind"] == case.kind and (case.kind != "PLAN" or count["own"] == (case.official == "siti"))
    }


@pytest.fixture
def manned(bureau):
    opened(bureau)
    bureau.deputy = bureau.person()
    bureau.place(bureau.deputy, bureau.root, "PELAKSANA", bureau.top)
    return bureau


def go_to(bureau, case, *, away, stood_in):
    """Let it be the last day, of which the official is away since the day before."""
    day = last_day(bureau, case.kind)
    before = day - timedelta(days=1)
    bureau.turn(before.year, before.month, before.day, 3)
    official = getattr(bureau, case.official)
    if away:
        bureau.change(official, before, status="ON_LEAVE")
    if stood_in:
        bureau.stand_in(bureau.deputy, official, before, day + timedelta(days=7))
    morning(bureau, day.isoformat())


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.given.__name__)
@pytest.mark.parametrize(
    ("away", "stood_in"), [(False, False), (True, False), (True, True)], ids=["there", "away", "stood_in"]
)
def test_who_is_reminded_can_do_it_and_nobody_else_can(manned, case, away, stood_in):
    bureau = manned
    act = case.given(bureau)
    go_to(bureau, case, away=away, stood_in=stood_in)
    found = {name for name, _ in reminded(bureau, case)}
    if case.given is own_plan:
        found &= SITI  # the others owe their own plans
    assert found == case.expected(away=away, stood_in=stood_in)
    for name in PEOPLE:
        if name not in {*found, *case.may_too}:
            answered = act(getattr(bureau, name))
            assert answered.status_code in REFUSED, (name, answered.text)
    for name in found:
        answered = act(getattr(bureau, name))
        assert answered.status_code in {200, 201}, (name, answered.text)
