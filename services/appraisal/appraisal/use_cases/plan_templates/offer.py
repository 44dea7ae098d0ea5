"""Offer a template of plans."""

from appraisal.authorisation import officer_of
from appraisal.domain.plan_template import OfferTemplate, PlanTemplate, PlanTemplateView
from appraisal.persistence.plan_templates import insert_template
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def offer_template(work: UnitOfWork, actor: Principal, command: OfferTemplate) -> PlanTemplateView:
    with work.transaction(actor.agency_id) as tx:
        made = PlanTemplate.offered(new_id(), command, officer_of(actor), tx.now)
        insert_template(tx, made)
        audit.record(tx, actor, "plan_template_offered", "plan_template", made.id)
        return PlanTemplateView.of(made)
