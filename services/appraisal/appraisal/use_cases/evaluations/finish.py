"""Finish a proposal: it becomes final, or is issued when it is annual; an extreme is reviewed before, by a rule."""

from uuid import UUID

from appraisal.authorisation import acting_capacity
from appraisal.domain.evaluation_views import EvaluationView
from appraisal.domain.review import HandedIn
from appraisal.domain.segments import Excuse
from appraisal.domain.values import EvaluationState
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.extensions import require_window
from appraisal.persistence.obligation_lists import excused_by_order
from appraisal.persistence.offices import load_offices
from appraisal.persistence.people import days_in_period
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.distributions.hold import hold_distribution
from appraisal.use_cases.evaluations.publish import publish_finished
from appraisal.use_cases.obligations.keep import keep_finished_evaluations
from appraisal.use_cases.reviews.ask import ask_reviews, load_reviewing
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def finish_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID, *, reason: str = "") -> EvaluationView:
    """`reason`: why the appraiser keeps to a rating that its reviewer has returned."""
    with work.transaction(actor.agency_id) as tx:
        before = load_evaluation(tx, evaluation_id)
        offices = load_offices(tx, {before.employee_id: [before.appraiser_id]}, today(tx))
        named = offices.named(before.employee_id, before.appraiser_id)
        by = acting_capacity(tx, actor, before.employee_id, named)
        period, setting = before.period, setting_of(tx, before.period)
        require_window(tx, setting, period, [before.employee_id])
        rule = setting.rules.distribution(period.last_day)
        if excused_by_order(tx, [before.employee_id], period):
            days = days_in_period(tx, [before.employee_id], period).of(before.employee_id)
            raise days.excused(Excuse.BY_ORDER, setting.rules.minimum_days(period.last_day))
        reviewing = load_reviewing(tx, setting, [before.id])
        after, further_reason = reviewing.finished(before, by, reason, tx.now)
        guard = hold_distribution(tx, actor, rule, period, units=[before.unit_id], rated=[before.employee_id])
        guard.admit(before.unit_id, before.rating.predicate)
        saved = update_evaluation(tx, before, after)
        keep_finished_evaluations(tx, [saved])
        if saved.state is EvaluationState.IN_REVIEW:
            ask_reviews(tx, setting, [HandedIn(saved, further_reason)])
        publish_finished(tx, actor, setting, saved)
        return EvaluationView.of(saved, actor.employee_id)
