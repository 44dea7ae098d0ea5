"""Write a line of the daily log of work."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from appraisal.authorisation import require_self
from appraisal.persistence import models
from appraisal.persistence.plans import load_plan
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def record_progress(work: UnitOfWork, actor: Principal, plan_id: UUID, body: Mapping[str, Any]) -> dict[str, Any]:
    """Lines are added, never changed; a late line keeps its own day and the moment it was written."""
    with work.transaction(actor.agency_id) as tx:
        stored = load_plan(tx, plan_id)
        plan = stored.plan
        require_self(actor, plan.employee_id)
        plan.in_force()
        today = load_setting(tx).today
        faults = []
        if str(body["work_result_id"]) not in {r["id"] for r in stored.content["work_results"]}:
            expected = "id hasil kerja dalam SKP ini"
            faults.append(FieldError("work_result_id", "not_in_plan", str(body["work_result_id"]), expected))
        if body["date"].year != plan.year or body["date"] > today:
            expected = f"tanggal dalam tahun {plan.year}, paling lambat {today.isoformat()}"
            faults.append(FieldError("date", "date_outside_plan", body["date"].isoformat(), expected))
        if faults:
            raise InvalidInput(errors=faults)
        row = {
            "id": new_id(),
            "plan_id": plan_id,
            "employee_id": plan.employee_id,
            "work_result_id": body["work_result_id"],
            "day": body["date"],
            "text": body["text"],
            "evidence_link": body["evidence_link"],
            "quantity": body["quantity"],
            "unit": body["unit"],
            "recorded_at": tx.now,
        }
        tx.session.execute(insert(models.table(models.Progress)), {**row, "agency_id": tx.agency_id})
        audit.record(tx, actor, "progress_recorded", "plan", plan_id, progress_id=row["id"])
        return {**row, "date": row.pop("day")}
