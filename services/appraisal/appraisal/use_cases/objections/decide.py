"""Decide an objection: keep or change, with reasons; the evaluation is final thereby."""

from dataclasses import asdict
from typing import Any

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.evaluation import Evaluation, Judgement
from appraisal.domain.objection import DecideObjection
from appraisal.domain.values import Capacity, Outcome
from appraisal.events import ObjectionDecided
from appraisal.persistence.evaluations import Verdict, add_versions, load_evaluation, update_evaluation
from appraisal.persistence.objections import load_objection, update_objection
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.evaluation_views import evaluation_view
from appraisal.use_cases.judging import judge
from appraisal.use_cases.settling import complete
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork


def decide_objection(work: UnitOfWork, actor: Principal, command: DecideObjection) -> dict[str, Any]:
    """Record the decision of the reviewer or the designated official (PP 30/2019 Art. 59-60)."""
    with work.transaction(actor.agency_id) as tx:
        objection = load_objection(tx, command.objection_id)
        before = load_evaluation(tx, objection.evaluation_id).evaluation
        objection.require_decider_named(before, actor.employee_id)
        require_one_of(actor, [objection.decider_id])
        decided = objection.decided(before, command.outcome, self_of(actor), command.reasons, tx.now)
        judgement, rule_version = _judgement(tx, before, command)
        after = before.decided(tx.now, judgement)
        update_objection(tx, objection, decided)
        update_evaluation(tx, before, after)
        if judgement is not None:
            capacity = Capacity.DESIGNATED if objection.designated_by else Capacity.REVIEWER
            verdict = Verdict(self_of(actor), capacity, rule_version, reason=command.reasons)
            add_versions(tx, [(after, verdict)])
        outbox.record(
            tx,
            ObjectionDecided(
                objection_id=objection.id,
                evaluation_id=before.id,
                employee_id=before.employee_id,
                outcome=command.outcome,
            ),
        )
        complete(tx, after, str(actor.employee_id))
        audit.record(tx, actor, "objection_decided", "objection", objection.id, outcome=command.outcome)
        return evaluation_view(after)


def _judgement(tx: Transaction, before: Evaluation, command: DecideObjection) -> tuple[Judgement | None, str]:
    """Return the changed judgement with the version of its rule; None when the rating is kept."""
    given = command.work_result is not None or command.behaviour is not None
    if command.outcome is Outcome.KEPT:
        if given:
            expected = "kosong, karena penilaian dipertahankan (KEPT)"
            raise InvalidInput(errors=[FieldError("work_result", "rating_not_used", command.work_result, expected)])
        return None, ""
    missing = [name for name in ("work_result", "behaviour") if getattr(command, name) is None]
    if missing:
        expected = "ABOVE, MEETS, atau BELOW, karena penilaian diubah (CHANGED)"
        raise InvalidInput(errors=[FieldError(name, "rating_required", None, expected) for name in missing])
    judgement, rule_version = judge(load_setting(tx), before.year, before.quarter, asdict(command))
    if (judgement.work_result, judgement.behaviour) == (before.judgement.work_result, before.judgement.behaviour):
        expected = "penilaian yang berbeda dari semula, atau outcome KEPT"
        raise InvalidInput(errors=[FieldError("outcome", "nothing_changed", command.outcome, expected)])
    return judgement, rule_version
