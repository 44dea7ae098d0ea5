"""Evaluations as the API shows them."""

from typing import Any

from appraisal.domain.evaluation import Evaluation


def evaluation_view(e: Evaluation) -> dict[str, Any]:
    return {
        "id": e.id,
        "plan_id": e.plan_id,
        "plan_version": e.plan_version,
        "employee_id": e.employee_id,
        "unit_id": e.unit_id,
        "appraiser_id": e.appraiser_id,
        "reviewer_id": e.reviewer_id,
        "rated_by": e.rated_by,
        "kind": e.kind,
        "year": e.year,
        "quarter": e.quarter,
        "state": e.state,
        "work_result": e.judgement.work_result,
        "behaviour": e.judgement.behaviour,
        "work_result_note": e.judgement.work_result_note,
        "behaviour_note": e.judgement.behaviour_note,
        "predicate": e.judgement.predicate,
        "competency_codes": list(e.competency_codes),
        "revision": e.revision,
        "version": e.version,
        "issued_at": e.issued_at,
        "received_at": e.received_at,
        "receipt": e.receipt,
        "objection_until": e.objection_until,
        "final_at": e.final_at,
        "completed_by": e.completed_by,
    }
