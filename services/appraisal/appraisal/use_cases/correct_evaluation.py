"""Correct a final evaluation by order of the reviewer or of HR: a new version beside the old ones."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.errors import DeciderNotAllowed
from appraisal.domain.evaluation import may_decide
from appraisal.domain.values import Capacity
from appraisal.persistence.evaluations import Verdict, add_versions, load_evaluation, update_evaluation
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.evaluation_views import evaluation_view
from appraisal.use_cases.judging import judge
from appraisal.use_cases.settling import correct, follow_up
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork


def correct_evaluation(
    work: UnitOfWork, actor: Principal, evaluation_id: UUID, body: Mapping[str, Any]
) -> dict[str, Any]:
    """Neither the employee nor whoever rated may order it; the order's number and reason are kept."""
    with work.transaction(actor.agency_id) as tx:
        stored = load_evaluation(tx, evaluation_id)
        before = stored.evaluation
        if not actor.has("hr_officer"):
            require_one_of(actor, [before.reviewer_id, stored.present_reviewer])
        if not may_decide(before, actor.employee_id):
            raise DeciderNotAllowed
        setting = load_setting(tx)
        judgement, rule_version = judge(setting, before.year, before.quarter, body)
        if judgement == before.judgement:
            expected = "penilaian atau catatan yang berbeda dari yang berlaku"
            raise InvalidInput(errors=[FieldError("work_result", "nothing_changed", body["work_result"], expected)])
        after = before.corrected(judgement)
        update_evaluation(tx, before, after)
        is_reviewer = actor.employee_id in (before.reviewer_id, stored.present_reviewer)
        verdict = Verdict(
            self_of(actor),
            Capacity.REVIEWER if is_reviewer else Capacity.HR,
            rule_version,
            reason=body["reason"],
            order_reference=body["order_reference"],
        )
        add_versions(tx, [(after, verdict)])
        correct(tx, after, before.judgement.predicate)
        follow_up(tx, setting, after)
        audit.record(tx, actor, "evaluation_corrected", "evaluation", evaluation_id, revision=after.revision)
        return evaluation_view(after)
