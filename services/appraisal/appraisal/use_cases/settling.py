"""What follows when an evaluation is final, issued or corrected: facts, follow-ups, timers, a closed plan."""

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.follow_up import follow_up_for, is_repeated
from appraisal.domain.periods import deadline_after, local_date
from appraisal.domain.values import EvaluationKind, FollowUpKind, Predicate
from appraisal.events import AppraisalCompleted, AppraisalCorrected, AppraisalIssued, FollowUpOpened
from appraisal.persistence.plans import close_plan_of_year
from appraisal.persistence.rules import AgencySetting
from chassis import outbox, timers
from chassis.ids import new_id
from chassis.unit_of_work import Transaction

_OPEN = text(
    "INSERT INTO follow_up (id, agency_id, employee_id, evaluation_id, kind, state, appraiser_id, assigned_to, "
    "competency_codes, repeated, opened_at, outcome, version) VALUES (:id, :agency, :employee, :evaluation, :kind, "
    "'OPEN', :appraiser, :assigned, CAST(:codes AS jsonb), :repeated, :now, '', 1) "
    "ON CONFLICT (evaluation_id, kind) DO NOTHING RETURNING id"
)
_BEFORE = text(
    "SELECT predicate FROM evaluation WHERE employee_id = :employee AND kind = 'PERIODIC' AND state = 'FINAL' "
    "AND (year, quarter) < (:year, :quarter) ORDER BY year DESC, quarter DESC LIMIT 3"
)


def complete(tx: Transaction, evaluation: Evaluation, actor: str) -> None:
    """Say that an evaluation is final. A final annual one also closes the year's plan."""
    assert evaluation.completed_by is not None
    outbox.record(
        tx,
        AppraisalCompleted(
            evaluation_id=evaluation.id,
            employee_id=evaluation.employee_id,
            kind=evaluation.kind,
            year=evaluation.year,
            quarter=evaluation.quarter,
            work_result=evaluation.judgement.work_result,
            behaviour=evaluation.judgement.behaviour,
            predicate=evaluation.judgement.predicate,
            version=evaluation.revision,
            completed_by=evaluation.completed_by,
        ),
    )
    if evaluation.kind is EvaluationKind.ANNUAL:
        reason = f"evaluasi tahunan {evaluation.year} final"
        close_plan_of_year(tx, evaluation.employee_id, evaluation.year, actor, reason)


def issue(tx: Transaction, setting: AgencySetting, evaluation: Evaluation) -> None:
    """Say that an annual document was handed over; nobody's silence keeps it from ever being received."""
    outbox.record(
        tx,
        AppraisalIssued(
            evaluation_id=evaluation.id,
            employee_id=evaluation.employee_id,
            year=evaluation.year,
            predicate=evaluation.judgement.predicate,
            appraiser_id=evaluation.appraiser_id,
            reviewer_id=evaluation.reviewer_id,
            version=evaluation.revision,
        ),
    )
    assert evaluation.issued_at is not None
    days = setting.rules.objection(local_date(evaluation.issued_at, setting.time_zone)).deemed_receipt_days
    if days is not None:
        timers.schedule(
            tx, "deemed_receipt", evaluation.id, deadline_after(evaluation.issued_at, days, setting.time_zone)
        )


def watch_window(tx: Transaction, evaluation: Evaluation) -> None:
    """Let the objection window end by itself, one second after its last."""
    assert evaluation.objection_until is not None
    timers.schedule(tx, "objection_window", evaluation.id, evaluation.objection_until + timedelta(seconds=1))


def correct(tx: Transaction, evaluation: Evaluation, previous: Predicate) -> None:
    outbox.record(
        tx,
        AppraisalCorrected(
            evaluation_id=evaluation.id,
            employee_id=evaluation.employee_id,
            kind=evaluation.kind,
            year=evaluation.year,
            quarter=evaluation.quarter,
            work_result=evaluation.judgement.work_result,
            behaviour=evaluation.judgement.behaviour,
            predicate=evaluation.judgement.predicate,
            previous_predicate=previous,
            version=evaluation.revision,
        ),
    )


def follow_up(
    tx: Transaction, setting: AgencySetting, evaluation: Evaluation, before: Sequence[Predicate] | None = None
) -> None:
    """Open what a weak predicate asks for, once for each evaluation; `before` are the earlier ones, newest first."""
    rule = setting.rules.follow_up(setting.today)
    predicate = evaluation.judgement.predicate
    kind = follow_up_for(rule, evaluation.kind, predicate)
    if kind is None:
        return
    if before is None:
        values = {"employee": evaluation.employee_id, "year": evaluation.year, "quarter": evaluation.quarter}
        before = [Predicate(p) for p in tx.session.execute(_BEFORE, values).scalars()]
    repeated = is_repeated(rule, [predicate, *before])
    codes = list(evaluation.competency_codes)
    opened = tx.session.execute(
        _OPEN,
        {
            "id": new_id(),
            "agency": tx.agency_id,
            "employee": evaluation.employee_id,
            "evaluation": evaluation.id,
            "kind": kind,
            "appraiser": evaluation.appraiser_id,
            "assigned": evaluation.appraiser_id if kind is FollowUpKind.COACHING else None,
            "codes": json.dumps(codes),
            "repeated": repeated,
            "now": tx.now,
        },
    ).scalar()
    if opened is not None:
        outbox.record(
            tx,
            FollowUpOpened(
                follow_up_id=opened,
                employee_id=evaluation.employee_id,
                kind=kind,
                evaluation_id=evaluation.id,
                competency_codes=tuple(codes),
                repeated=repeated,
            ),
        )
