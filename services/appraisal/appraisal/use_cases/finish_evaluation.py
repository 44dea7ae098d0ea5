"""Finish a proposal: a periodic one becomes final by its appraiser, an annual one is issued to the employee."""

from typing import Any
from uuid import UUID

from appraisal.authorisation import require_one_of
from appraisal.domain.errors import RatingWindowClosed
from appraisal.domain.values import EvaluationKind, EvaluationState
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.evaluation_views import evaluation_view
from appraisal.use_cases.settling import complete, follow_up, issue
from appraisal.use_cases.spread_guard import SpreadGuard
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def finish_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        before = load_evaluation(tx, evaluation_id).evaluation
        require_one_of(actor, [before.appraiser_id])
        annual = before.kind is EvaluationKind.ANNUAL
        after = before.issued(tx.now) if annual else before.finalised(tx.now)
        setting = load_setting(tx, before.year, before.quarter)
        window = setting.window(before.year, before.quarter)
        if not window.contains(setting.today):
            raise RatingWindowClosed(
                period=before.period,
                opens_on=window.opens_on.isoformat(),
                closes_on=window.closes_on.isoformat(),
                today=setting.today.isoformat(),
            )
        SpreadGuard(tx, setting, frozenset({before.employee_id})).check(before)
        update_evaluation(tx, before, after)
        if after.state is EvaluationState.FINAL:
            complete(tx, after, str(actor.employee_id))
            follow_up(tx, setting, after)
        else:
            issue(tx, setting, after)
        audit.record(
            tx, actor, "evaluation_" + after.state.lower(), "evaluation", after.id, employee_id=after.employee_id
        )
        return evaluation_view(after)
