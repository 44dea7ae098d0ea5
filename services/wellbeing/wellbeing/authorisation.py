"""Who may see and do what; each use case asks here once."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import Transaction
from disclosure.units import UnitTree
from wellbeing.domain.errors import SurveyResultsOutOfScope
from wellbeing.domain.reporting_line import has_conflict, require_no_leader
from wellbeing.domain.survey_views import SurveyReader
from wellbeing.domain.ticket import Ticket
from wellbeing.persistence.directory import find_employee, is_leader, led_by, reporting_line, unit_tree
from wellbeing.persistence.survey_answers import surveys_asking, surveys_with_token
from wellbeing.persistence.tickets import excluded_from, load_case, subjects_of

OFFICER = "wellbeing_officer"


def self_of(actor: Principal) -> UUID:
    """Return the employee behind an account. Raise Forbidden for an account that is no employee."""
    if actor.employee_id is None:
        raise Forbidden
    return actor.employee_id


def led_units(tx: Transaction, actor: Principal) -> frozenset[UUID]:
    """Return the tops of the unit trees that somebody leads; none without the role."""
    if not actor.has("unit_leader"):
        return frozenset()
    led = led_by(tx, actor.employee_id) if actor.employee_id else frozenset()
    return led | ({actor.unit_id} if actor.unit_id else set())


def visible_units(tx: Transaction, actor: Principal) -> frozenset[UUID] | None:
    """Return the units whose tickets about places somebody may see by office; None for the whole agency."""
    return None if actor.has(OFFICER) else unit_tree(tx).subtree(led_units(tx, actor))


def require_counts_reader(tx: Transaction, actor: Principal, tree: UnitTree, unit_id: UUID | None) -> None:
    """Raise Forbidden unless this is the officer, an inspector, or a leader of the unit or one above."""
    if not actor.has(OFFICER, "inspector") and unit_id not in tree.subtree(led_units(tx, actor)):
        raise Forbidden


def is_condition_party(actor: Principal, ticket: Ticket) -> bool:
    """Return whether this is the officer, the owner or the reporter."""
    person = actor.employee_id
    return actor.has(OFFICER) or (person is not None and person in {ticket.reporter_id, ticket.owner_id})


def require_condition_party(actor: Principal, ticket: Ticket) -> None:
    if not is_condition_party(actor, ticket):
        raise Forbidden


def require_condition_reader(tx: Transaction, actor: Principal, ticket: Ticket) -> None:
    """Raise Forbidden unless this is the officer, the owner, the reporter, or a leader above the place."""
    if not is_condition_party(actor, ticket) and ticket.unit_id not in unit_tree(tx).subtree(led_units(tx, actor)):
        raise Forbidden


def require_condition_owner(actor: Principal, ticket: Ticket) -> None:
    """Raise Forbidden unless this is the officer or the owner."""
    if not actor.has(OFFICER) and self_of(actor) != ticket.owner_id:
        raise Forbidden


def require_case_officer(tx: Transaction, actor: Principal) -> UUID:
    """Return the officer. Raise Forbidden without the role, CaseConflictOfInterest for who leads a unit."""
    employee_id = self_of(actor)
    if not actor.has(OFFICER):
        raise Forbidden
    leads = actor.has("unit_leader") or is_leader(tx, employee_id)
    require_no_leader(leads_a_unit=leads)
    return employee_id


def load_case_as_officer(tx: Transaction, actor: Principal, ticket_id: UUID) -> Ticket:
    """Return a case to an officer who may know that it exists.

    Whoever must not know of it gets NotFound: a refusal would inform a reported person of the report.
    """
    employee_id = require_case_officer(tx, actor)
    ticket = load_case(tx, ticket_id)
    if must_not_read(tx, [ticket_id], employee_id):
        raise NotFound(object="laporan", id=ticket_id)
    return ticket


def load_case_as_handler(tx: Transaction, actor: Principal, ticket_id: UUID) -> Ticket:
    """Return a case to the officer to whom it is assigned. Raise as above, TicketNotTaken, CaseHandledByAnother."""
    ticket = load_case_as_officer(tx, actor, ticket_id)
    ticket.require_handler(actor.employee_id)
    return ticket


def must_not_read(tx: Transaction, ticket_ids: Collection[UUID], employee_id: UUID) -> set[UUID]:
    """Return which of these cases somebody must not read: by what was stored, and by how people stand today."""
    found = excluded_from(tx, ticket_ids, employee_id)
    line = reporting_line(tx)
    for ticket_id, subjects in subjects_of(tx, ticket_ids).items():
        if ticket_id not in found and has_conflict(line, employee_id, subjects):
            found.add(ticket_id)
    return found


def survey_reader(tx: Transaction, actor: Principal, survey_ids: Collection[UUID]) -> SurveyReader:
    """Return what somebody is to surveys: office, which ask for their answer, and where they have a token."""
    person = actor.employee_id
    if person is None:
        return SurveyReader(actor.has(OFFICER), frozenset(), frozenset())
    asked_by = surveys_asking(tx, survey_ids, person) if is_active(tx, person) else frozenset()
    return SurveyReader(actor.has(OFFICER), asked_by, surveys_with_token(tx, survey_ids, person))


def is_active(tx: Transaction, employee_id: UUID) -> bool:
    """Return whether this is an active employee today."""
    employee = find_employee(tx, employee_id)
    return employee is not None and employee.is_active


@dataclass(frozen=True)
class ResultScope:
    """The groups of a survey that somebody may see (None: every group), and whether they read free text."""

    groups: frozenset[UUID] | None
    texts: bool

    def includes(self, unit_id: UUID | None) -> bool:
        return unit_id is None or self.groups is None or unit_id in self.groups

    def require(self, unit_id: UUID | None) -> None:
        if not self.includes(unit_id):
            raise SurveyResultsOutOfScope


def result_scope(tx: Transaction, actor: Principal, tree: UnitTree) -> ResultScope:
    """Return which results of a survey somebody may see.

    Everybody: the whole, their own unit and those above it, each with the groups directly below, as suppressed.
    Leaders: their tree. Officer and inspector: all. Free text is read by the officer alone: a chief knows how the
    people of a team write, and what only one of them can know.
    """
    led = tree.subtree(led_units(tx, actor))
    own = find_employee(tx, actor.employee_id) if actor.employee_id else None
    chain: set[UUID] = set()
    if own is not None:
        chain = {own.unit_id, *unit_tree(tx).ancestors(own.unit_id)}
    beside = {child for unit in chain for child in tree.children.get(unit, ())} | set(tree.tops())
    everything = actor.has(OFFICER, "inspector")
    groups = None if everything else frozenset(chain | beside | led)
    return ResultScope(groups, actor.has(OFFICER))
