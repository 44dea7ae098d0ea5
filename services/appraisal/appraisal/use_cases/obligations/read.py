"""List who owes what: one's own, what is owed about oneself, the units one leads, or the agency."""

from collections.abc import Sequence
from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, self_of, visible_units
from appraisal.domain.obligation import KeptObligation, ListObligations
from appraisal.domain.obligation_moves import RATINGS, ObligationCaller
from appraisal.domain.obligation_views import ObligationView
from appraisal.persistence import obligation_lists
from appraisal.persistence.obligation_lists import Readable
from appraisal.persistence.people import standing_in_for, units_below
from appraisal.persistence.plans import agreed_years
from appraisal.persistence.reviews import hidden_from
from appraisal.persistence.stand_ins import stand_ins_today
from appraisal.use_cases.obligations.open_missing import open_missing
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import reachable_on, replaced_by_on, today


def list_obligations(work: UnitOfWork, actor: Principal, query: ListObligations) -> Page[ObligationView]:
    with work.transaction(actor.agency_id) as tx:
        day = today(tx)
        readable = None if actor.has(*WHOLE_AGENCY) else _readable(tx, actor)
        units = None if query.unit is None else units_below(tx, [query.unit], day)
        year = query.year or day.year
        if readable is None:
            people = None if query.employee_id is None else [query.employee_id]
            open_missing(tx, year, units=units, people=people, superior_id=query.owed_by)
        else:
            open_missing(tx, year, people=[readable.official, *readable.in_place])
            open_missing(tx, year, superior_id=readable.official)
            open_missing(tx, year, units=readable.units)
        hidden = hidden_from(tx, actor.employee_id)
        found = obligation_lists.list_obligations(tx, query, readable, units, hidden)
        audit.record(tx, actor, "obligations_listed", "obligation_list", query.unit or "all", year=query.year)
        views = {one.id: one for one in view_obligations(tx, actor, found.items)}
        return found.of(lambda one: views[one.id])


def view_obligations(tx: Transaction, actor: Principal, found: Sequence[KeptObligation]) -> list[ObligationView]:
    """Return obligations with what the caller may do about each now."""
    person, sees_all = actor.employee_id, actor.has(*WHOLE_AGENCY)
    in_place = set() if person is None else _in_place(tx, person, found)
    rated = {one.employee_id for one in found if one.kind in RATINGS}
    with_plan = agreed_years(tx, rated) if rated and person is not None else frozenset()
    is_away = person is not None and _is_away(tx, person, found)
    caller = ObligationCaller(person, frozenset(in_place), actor.has("hr_officer"), with_plan, is_away)
    return [
        ObligationView.of(one, tx.now, caller, with_words=sees_all or actor.is_about(one.employee_id)) for one in found
    ]


def _in_place(tx: Transaction, person: UUID, found: Sequence[KeptObligation]) -> set[UUID]:
    """Return what of this somebody may do in the place of who owes it."""
    day = today(tx)
    officials = replaced_by_on(tx, [person], day) if found else frozenset()
    stand_ins = stand_ins_today(tx, (one for one in found if one.owed_by in officials), day)
    return {one for one, who in stand_ins.items() if who == person}


def _is_away(tx: Transaction, person: UUID, found: Sequence[KeptObligation]) -> bool:
    """Return whether somebody who owes any of this about others is not there to do it."""
    owes = any(one.owed_by == person and one.employee_id != person for one in found)
    return owes and person not in reachable_on(tx, [person], today(tx))


def _readable(tx: Transaction, actor: Principal) -> Readable:
    day, official = today(tx), self_of(actor)
    in_place = standing_in_for(tx, official, day)
    return Readable(official, frozenset(in_place), frozenset(visible_units(tx, actor) or ()))
