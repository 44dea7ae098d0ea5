"""State as an employee what was achieved of the own results in a period, until it is rated."""

from dataclasses import replace

from appraisal.authorisation import require_self
from appraisal.domain.cycle import require_row
from appraisal.domain.own_realisation import (
    OwnRealisation,
    OwnRealisationView,
    StateRealisation,
    require_begun,
    require_unrated,
)
from appraisal.domain.periods import Period
from appraisal.persistence.evaluations import evaluations_of
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.plans import load_plan
from appraisal.persistence.realisations import insert_realisation, realisations_of, update_realisation
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def state_realisation(work: UnitOfWork, actor: Principal, command: StateRealisation) -> OwnRealisationView:
    """A closed plan counts too: its days were worked, and its period may still be rated."""
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, command.plan_id)
        require_self(actor, plan.employee_id)
        period = Period.of(plan.year, command.quarter, command.month)
        require_row(rows_of_year(tx, plan.year), period)
        require_begun(period, load_setting(tx).today)
        require_unrated(period, evaluations_of(tx, [plan.employee_id], period).get(plan.employee_id))
        found = realisations_of(tx, plan.employee_id, period)
        before = next((one for one in found if one.plan_id == plan.id), None)
        if before is None:
            after = OwnRealisation.stated(new_id(), plan, command, tx.now)
            insert_realisation(tx, after)
        else:
            after = before.changed(plan, command, tx.now)
            if after is before:
                return OwnRealisationView.of(before)
            update_realisation(tx, before, after)
            after = replace(after, version=before.version + 1)
        audit.record(tx, actor, "realisation_stated", "plan", plan.id, realisation_id=after.id)
        return OwnRealisationView.of(after)
