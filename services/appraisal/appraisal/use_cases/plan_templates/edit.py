"""Replace the content of a template; plans that were drafted from it stay as they are."""

from uuid import UUID

from appraisal.authorisation import officer_of
from appraisal.domain.plan_template import OfferTemplate, PlanTemplateView
from appraisal.persistence.plan_templates import load_template, update_template
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def edit_template(
    work: UnitOfWork, actor: Principal, template_id: UUID, command: OfferTemplate, *, expected_version: int | None
) -> PlanTemplateView:
    with work.transaction(actor.agency_id) as tx:
        before = load_template(tx, template_id)
        require_version(expected_version, before.version)
        saved = update_template(tx, before, before.edited(command, officer_of(actor), tx.now))
        audit.record(tx, actor, "plan_template_edited", "plan_template", saved.id, version=saved.version)
        return PlanTemplateView.of(saved)
