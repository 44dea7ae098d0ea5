"""File an objection to the annual evaluation."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from appraisal.domain.evaluation import may_decide
from appraisal.domain.periods import deadline_after
from appraisal.events import ObjectionFiled
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.objections import Objection, insert_objection
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.objection_views import objection_view
from appraisal.use_cases.rights import require_self
from chassis import audit, outbox, timers
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def object_to_evaluation(
    work: UnitOfWork, actor: Principal, evaluation_id: UUID, body: Mapping[str, Any]
) -> dict[str, Any]:
    """It goes to the reviewer (PP 30/2019 Art. 59); where there is none who did not rate, HR designates one."""
    with work.transaction(actor.agency_id) as tx:
        before = load_evaluation(tx, evaluation_id).evaluation
        require_self(actor, before.employee_id)
        after = before.objected(tx.now)
        setting = load_setting(tx)
        days = setting.rules.objection(setting.today).decision_days
        objection = Objection(
            id=new_id(),
            evaluation_id=evaluation_id,
            employee_id=before.employee_id,
            appraiser_id=before.appraiser_id,
            decider_id=before.reviewer_id if may_decide(before, before.reviewer_id) else None,
            designated_by=None,
            designation_reason="",
            reasons=body["reasons"],
            evidence_links=list(body["evidence_links"]),
            filed_at=tx.now,
            decide_by=deadline_after(tx.now, days, setting.time_zone),
            escalated_at=None,
            outcome=None,
            decided_by=None,
            decided_at=None,
            decision_reasons="",
            version=1,
        )
        update_evaluation(tx, before, after)
        insert_objection(tx, objection)
        outbox.record(
            tx,
            ObjectionFiled(
                objection_id=objection.id,
                evaluation_id=evaluation_id,
                employee_id=objection.employee_id,
                appraiser_id=objection.appraiser_id,
                reviewer_id=objection.decider_id,
                decide_by=objection.decide_by,
            ),
        )
        timers.schedule(tx, "decision_deadline", objection.id, objection.decide_by + timedelta(seconds=1))
        audit.record(tx, actor, "objection_filed", "objection", objection.id, evaluation_id=evaluation_id)
        return objection_view(objection)
