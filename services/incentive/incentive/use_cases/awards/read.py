"""Read awards: one, those of a person, or all for HR and inspectors; and the kinds there are."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.pagination import Items, Page
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import WHOLE_AGENCY, require_reader
from incentive.domain.award import AwardState, AwardView, ListAwards
from incentive.domain.award_rules import AwardKindView
from incentive.persistence import awards
from incentive.persistence.people import today_of
from incentive.persistence.reference import award_kinds


def show_award(work: UnitOfWork, actor: Principal, award_id: UUID) -> AwardView:
    """A nomination under way is visible to HR and inspectors only."""
    with work.transaction(actor.agency_id) as tx:
        award = awards.load_award(tx, award_id)
        require_reader(tx, actor, award.employee_id)
        if award.state is not AwardState.GRANTED and not actor.has(*WHOLE_AGENCY):
            raise NotFound(object="penghargaan", id=award_id)
        return AwardView.of(award)


def list_awards(work: UnitOfWork, actor: Principal, query: ListAwards) -> Page[AwardView]:
    """A person sees what has been granted to them; nominations under way are HR's and the inspectors'."""
    oversight = actor.has(*WHOLE_AGENCY)
    with work.transaction(actor.agency_id) as tx:
        if query.employee_id is not None:
            require_reader(tx, actor, query.employee_id)
        elif not oversight:
            raise Forbidden
        found = awards.list_awards(tx, query.employee_id, query.page, only_granted=not oversight)
        return found.of(AwardView.of)


def list_award_kinds(work: UnitOfWork, actor: Principal) -> Items[AwardKindView]:
    """Return the kinds that hold today."""
    with work.transaction(actor.agency_id) as tx:
        kinds, _ = award_kinds(tx, today_of(tx))
        return Items(kinds)
