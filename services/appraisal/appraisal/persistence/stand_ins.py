"""Who may do today what an official owes, in their place: one answer for lists, moves and reminders."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import text

from appraisal.domain.obligation import ObligationKind
from appraisal.domain.obligation_moves import IN_PLACE, Duty
from appraisal.persistence.lines import load_lines
from chassis.unit_of_work import Transaction
from directory.answers import Superior
from directory.questions import reviewers_on, superiors_on

_ASK = {Duty.APPRAISE: superiors_on, Duty.REVIEW: reviewers_on}
# Joins three tables: of objections that are answered or decided, who decides, and who may not: everybody who has made
# one of the ratings, answered this objection or one that was withdrawn, or designated who decides.
_MATTERS = text(
    "SELECT o.id, b.decider_id, array_remove(ARRAY(SELECT v.decided_by FROM evaluation_version v "
    "WHERE v.evaluation_id = e.id) || ARRAY(SELECT s.stated_by FROM objection s WHERE s.evaluation_id = e.id) "
    "|| ARRAY[e.employee_id, e.appraiser_id, e.rated_by, e.finished_by, b.designated_by, "
    "e.order_proposed_by, e.order_approved_by], NULL) AS parties FROM obligation o "
    "JOIN objection b ON b.id = o.matter_id JOIN evaluation e ON e.id = b.evaluation_id WHERE o.id = ANY(:ids)"
)


class OwedAbout(Protocol):
    """Something that is owed about an employee."""

    @property
    def id(self) -> UUID: ...
    @property
    def kind(self) -> ObligationKind: ...
    @property
    def employee_id(self) -> UUID: ...
    @property
    def owed_by(self) -> UUID | None: ...


def stand_ins_today(tx: Transaction, owed: Iterable[OwedAbout], day: date) -> dict[UUID, UUID]:
    """Return by obligation who may do it today in the place of who owes it, where somebody may.

    They stand in for the official who has the duty towards the employee, with this duty, and are there. What is owed by
    a former official of the employee is theirs alone.
    """
    others = [one for one in owed if one.kind in IN_PLACE and one.owed_by not in {None, one.employee_id}]
    duties = {
        duty: ask(tx, about, day).known
        for duty, ask in _ASK.items()
        if (about := {one.employee_id for one in others if _needs(one.kind, duty)})
    }
    found = {
        one.id: duty.superior_id
        for one in others
        if (duty := duties[IN_PLACE[one.kind]].get(one.employee_id)) is not None
        and duty.holder_id == one.owed_by
        and duty.superior_id != one.owed_by
        and duty.reachable
    }
    barred = _barred(tx, [one for one in others if one.id in found], found, duties.get(Duty.REVIEW, {}), day)
    return {one: who for one, who in found.items() if one not in barred}


def _needs(kind: ObligationKind, duty: Duty) -> bool:
    """An answer to an objection is not given by who decides it, so that is asked, too."""
    return IN_PLACE[kind] is duty or (kind is ObligationKind.STATEMENT and duty is Duty.REVIEW)


def _barred(
    tx: Transaction,
    owed: Collection[OwedAbout],
    stand_ins: Mapping[UUID, UUID],
    reviewing: Mapping[UUID, Superior | None],
    day: date,
) -> set[UUID]:
    """Return the obligations that their stand-in may not do: by what they were to the objection, or their own line."""
    cases = {one.id: one for one in owed if one.kind in {ObligationKind.STATEMENT, ObligationKind.DECISION}}
    if not cases:
        return set()
    lines = load_lines(tx, {stand_ins[one] for one in cases}, day)
    barred = set()
    for matter in tx.session.execute(_MATTERS, {"ids": list(cases)}):
        who, one = stand_ins[matter.id], cases[matter.id]
        if one.kind is ObligationKind.DECISION:
            is_barred = who in matter.parties or lines.is_above(one.employee_id, who)
        else:
            duty = reviewing.get(one.employee_id)
            acts = duty is not None and duty.holder_id == matter.decider_id and duty.superior_id == who
            is_barred = acts or who == matter.decider_id
        if is_barred:
            barred.add(matter.id)
    return barred
