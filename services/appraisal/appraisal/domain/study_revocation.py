"""A confirmed report on study leave is revoked: by one officer, or by two where a rating rests on it.

No rule that was seen says how; that a second officer is needed where a rating may change is as for corrections.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.study_errors import RevocationDecided, RevocationNeedsSecond
from appraisal.domain.study_report import StudyReport
from chassis.views import view_of


class StudyRevocationState(StrEnum):
    PROPOSED = "PROPOSED"
    CARRIED_OUT = "CARRIED_OUT"
    REJECTED = "REJECTED"


@dataclass(frozen=True)
class RatedByReport:
    """An evaluation whose standing rating rests on a report, and its appraiser."""

    evaluation_id: UUID
    appraiser_id: UUID


@dataclass(frozen=True)
class StudyRevocation:
    """`report_version` is the report's as it was confirmed; ratings rest on it, not on what is confirmed later."""

    id: UUID
    report_id: UUID
    employee_id: UUID
    report_version: int
    reason: str
    evaluation_ids: Annotated[tuple[UUID, ...], Meta(description="whose standing rating rested on the report")]
    proposed_by: UUID
    proposed_at: datetime
    state: StudyRevocationState
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    version: int = 1

    @classmethod
    def proposed(
        cls,
        revocation_id: UUID,
        report: StudyReport,
        reason: str,
        rated: Sequence[RatedByReport],
        by: UUID,
        now: datetime,
    ) -> "StudyRevocation":
        """Return it waiting for a second officer, or carried out where no rating rests on the report."""
        named = {"id": revocation_id, "report_id": report.id, "report_version": report.version, "reason": reason}
        named |= {"evaluation_ids": tuple(one.evaluation_id for one in rated), "proposed_by": by, "proposed_at": now}
        named |= {"decided_by": None, "decided_at": None, "state": StudyRevocationState.PROPOSED, "version": 1}
        made = view_of(cls, report, **named, decision_reason="")
        return made if rated else made.ended(StudyRevocationState.CARRIED_OUT, by, "", now)

    @property
    def is_carried_out(self) -> bool:
        return self.state is StudyRevocationState.CARRIED_OUT

    def to_employee(self, disclosed: Collection[UUID]) -> "StudyRevocation":
        """Return it as whom it is about reads it: a rating that is not disclosed yet is as if it had not been made.

        Without one a single officer would have carried it out, at once.
        """
        known = tuple(one for one in self.evaluation_ids if one in disclosed)
        if known or not self.is_carried_out or self.decided_by is None or self.decided_at is None:
            return replace(self, evaluation_ids=known)
        return replace(self, evaluation_ids=(), proposed_by=self.decided_by, proposed_at=self.decided_at, version=1)

    def approved(self, rated: Sequence[RatedByReport], by: UUID, now: datetime) -> "StudyRevocation":
        """Return it carried out, with the ratings of now. Raise RevocationNeedsSecond, or RevocationDecided."""
        if by == self.proposed_by and self.state is StudyRevocationState.PROPOSED:
            raise RevocationNeedsSecond
        ended = self.ended(StudyRevocationState.CARRIED_OUT, by, "", now)
        return replace(ended, evaluation_ids=tuple(one.evaluation_id for one in rated))

    def rejected(self, reason: str, by: UUID, now: datetime) -> "StudyRevocation":
        """Return it rejected, or taken back by who proposed it. Raise RevocationDecided."""
        return self.ended(StudyRevocationState.REJECTED, by, reason, now)

    def ended(self, state: StudyRevocationState, by: UUID, reason: str, now: datetime) -> "StudyRevocation":
        """Return it decided. Raise RevocationDecided."""
        if self.state is not StudyRevocationState.PROPOSED:
            raise RevocationDecided
        return replace(self, state=state, decided_by=by, decided_at=now, decision_reason=reason)


@dataclass(frozen=True)
class RevokedReportView:
    """A report on which a rating rests and which was revoked since."""

    report_id: UUID
    revoked_at: datetime
    reason: str
