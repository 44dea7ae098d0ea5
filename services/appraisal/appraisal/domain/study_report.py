"""The progress of a study: what is reported of a term of study leave, and what HR confirms of it.

Who is on study leave is evaluated through the progress of the study instead of a rating. That the person reports each
term and HR confirms it is the design of Suar; no rule that says so was seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Protocol
from uuid import UUID

from msgspec import Meta

from appraisal.domain.study_errors import NotOnStudyLeave, StudyReportMoveRefused, TermReported
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of

LONGEST_TERM_DAYS = 366


class StudyReportState(StrEnum):
    REPORTED = "REPORTED"
    RETURNED = "RETURNED"
    CONFIRMED = "CONFIRMED"


class StudyReportMove(StrEnum):
    EDIT = "EDIT"
    RETURN = "RETURN"
    CONFIRM = "CONFIRM"
    REVOKE = "REVOKE"


MOVES: Mapping[StudyReportState, Mapping[StudyReportMove, StudyReportState]] = {
    StudyReportState.REPORTED: {
        StudyReportMove.EDIT: StudyReportState.REPORTED,
        StudyReportMove.RETURN: StudyReportState.RETURNED,
        StudyReportMove.CONFIRM: StudyReportState.CONFIRMED,
    },
    StudyReportState.RETURNED: {StudyReportMove.EDIT: StudyReportState.REPORTED},
    StudyReportState.CONFIRMED: {StudyReportMove.REVOKE: StudyReportState.RETURNED},
}
_OF_EMPLOYEE = (StudyReportMove.EDIT,)


class Revoked(Protocol):
    """What a report needs of its revocation."""

    @property
    def proposed_by(self) -> UUID: ...
    @property
    def decided_by(self) -> UUID | None: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class ReportStudy:
    """A term, by its first and last day, with what was achieved in it; `grade_average` is the IPK, 0 to 4."""

    first_day: date
    last_day: date
    institution: str
    programme: str
    progress: str
    on_schedule: bool
    credits_earned: Decimal | None = None
    credits_required: Decimal | None = None
    grade_average: Decimal | None = None
    evidence_link: str | None = None

    def require_term(self, today: date) -> None:
        """Raise InvalidInput for days that are no term that is over: what is confirmed stands."""
        last_day, expected = self.last_day, f"paling lambat {today.isoformat()}, saat masa studi itu sudah berakhir"
        if not 0 <= (last_day - self.first_day).days < LONGEST_TERM_DAYS:
            expected = f"tidak sebelum first_day, dan paling lama {LONGEST_TERM_DAYS} hari sejak itu"
            raise InvalidInput(errors=[FieldError("last_day", "out_of_range", last_day.isoformat(), expected)])
        if last_day > today:
            raise InvalidInput(errors=[FieldError("last_day", "date_in_future", last_day.isoformat(), expected)])


@dataclass(frozen=True)
class StudyReport:
    id: UUID
    employee_id: UUID
    first_day: date
    last_day: date
    institution: str
    programme: str
    progress: str
    credits_earned: Decimal | None
    credits_required: Decimal | None
    grade_average: Decimal | None
    on_schedule: bool
    evidence_link: str | None
    state: StudyReportState
    reported_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    reason: str = ""
    version: int = 1

    @classmethod
    def reported(
        cls, report_id: UUID, employee_id: UUID, command: ReportStudy, study: "StudyDays", now: datetime
    ) -> "StudyReport":
        """Make a report. Raise NotOnStudyLeave, or TermReported for days of which there is another."""
        study.require(command, report_id)
        return view_of(
            cls,
            command,
            id=report_id,
            employee_id=employee_id,
            state=StudyReportState.REPORTED,
            reported_at=now,
            decided_by=None,
            decided_at=None,
            reason="",
            version=1,
        )

    def edited(self, command: ReportStudy, study: "StudyDays", now: datetime) -> "StudyReport":
        """Return it with other words, to be decided on anew."""
        self.require(StudyReportMove.EDIT)
        made = StudyReport.reported(self.id, self.employee_id, command, study, now)
        return replace(made, version=self.version)

    def decided(self, move: StudyReportMove, officer: UUID, reason: str, now: datetime) -> "StudyReport":
        """Return it confirmed, or returned with a reason. Raise StudyReportMoveRefused."""
        self.require(move)
        return replace(self, state=MOVES[self.state][move], decided_by=officer, decided_at=now, reason=reason)

    def revoked(self, done: "Revoked", now: datetime) -> "StudyReport":
        """Return it given back to who made it, to be mended and confirmed anew. Raise StudyReportMoveRefused."""
        return self.decided(StudyReportMove.REVOKE, done.decided_by or done.proposed_by, done.reason, now)

    def moves_of(self, caller: UUID | None, *, is_hr: bool) -> tuple[StudyReportMove, ...]:
        """Return what somebody may do now: the employee edits, HR decides on others'; who only reads, nothing."""
        is_own = caller == self.employee_id
        if caller is None or not (is_own or is_hr):
            return ()
        return tuple(move for move in MOVES[self.state] if (move in _OF_EMPLOYEE) == is_own)

    def require(self, move: StudyReportMove) -> None:
        """Raise StudyReportMoveRefused."""
        if move not in MOVES[self.state]:
            raise StudyReportMoveRefused(state=_WORDS[self.state])


@dataclass(frozen=True)
class StudyDays:
    """Whether somebody is on study leave on a day of a term, and their other reports that share days with it."""

    on_leave: bool
    others: tuple[StudyReport, ...]

    def require(self, command: ReportStudy, report_id: UUID) -> None:
        if not self.on_leave:
            raise NotOnStudyLeave(first_day=command.first_day.isoformat(), last_day=command.last_day.isoformat())
        if other := next((one for one in self.others if one.id != report_id), None):
            expected = f"hari di luar laporan {other.first_day.isoformat()} sampai {other.last_day.isoformat()}"
            fault = FieldError("first_day", TermReported.code, command.first_day.isoformat(), expected)
            raise TermReported(errors=[fault])


@dataclass(frozen=True)
class ListStudyReports:
    """`year`: reports of terms with days in it."""

    page: PageRequest
    year: int | None = None
    state: StudyReportState | None = None
    employee_id: UUID | None = None


@dataclass(frozen=True)
class StudyReportView:
    id: UUID
    employee_id: UUID
    first_day: date
    last_day: date
    institution: str
    programme: str
    progress: str
    credits_earned: Decimal | None
    credits_required: Decimal | None
    grade_average: Annotated[Decimal | None, Meta(description="IPK, 0 to 4")]
    on_schedule: bool
    evidence_link: str | None
    state: StudyReportState
    reported_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: Annotated[str, Meta(description="why it was returned, or revoked")]
    version: int
    moves: Annotated[tuple[StudyReportMove, ...], Meta(description="what the caller may do now")]

    @classmethod
    def of(cls, report: StudyReport, caller: UUID | None, *, is_hr: bool) -> "StudyReportView":
        return view_of(cls, report, moves=report.moves_of(caller, is_hr=is_hr))


_WORDS = {
    StudyReportState.REPORTED: "menunggu keputusan petugas kepegawaian",
    StudyReportState.RETURNED: "dikembalikan untuk diperbaiki",
    StudyReportState.CONFIRMED: "sudah dikonfirmasi",
}
