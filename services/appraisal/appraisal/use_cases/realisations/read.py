"""Read what an employee states of the results of a plan."""

from uuid import UUID

from appraisal.authorisation import require_log_reader
from appraisal.domain.own_realisation import OwnRealisationsView, OwnRealisationView
from appraisal.persistence.plans import load_plan
from appraisal.persistence.realisations import realisations_of_plan
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def list_realisations(work: UnitOfWork, actor: Principal, plan_id: UUID) -> OwnRealisationsView:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, plan_id)
        require_log_reader(actor, plan)
        audit.record(tx, actor, "realisations_read", "plan", plan_id)
        found = realisations_of_plan(tx, plan.employee_id, plan_id)
        return OwnRealisationsView(tuple(map(OwnRealisationView.of, found)))
