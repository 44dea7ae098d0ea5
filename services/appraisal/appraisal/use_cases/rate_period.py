"""Rate subordinates for a quarter or for the year: propose, or finish in the same step; one person or many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.errors import EvaluationExists, PlanMissing, RatingWindowClosed
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.values import Capacity, EvaluationKind, EvaluationState
from appraisal.persistence.evaluations import (
    Ratable,
    Verdict,
    add_evaluations,
    add_versions,
    evaluations_of_period,
    ratable,
    update_evaluation,
)
from appraisal.persistence.rules import AgencySetting, load_setting
from appraisal.use_cases.evaluation_views import evaluation_view
from appraisal.use_cases.judging import judge
from appraisal.use_cases.outcomes import failure
from appraisal.use_cases.settling import complete, follow_up, issue
from appraisal.use_cases.spread_guard import SpreadGuard
from chassis import audit
from chassis.auth import Principal
from chassis.errors import AppError, FieldError
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


@dataclass(frozen=True)
class Period:
    year: int
    quarter: int | None
    finish: bool


@dataclass(frozen=True)
class Rated:
    """One person's new judgement: to be inserted when there was none, else to replace a proposal."""

    before: Evaluation | None
    after: Evaluation
    verdict: Verdict | None
    plan: Ratable


@dataclass
class Round:
    """All that one request rates, read at once and written at once."""

    tx: Transaction
    actor: Principal
    period: Period
    setting: AgencySetting
    plans: dict[UUID, Ratable]
    earlier: dict[UUID, Evaluation]
    guard: SpreadGuard
    rated: dict[UUID, Rated] = field(default_factory=dict)


def rate_one(work: UnitOfWork, actor: Principal, period: Period, body: Mapping[str, Any]) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        employee_id = body["employee_id"]
        current = _open_round(tx, actor, period, [employee_id])
        unchanged = _rate(current, body)
        if unchanged is None:
            _write(current)
            unchanged = current.rated[employee_id].after
        return evaluation_view(unchanged)


