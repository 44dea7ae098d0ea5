"""The events of reports on study leave."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.study_report import StudyReport, StudyReportState
from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of


@dataclass(frozen=True, kw_only=True)
class StudyReportDecided(IntegrationEvent, subject="employee_id"):
    """HR has confirmed what somebody on study leave reported, or returned it."""

    report_id: UUID
    employee_id: UUID
    state: StudyReportState

    @classmethod
    def of(cls, report: StudyReport) -> "StudyReportDecided":
        return view_of(cls, report, report_id=report.id)
