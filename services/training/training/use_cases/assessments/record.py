"""Record the level that a person has shown in a competency."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from directory.questions import today
from training.authorisation import require_appraiser_or_hr
from training.domain.competency import Assessment, AssessmentView, RecordAssessment
from training.persistence.competencies import insert_assessment, known_competencies, load_profile
from training.use_cases.needs.compare_levels import compare_levels


def record_assessment(work: UnitOfWork, actor: Principal, command: RecordAssessment) -> AssessmentView:
    """Return the assessment with the required level and the gap that follows; nobody assesses themselves."""
    with work.transaction(actor.agency_id) as tx:
        require_appraiser_or_hr(tx, actor, command.employee_id)
        known_competencies(tx, "competency_code", [command.competency_code])
        day = today(tx)
        assessed_on = command.assessed_on or day
        if assessed_on > day:
            fault = FieldError("assessed_on", "date_in_future", assessed_on, f"tanggal paling akhir {day}")
            raise InvalidInput(errors=[fault])
        assessment = view_of(
            Assessment, command, id=new_id(), assessed_on=assessed_on, assessor_id=actor.account_id, recorded_at=tx.now
        )
        insert_assessment(tx, assessment)
        audit.record(tx, actor, "assessment_recorded", "employee", command.employee_id, assessment_id=assessment.id)
        compare_levels(tx, command.employee_id, day, assessed=command.competency_code)
        levels = load_profile(tx, command.employee_id, day)[command.competency_code]
        return AssessmentView.of(assessment, levels)
