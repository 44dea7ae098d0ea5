"""Finish a proposal: a periodic one becomes final by its appraiser, an annual one is issued to the employee."""

from uuid import UUID

from appraisal.authorisation import acting_capacity
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.segments import Excuse
from appraisal.domain.values import EvaluationState
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.extensions import require_window
from appraisal.persistence.obligation_lists import excused_by_order
from appraisal.persistence.offices import load_offices
from appraisal.persistence.people import days_in_period
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.distributions.hold import hold_distribution
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from appraisal.use_cases.evaluations.issue import issue_evaluation
from appraisal.use_cases.follow_ups.open import open_follow_up
from appraisal.use_cases.obligations.keep import keep_finished_evaluations
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def finish_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> EvaluationView:
    with work.transaction(actor.agency_id) as tx:
        before = load_evaluation(tx, evaluation_id)
        offices = load_offices(tx, {before.employee_id: [before.appraiser_id]}, today(tx))
        named = offices.named(before.employee_id, before.appraiser_id)
        by = acting_capacity(tx, actor, before.employee_id, named)
        after, period = before.finished(tx.now, by), before.period
        setting = setting_of(tx, period)
        require_window(tx, setting, period, [before.employee_id])
        rule = setting.rules.distribution(period.last_day)
        if excused_by_order(tx, [before.employee_id], period):
            days = days_in_period(tx, [before.employee_id], period).of(before.employee_id)
            raise days.excused(Excuse.BY_ORDER, setting.rules.minimum_days(period.last_day))
        guard = hold_distribution(tx, rule, period, units=[before.unit_id], rated=[before.employee_id])
        guard.admit(before.unit_id, before.rating.predicate)
        saved = update_evaluation(tx, before, after)
        keep_finished_evaluations(tx, [saved])
        if saved.state is EvaluationState.FINAL:
            finalise_evaluation(tx, saved, str(actor.employee_id))
            open_follow_up(tx, setting, saved)
        else:
            issue_evaluation(tx, setting, saved)
        action = "evaluation_" + saved.state.lower()
        audit.record(tx, actor, action, "evaluation", saved.id, employee_id=saved.employee_id)
        return EvaluationView.of(saved, actor.employee_id)
