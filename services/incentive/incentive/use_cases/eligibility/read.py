"""Read a person's eligibility with every condition, value, requirement and source; assessed anew on reading."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.authorisation import require_reader
from incentive.domain.eligibility_findings import AppliedReferenceView, EligibilityView, FindingView
from incentive.persistence.eligibility import findings_of
from incentive.persistence.people import require_employee
from incentive.persistence.reference import reference_by_id
from incentive.use_cases.eligibility.assess import assess_people


def show_eligibility(work: UnitOfWork, actor: Principal, employee_id: UUID) -> EligibilityView:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id)
        require_employee(tx, employee_id)
        assess_people(tx, [employee_id])
        audit.record(tx, actor, "read_eligibility", "employee", employee_id)
        findings = findings_of(tx, [employee_id])
        return EligibilityView(
            employee_id=employee_id,
            items=[FindingView.of(finding) for finding in findings],
            rule=AppliedReferenceView.of(reference_by_id(tx, findings[0].reference_id)),
        )
