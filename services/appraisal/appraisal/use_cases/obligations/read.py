"""List who owes what: one's own, what is owed about oneself, the units one leads, or the agency."""

from appraisal.authorisation import WHOLE_AGENCY, self_of, visible_units
from appraisal.domain.obligation import ListObligations, ObligationView
from appraisal.persistence import obligation_lists
from appraisal.persistence.obligation_lists import Readable
from appraisal.persistence.people import standing_in_for, units_below
from appraisal.persistence.reviews import hidden_from
from appraisal.use_cases.obligations.open_missing import open_missing
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


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
        is_hr = actor.has(*WHOLE_AGENCY)
        return found.of(lambda one: ObligationView.of(one, tx.now, with_words=is_hr or actor.is_about(one.employee_id)))


def _readable(tx: Transaction, actor: Principal) -> Readable:
    day, official = today(tx), self_of(actor)
    in_place = standing_in_for(tx, official, day)
    return Readable(official, frozenset(in_place), frozenset(visible_units(tx, actor) or ()))
