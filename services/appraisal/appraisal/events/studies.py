"""The events of reports on study leave."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.study_report import StudyReport, StudyReportState
from appraisal.domain.study_revocation import RatedByReport, StudyRevocation
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


@dataclass(frozen=True, kw_only=True)
class StudyRevocationProposed(IntegrationEvent, subject="employee_id"):
    """A confirmed report on which a rating rests is to be revoked: a second officer decides."""

    revocation_id: UUID
    report_id: UUID
    employee_id: UUID

    @classmethod
    def of(cls, revocation: StudyRevocation) -> "StudyRevocationProposed":
        return view_of(cls, revocation, revocation_id=revocation.id)


@dataclass(frozen=True, kw_only=True)
class StudyReportRevoked(IntegrationEvent, subject="employee_id"):
    """A report was revoked on which a rating rests; published for each of these evaluations."""

    report_id: UUID
    employee_id: UUID
    evaluation_id: UUID
    appraiser_id: UUID

    @classmethod
    def of(cls, revocation: StudyRevocation, rated: RatedByReport) -> "StudyReportRevoked":
        return view_of(cls, revocation, rated)
