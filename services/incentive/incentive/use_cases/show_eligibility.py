"""A person's eligibility with every condition, value, requirement and source; judged anew when it is asked for."""

from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.domain.career import REASONS
from incentive.persistence.eligibility import current
from incentive.persistence.people import require_employee
from incentive.persistence.reference import reference_by_id
from incentive.use_cases.access import may_read
from incentive.use_cases.assess_people import assess_people


def show_eligibility(work: UnitOfWork, actor: Principal, employee_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        may_read(tx, actor, employee_id)
        require_employee(tx, employee_id)
        assess_people(tx, [employee_id])
        audit.record(tx, actor, "read_eligibility", "employee", employee_id)
        rows = current(tx, [employee_id])
        rule = reference_by_id(tx, rows[0].reference_id)
        return {
            "employee_id": employee_id,
            "items": [
                {
                    "kind": row.kind,
                    "eligible": row.eligible,
                    "missing": row.missing,
                    "reasons": [{**reason, "label": REASONS[reason["code"]]} for reason in row.reasons],
                    "as_of": row.as_of,
                    "review_on": row.review_on,
                }
                for row in rows
            ],
            "rule": {
                "reference_id": rule.id,
                "version": rule.number,
                "legal_source": rule.legal_source,
                "verified": rule.verified,
            },
        }
