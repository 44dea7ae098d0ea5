"""Templates of plans: those for a position, or for the caller's own, and one of them."""

from dataclasses import replace
from uuid import UUID

from appraisal.domain.plan_template import ListTemplates, PlanTemplateRowView, PlanTemplateView
from appraisal.persistence.plan_templates import list_templates, load_template
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import people_on, today


def list_plan_templates(
    work: UnitOfWork, actor: Principal, wanted: ListTemplates, *, own_position: bool
) -> Page[PlanTemplateRowView]:
    """Return templates, the newest first; of `own_position` those for the position that the caller has today."""
    with work.transaction(actor.agency_id) as tx:
        if own_position:
            wanted = replace(wanted, position_code=_own_position(tx, actor))
        return list_templates(tx, wanted).of(PlanTemplateRowView.of)


def show_plan_template(work: UnitOfWork, actor: Principal, template_id: UUID) -> PlanTemplateView:
    with work.transaction(actor.agency_id) as tx:
        return PlanTemplateView.of(load_template(tx, template_id))


def _own_position(tx: Transaction, actor: Principal) -> str:
    """Return the code of the caller's position; empty for who has none, so that only those for every one are shown."""
    own = people_on(tx, [actor.employee_id], today(tx)).known if actor.employee_id is not None else {}
    stretch = own.get(actor.employee_id) if actor.employee_id is not None else None
    return "" if stretch is None else stretch.position_code
