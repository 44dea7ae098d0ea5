"""Record the level that a person has shown in a competency."""

from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from training.persistence import competencies, people
from training.persistence.models import Assessment
from training.persistence.rows import View, flat
from training.use_cases.check_codes import known_competencies
from training.use_cases.follow_gaps import follow_gaps
from training.use_cases.rights import authorise_act


def record_assessment(work: UnitOfWork, actor: Principal, employee_id: UUID, values: dict[str, Any]) -> View:
    """Gives the assessment with the required level and the gap that follows; nobody assesses oneself."""
    with work.transaction(actor.agency_id) as tx:
        authorise_act(tx, actor, employee_id, own=False)
        known_competencies(tx, "competency_code", [values["competency_code"]])
        today = people.today(tx)
        assessed_on = values.pop("assessed_on") or today
        if assessed_on > today:
            fault = FieldError("assessed_on", "date_in_future", assessed_on, f"tanggal paling akhir {today}")
            raise InvalidInput(errors=[fault])
        row = Assessment(
            agency_id=tx.agency_id,
            employee_id=employee_id,
            assessed_on=assessed_on,
            assessor_id=actor.account_id,
            recorded_at=tx.now,
            **values,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "assessment_recorded", "employee", employee_id, assessment_id=row.id)
        follow_gaps(tx, employee_id, assessed=row.competency_code)
        levels = competencies.profile(tx, employee_id, today)[row.competency_code]
        return flat(row, required_level=levels.required, gap=levels.gap)