def rate_many(work: UnitOfWork, actor: Principal, period: Period, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All good items in one transaction; a bad one is refused by itself, and a repeat changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        current = _open_round(tx, actor, period, [i["employee_id"] for i in items])
        outcomes: dict[UUID, dict[str, Any]] = {}
        for item in items:
            employee_id = item["employee_id"]
            if employee_id in outcomes:
                continue
            try:
                unchanged = _rate(current, item)
                done = "UNCHANGED" if unchanged else "DONE"
                outcomes[employee_id] = _outcome(done, unchanged or current.rated[employee_id].after)
            except AppError as error:
                outcomes[employee_id] = {**_NOTHING, "employee_id": employee_id, "error": failure(error)}
        _write(current)
        return {"items": list(outcomes.values())}


_NOTHING = {"outcome": "REFUSED", "evaluation_id": None, "state": None, "predicate": None}


def _outcome(outcome: str, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "employee_id": evaluation.employee_id,
        "outcome": outcome,
        "evaluation_id": evaluation.id,
        "state": evaluation.state,
        "predicate": evaluation.judgement.predicate,
        "error": None,
    }


def _open_round(tx: Transaction, actor: Principal, period: Period, employee_ids: Sequence[UUID]) -> Round:
    self_of(actor)
    setting = load_setting(tx, period.year, period.quarter)
    window = setting.window(period.year, period.quarter)
    if not window.contains(setting.today):
        raise RatingWindowClosed(
            period=f"{period.year}" if period.quarter is None else f"{period.year} triwulan {period.quarter}",
            opens_on=window.opens_on.isoformat(),
            closes_on=window.closes_on.isoformat(),
            today=setting.today.isoformat(),
        )
    plans = ratable(tx, employee_ids, period.year, period.quarter)
    again = [e for e in employee_ids if e not in plans or plans[e].evaluated]
    earlier = evaluations_of_period(tx, again, period.year, period.quarter) if again else {}
    guard = SpreadGuard(tx, setting, frozenset(employee_ids))
    return Round(tx, actor, period, setting, plans, earlier, guard)


def _rate(current: Round, body: Mapping[str, Any]) -> Evaluation | None:
    """Take one judgement into the round; gives the evaluation instead when it already says the same."""
    employee_id, earlier = body["employee_id"], current.earlier.get(body["employee_id"])
    found = current.plans.get(employee_id)
    if earlier is not None:
        require_one_of(current.actor, [earlier.appraiser_id])
    elif found is None:
        where = FieldError("employee_id", "plan_missing", str(employee_id), "pegawai dengan SKP yang sudah ditetapkan")
        raise PlanMissing(errors=[where], employee_id=employee_id, year=current.period.year)
    else:
        require_one_of(current.actor, [found.plan.appraiser_id])
        found.plan.in_force()
    judgement, rule_version = judge(current.setting, current.period.year, current.period.quarter, body)
    codes = tuple(body["competency_codes"])
    if earlier is not None:
        same = earlier.judgement == judgement and earlier.competency_codes == codes
        if same and not (current.period.finish and earlier.state is EvaluationState.PROPOSED):
            return earlier
        if earlier.state is not EvaluationState.PROPOSED or found is None:
            raise EvaluationExists(period=earlier.period, evaluation_id=earlier.id)
        after = earlier if same else earlier.rerated(judgement, codes, self_of(current.actor))
    else:
        assert found is not None
        after = _new(current, found, judgement, codes)
        same = False
    assert found is not None
    verdict = Verdict(self_of(current.actor), Capacity.APPRAISER, rule_version, found.periodic_ids)
    if current.period.finish:
        current.guard.check(after)
        after = _finished(current, after)
    current.rated[employee_id] = Rated(earlier, after, None if same else verdict, found)
    return None


def _new(current: Round, found: Ratable, judgement: Any, codes: tuple[str, ...]) -> Evaluation:
    plan, appraiser = found.plan, self_of(current.actor)
    return Evaluation(
        id=new_id(),
        plan_id=plan.id,
        plan_version=plan.in_force(),
        employee_id=plan.employee_id,
        unit_id=plan.unit_id,
        appraiser_id=appraiser,
        reviewer_id=plan.reviewer_id,
        rated_by=appraiser,
        kind=EvaluationKind.ANNUAL if current.period.quarter is None else EvaluationKind.PERIODIC,
        year=current.period.year,
        quarter=current.period.quarter,
        state=EvaluationState.PROPOSED,
        judgement=judgement,
        competency_codes=codes,
        revision=1,
        version=1,
    )


def _finished(current: Round, evaluation: Evaluation) -> Evaluation:
    now = current.tx.now
    return evaluation.issued(now) if evaluation.kind is EvaluationKind.ANNUAL else evaluation.finalised(now)


def _write(current: Round) -> None:
    """Write the round, then say and start what follows from each finished evaluation."""
    tx, rated = current.tx, list(current.rated.values())
    fresh = [(r.after, r.verdict) for r in rated if r.before is None and r.verdict is not None]
    if len(add_evaluations(tx, fresh)) != len(fresh):
        raise EvaluationExists(period=fresh[0][0].period, evaluation_id="-")
    for one in rated:
        if one.before is not None:
            update_evaluation(tx, one.before, one.after)
    add_versions(tx, [(r.after, r.verdict) for r in rated if r.before is not None and r.verdict is not None])
    for one in rated:
        evaluation = one.after
        if evaluation.state is EvaluationState.FINAL:
            complete(tx, evaluation, str(current.actor.employee_id))
            follow_up(tx, current.setting, evaluation, one.plan.before)
        elif evaluation.state is EvaluationState.ISSUED:
            issue(tx, current.setting, evaluation)
        action = "evaluation_" + evaluation.state.lower()
        audit.record(tx, current.actor, action, "evaluation", evaluation.id, employee_id=evaluation.employee_id)
