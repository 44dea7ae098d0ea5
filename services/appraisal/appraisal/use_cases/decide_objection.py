"""Decide an objection: keep or change, with reasons; the evaluation is final thereby."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from appraisal.domain.errors import DeciderNotAllowed, ObjectionAlreadyDecided, ObjectionNeedsDecider
from appraisal.domain.evaluation import Evaluation, Judgement, may_decide
from appraisal.domain.values import Capacity, Outcome
from appraisal.events import ObjectionDecided
from appraisal.persistence.evaluations import Verdict, add_versions, load_evaluation, update_evaluation
from appraisal.persistence.objections import load_objection, save_decision
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.evaluation_views import evaluation_view
from appraisal.use_cases.judging import judge
from appraisal.use_cases.rights import require_one_of, self_of
from appraisal.use_cases.settling import complete
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork


def decide_objection(work: UnitOfWork, actor: Principal, objection_id: UUID, body: Mapping[str, Any]) -> dict[str, Any]:
    """The reviewer's decision admits no second appeal in this procedure (PP 30/2019 Art. 59-60)."""
    with work.transaction(actor.agency_id) as tx:
        objection = load_objection(tx, objection_id)
        before = load_evaluation(tx, objection.evaluation_id).evaluation
        if objection.decider_id is None and objection.outcome is None and actor.employee_id == before.reviewer_id:
            raise ObjectionNeedsDecider
        require_one_of(actor, [objection.decider_id])
        if objection.outcome is not None:
            raise ObjectionAlreadyDecided
        if not may_decide(before, actor.employee_id):
            raise DeciderNotAllowed
        outcome = Outcome(body["outcome"])
        judgement, rule_version = _judgement(tx, before, outcome, body)
        after = before.decided(tx.now, judgement)
        save_decision(tx, objection, outcome, self_of(actor), body["reasons"])
        update_evaluation(tx, before, after)
        if judgement is not None:
            capacity = Capacity.DESIGNATED if objection.designated_by else Capacity.REVIEWER
            verdict = Verdict(self_of(actor), capacity, rule_version, reason=body["reasons"])
            add_versions(tx, [(after, verdict)])
        outbox.record(
            tx,
            ObjectionDecided(
                objection_id=objection_id, evaluation_id=before.id, employee_id=before.employee_id, outcome=outcome
            ),
        )
        complete(tx, after, str(actor.employee_id))
        audit.record(tx, actor, "objection_decided", "objection", objection_id, outcome=outcome)
        return evaluation_view(after)


def _judgement(
    tx: Transaction, before: Evaluation, outcome: Outcome, body: Mapping[str, Any]
) -> tuple[Judgement | None, str]:
    given = body["work_result"] is not None or body["behaviour"] is not None
    if outcome is Outcome.KEPT:
        if given:
            expected = "kosong, karena penilaian dipertahankan (KEPT)"
            raise InvalidInput(errors=[FieldError("work_result", "rating_not_used", body["work_result"], expected)])
        return None, ""
    missing = [f for f in ("work_result", "behaviour") if body[f] is None]
    if missing:
        expected = "ABOVE, MEETS, atau BELOW, karena penilaian diubah (CHANGED)"
        raise InvalidInput(errors=[FieldError(f, "rating_required", None, expected) for f in missing])
    judgement, rule_version = judge(load_setting(tx), before.year, before.quarter, body)
    if (judgement.work_result, judgement.behaviour) == (before.judgement.work_result, before.judgement.behaviour):
        expected = "penilaian yang berbeda dari semula, atau outcome KEPT"
        raise InvalidInput(errors=[FieldError("outcome", "nothing_changed", outcome, expected)])
    return judgement, rule_version
